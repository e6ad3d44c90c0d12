import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';

export interface LingerLimits {
  /** Bytes that are still taken after the answer. */
  bytesMax: number;
  /** Milliseconds after the answer. */
  wholeMs: number;
}

/** Milliseconds without a byte, after which nobody sends any more; nginx waits for 5 s (`lingering_timeout`). */
const silentMs = 2_000;

/** Bodies up to here are taken to their end without a word, so that the connection can be used again. */
const smallBytes = 64 * 1024;

const lingering = new WeakSet<Socket>();

/** Whether the last answer on this connection is out. */
export function isLingering(socket: Socket): boolean {
  return lingering.has(socket);
}

/**
 * Answers reach a client that is still sending. Closing at once would make the client's next write fail, and the answer
 * would be lost with what its side had not read yet. So the server ends its own side only and throws away what comes,
 * for a moment.
 */
export function lingerAfterRefusals(app: FastifyInstance, limits: LingerLimits): void {
  app.addHook('onSend', async (request, reply) => {
    const { raw } = request;
    // Null where the request was destroyed, whatever its type says.
    if (raw.complete || !raw.socket) return;
    const announced = Number(raw.headers['content-length'] ?? Number.NaN);
    const isSmall = announced <= smallBytes && raw.headers.expect === undefined;
    if (!isSmall) reply.header('connection', 'close');
    closeGently(raw.socket, limits);
  });
}

/**
 * From now on `destroySoon`, by which Node closes after a last answer, lingers. A connection that stays open is not
 * touched, but for a client that sends a rest without end.
 */
export function closeGently(socket: Socket, { bytesMax, wholeMs }: LingerLimits): void {
  socket.destroySoon = () => {
    delete (socket as Partial<Socket>).destroySoon;
    lingering.add(socket);
    socket.end();
    const readBefore = socket.bytesRead;
    let seen = socket.bytesRead;
    let silentSince = performance.now();
    const startedAt = silentSince;
    const timer = setInterval(() => {
      const now = performance.now();
      if (socket.bytesRead !== seen) silentSince = now;
      seen = socket.bytesRead;
      const isOver = now - startedAt > wholeMs || now - silentSince > silentMs || seen - readBefore > bytesMax;
      if (isOver || socket.readableEnded) socket.destroy();
    }, 100);
    socket.once('close', () => clearInterval(timer));
    socket.once('end', () => socket.destroy());
    socket.resume();
  };
}
