import { parseCookie, stringifySetCookie } from 'cookie';
import type { FastifyRequest } from 'fastify';
import { parseAddress } from '../../lib/safe-fetch/index.ts';

/** Browsers take a `__Host-` cookie from no other host, path or plain connection, so that nobody else can plant one. */
const names = { secure: '__Host-troupe', plain: 'troupe' };

/** The secret of the browser's session, null without one. */
export function readSessionToken(request: FastifyRequest): string | null {
  const { cookie } = request.headers;
  if (cookie === undefined) return null;
  return parseCookie(cookie)[chooseName(request)] || null;
}

/** The header that hands a session to the browser: no script can read it and no other site has it sent along. */
export function writeSessionCookie(request: FastifyRequest, token: string, expiresAt: Date): string {
  return stringifySetCookie({ ...describe(request), value: token, expires: expiresAt });
}

/** The header that takes it away again. */
export function clearSessionCookie(request: FastifyRequest): string {
  return stringifySetCookie({ ...describe(request), value: '', maxAge: 0 });
}

function describe(request: FastifyRequest) {
  return {
    name: chooseName(request),
    path: '/',
    httpOnly: true,
    sameSite: 'strict',
    secure: isSecure(request),
  } as const;
}

function chooseName(request: FastifyRequest): string {
  return isSecure(request) ? names.secure : names.plain;
}

/** Browsers take a Secure cookie over HTTPS and from this machine. */
function isSecure({ protocol, hostname }: FastifyRequest): boolean {
  return protocol === 'https' || isLoopback(hostname);
}

function isLoopback(hostname: string): boolean {
  if (/^(?:.+\.)?localhost$/i.test(hostname)) return true;
  const bare = hostname.replace(/^\[|\]$/g, '');
  return parseAddress(bare) !== null && /^(?:127\.|::1$)/.test(bare);
}
