import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';

/** Milliseconds between two looks for connections that have become idle while the server closes. */
const lookEveryMs = 50;

/**
 * Ends connections while the server closes: those that are kept alive as soon as their last answer is out, those on which
 * nothing ever came at once (browsers and clients open some in advance), and those whose first request has not come as far
 * as the end of its header `headersMs` later. Node closes those alone that have answered and are idle at that moment. It
 * waits for the others until their keep-alive runs out or their client goes, and looks no more for slow headers, so that
 * one silent client would hold the stop for as long as it likes.
 */
export function closeConnections(app: FastifyInstance, headersMs: number): void {
  let closing = false;
  const unused = new Set<Socket>();
  app.server.on('connection', (socket: Socket) => {
    unused.add(socket);
    socket.once('close', () => unused.delete(socket));
  });
  app.server.on('request', ({ socket }) => unused.delete(socket));
  app.addHook('preClose', async () => {
    closing = true;
    const slowAt = performance.now() + headersMs;
    const timer = setInterval(() => {
      app.server.closeIdleConnections();
      for (const socket of unused) {
        if (socket.bytesRead === 0 || performance.now() > slowAt) socket.destroy();
      }
    }, lookEveryMs);
    app.server.once('close', () => clearInterval(timer));
  });
  app.addHook('onSend', async (_, reply) => {
    if (closing) reply.header('connection', 'close');
  });
}
