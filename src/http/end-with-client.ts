import type { FastifyReply } from 'fastify';

/** Why work was ended that somebody has stopped waiting for: no fault of anybody's. */
export const clientGone = new Error('the client has gone');

/** Aborted by {@link clientGone} once nobody waits for the answer any more. */
export function endWithClient({ raw }: FastifyReply): AbortSignal {
  const ended = new AbortController();
  raw.once('close', () => ended.abort(clientGone));
  return ended.signal;
}
