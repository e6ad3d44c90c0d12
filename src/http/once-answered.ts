import type { FastifyReply } from 'fastify';

/** Calls `then` once when the exchange has ended, however: answered whole, or cut off while it was under way or waited. */
export function onceAnswered(reply: FastifyReply, then: () => void): void {
  const { socket } = reply.request.raw;
  const end = () => {
    reply.raw.off('close', end);
    socket?.off('close', end);
    then();
  };
  reply.raw.once('close', end);
  // The answer of a request that waits behind another one isn't told that their connection is gone.
  socket?.once('close', end);
}
