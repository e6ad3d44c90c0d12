import type { FastifyReply, FastifyRequest } from 'fastify';
import type { AuthenticatedKey } from '../../accounts/index.ts';
import type { Context } from '../../flow/index.ts';
import { AppError } from '../../lib/errors.ts';
import { readShareOf } from '../connections/read-client-address.ts';
import { queriesLimited, rateLimited, sendingLimited, wrongKeysLimited } from './errors.ts';
import { findCaller, hasSession } from './find-caller.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Set by `authenticate`. */
    caller: AuthenticatedKey;
    /** Set with it: whether a browser's session stands for the key. */
    bySession?: boolean;
  }
}

/**
 * A hook for `onRequest`: before the body is read, so that a stranger can't make the server receive one. Takes one of the
 * key's tokens for queries; what starts a task has `authenticateSubmission`.
 * Errors: 401 `unauthorized`, 402 `key_disabled` and `key_expired`, 429 `rate_limit_exceeded`.
 */
export function authenticate(context: Context) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    await identify(context, request, reply);
    const { requestsPerMinute, queriesPerMinute = 10 * requestsPerMinute } = context.config.accounts;
    const decision = context.queryLimiter.takeToken(request.caller.key_id);
    if (!decision.allowed) throw queriesLimited(queriesPerMinute, decision.retryAfterSeconds);
  };
}

/** Like `authenticate`, with the key's tokens for callbacks that are sent by its word. */
export function authenticateSending(context: Context) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    await identify(context, request, reply);
    const decision = context.sendingLimiter.takeToken(request.caller.key_id);
    const { callbacksPerMinute } = context.config.accounts;
    if (!decision.allowed) throw sendingLimited(callbacksPerMinute, decision.retryAfterSeconds);
  };
}

/** Like `authenticate`, with the key's tokens for tasks, and the draft headers of what is left of them. */
export function authenticateSubmission(context: Context) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    await identify(context, request, reply);
    const decision = context.rateLimiter.takeToken(request.caller.key_id);
    const perMinute = context.config.accounts.requestsPerMinute;
    // draft-ietf-httpapi-ratelimit-headers-11
    reply.header('ratelimit-policy', `"default";q=${perMinute};w=60`);
    reply.header('ratelimit', `"default";r=${decision.remaining};t=${Math.max(1, decision.retryAfterSeconds)}`);
    if (!decision.allowed) throw rateLimited(perMinute, decision.retryAfterSeconds);
  };
}

/** Takes one of a key's tokens for tasks, of a request that may start one or not. Throws 429 `rate_limit_exceeded`. */
export function takeSubmission(context: Context, keyId: number): void {
  const decision = context.rateLimiter.takeToken(keyId);
  if (!decision.allowed) throw rateLimited(context.config.accounts.requestsPerMinute, decision.retryAfterSeconds);
}

/** Who guesses keys is slowed down by address; a valid key from the same address goes on working. */
async function identify(context: Context, request: FastifyRequest, reply: FastifyReply): Promise<void> {
  try {
    request.caller = await findCaller(context, request);
    request.bySession = hasSession(request);
    // What a browser reads with its session belongs to this server's pages alone.
    if (request.bySession) reply.header('cross-origin-resource-policy', 'same-origin');
  } catch (error) {
    if (!(error instanceof AppError) || error.status !== 401) throw error;
    const decision = context.wrongKeyLimiter.takeToken(readShareOf(request.ip));
    if (decision.allowed) throw error;
    throw wrongKeysLimited(context.config.accounts.wrongKeysPerMinute, decision.retryAfterSeconds);
  }
}
