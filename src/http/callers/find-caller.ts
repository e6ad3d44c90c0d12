import type { FastifyRequest } from 'fastify';
import { type AuthenticatedKey, authenticateSession, isToken } from '../../accounts/index.ts';
import type { Context } from '../../flow/index.ts';
import { checkOwnPage } from './check-own-page.ts';
import { checkOneAuthorization, readKey } from './read-key.ts';
import { readSessionToken } from './session-cookie.ts';

/** Whether a request names a key itself, well or badly: then its session counts for nothing. */
const namesKey = ({ headers }: FastifyRequest) =>
  headers.authorization !== undefined || headers['x-api-key'] !== undefined;

/** Whether it's a browser's session that lets this request in. */
export function hasSession(request: FastifyRequest): boolean {
  return !namesKey(request) && readSessionToken(request) !== null;
}

/**
 * The key that a request comes with, whose pair has signed its token, or that its session stands for. A header always wins over the session, which works only
 * from this server's own pages. Throws 401 `unauthorized`, 402 `key_disabled` and `key_expired`, 403 `permission_denied`.
 */
export async function findCaller(context: Context, request: FastifyRequest): Promise<AuthenticatedKey> {
  const token = namesKey(request) ? null : readSessionToken(request);
  const { db } = context.database;
  if (token === null) {
    checkOneAuthorization(request.raw);
    const text = readKey(request.headers);
    if (text === undefined || !isToken(text)) return await context.keyCache.authenticateKey(db, text);
    return await context.keyCache.authenticateAccessKey(db, await context.pairs.verifyToken(text, context.clock.now()));
  }
  checkOwnPage(request, context.config.flow.publicUrl);
  return await authenticateSession(db, token, context.clock.now());
}
