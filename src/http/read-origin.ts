import type { FastifyRequest } from 'fastify';

/** How the caller reached this server, like `http://localhost:4600`; undefined when its Host header is no host. */
export function readOrigin({ protocol, host }: FastifyRequest): string | undefined {
  const origin = `${protocol}://${host}`;
  return /^https?$/.test(protocol) && /^[\w.:[\]-]+$/.test(host) && URL.canParse(origin) ? origin : undefined;
}
