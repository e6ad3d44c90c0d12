import type { FastifyReply, FastifyRequest } from 'fastify';
import type { AuthenticatedKey } from '../accounts/index.ts';
import type { Context } from '../context.ts';
import { rateLimited } from './errors.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Set by `authenticate`. */
    caller: AuthenticatedKey;
  }
}

/** A hook for `onRequest`: before the body is read, so that a stranger can't make the server receive one. */
export function authenticate({ keyCache, database }: Context) {
  return async (request: FastifyRequest): Promise<void> => {
    const [, key] = /^Bearer +(\S+) *$/i.exec(request.headers.authorization ?? '') ?? [];
    request.caller = await keyCache.authenticateKey(database.db, key);
  };
}

/** A hook for after `authenticate`: takes one of the key's tokens, with the draft headers of what is left. */
export function limitRate({ rateLimiter, config }: Context) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    const decision = rateLimiter.takeToken(request.caller.key_id);
    const perMinute = config.accounts.requestsPerMinute;
    // draft-ietf-httpapi-ratelimit-headers-11
    reply.header('ratelimit-policy', `"default";q=${perMinute};w=60`);
    reply.header('ratelimit', `"default";r=${decision.remaining};t=${Math.max(1, decision.retryAfterSeconds)}`);
    if (!decision.allowed) throw rateLimited(perMinute, decision.retryAfterSeconds);
  };
}
