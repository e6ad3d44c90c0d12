import type { FastifyInstance } from 'fastify';

/** Milliseconds between two looks for connections that have become idle while the server closes. */
const lookEveryMs = 50;

/**
 * Ends kept-alive connections as soon as their last answer is out while the server closes. Node closes those that are
 * idle at that moment and waits for the others until their keep-alive runs out, which is longer than a stop may take.
 */
export function closeConnections(app: FastifyInstance): void {
  let closing = false;
  app.addHook('preClose', async () => {
    closing = true;
    const timer = setInterval(() => app.server.closeIdleConnections(), lookEveryMs);
    app.server.once('close', () => clearInterval(timer));
  });
  app.addHook('onSend', async (_, reply) => {
    if (closing) reply.header('connection', 'close');
  });
}
