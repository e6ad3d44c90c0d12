import type { ServerResponse } from 'node:http';
import type { FastifyReply } from 'fastify';

/** What is called at the end of each exchange: one listener for all, since Node warns of more than ten. */
const due = new WeakMap<ServerResponse, (() => void)[]>();

/** Calls `then` once when the exchange has ended, however: answered whole, or cut off while it was under way or waited. */
export function onceAnswered(reply: FastifyReply, then: () => void): void {
  const { raw } = reply;
  const known = due.get(raw);
  if (known !== undefined) {
    known.push(then);
    return;
  }
  const calls = [then];
  due.set(raw, calls);
  const { socket } = reply.request.raw;
  const end = () => {
    raw.off('close', end);
    socket?.off('close', end);
    due.delete(raw);
    for (const call of calls) call();
  };
  raw.once('close', end);
  // The answer of a request that waits behind another one isn't told that their connection is gone.
  socket?.once('close', end);
}
