import type { IncomingMessage } from 'node:http';
import type { FastifyRequest } from 'fastify';

/**
 * Where a request is to be routed: its path without the one of the public URL, for proxies that pass it on as it came,
 * and without scheme and host, which RFC 9112 §3.2.2 lets a client send.
 */
export function createPathReader(publicUrl: string | undefined): (request: Pick<IncomingMessage, 'url'>) => string {
  const prefix = publicUrl === undefined ? '' : new URL(publicUrl).pathname.replace(/\/+$/, '');
  return ({ url = '/' }) => {
    const path = url.replace(/^https?:\/\/[^/?#]*/i, '');
    const rooted = path.startsWith('/') || path === '*' ? path : `/${path}`;
    if (prefix === '' || !rooted.startsWith(prefix) || !/^(?:[/?]|$)/.test(rooted.slice(prefix.length))) return rooted;
    const rest = rooted.slice(prefix.length);
    return rest.startsWith('/') ? rest : `/${rest}`;
  };
}

/** How the caller reached this server, like `http://localhost:4600`; undefined when its Host header is no host. */
export function readOrigin({ protocol, host }: FastifyRequest): string | undefined {
  const origin = `${protocol}://${host}`;
  return /^https?$/.test(protocol) && /^[\w.:[\]-]+$/.test(host) && URL.canParse(origin) ? origin : undefined;
}
