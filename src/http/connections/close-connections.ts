import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';

/** Milliseconds between two looks for connections that have become idle while the server closes. */
const lookEveryMs = 50;

/** Milliseconds. */
export interface CloseTimes {
  /** Until a first request must have come as far as the end of its header. */
  headersMs: number;
  /** Until all that is left is cut off: a client that reads no further would hold the stop for as long as it likes. */
  allMs: number;
}

/**
 * Ends connections while the server closes: those that are kept alive as soon as their last answer is out, those on which
 * nothing ever came at once (browsers and clients open some in advance), those whose first request has no whole header after
 * `headersMs`, and the rest after `allMs`. Node closes those alone that have answered and are idle at that moment. It
 * waits for the others until their keep-alive runs out or their client goes, and looks no more for slow headers. Says how many were cut off.
 */
export function closeConnections(app: FastifyInstance, { headersMs, allMs }: CloseTimes, log: Logger): void {
  let closing = false;
  const open = new Set<Socket>();
  const unused = new Set<Socket>();
  app.server.on('connection', (socket: Socket) => {
    open.add(socket);
    unused.add(socket);
    socket.once('close', () => {
      open.delete(socket);
      unused.delete(socket);
    });
  });
  app.server.on('request', ({ socket }) => unused.delete(socket));
  function cutOff(): void {
    log.warn({ connections: open.size }, 'connections that had not ended in time were cut off by the stop');
    for (const socket of open) socket.destroy();
  }

  app.addHook('preClose', async () => {
    closing = true;
    const stoppedAt = performance.now();
    const timer = setInterval(() => {
      app.server.closeIdleConnections();
      for (const socket of unused) {
        if (socket.bytesRead === 0 || performance.now() - stoppedAt > headersMs) socket.destroy();
      }
      if (open.size > 0 && performance.now() - stoppedAt > allMs) cutOff();
    }, lookEveryMs);
    app.server.once('close', () => clearInterval(timer));
  });
  app.addHook('onSend', async (_, reply) => {
    if (closing) reply.header('connection', 'close');
  });
}
