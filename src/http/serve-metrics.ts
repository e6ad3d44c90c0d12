import { once } from 'node:events';
import { createServer } from 'node:http';
import type { Context } from '../flow/index.ts';

/**
 * Answers `GET /metrics` without a key on a port of its own, for collectors inside the network. Returns what closes it. Throws
 * where the port is taken.
 */
export async function serveMetrics(
  { metrics }: Pick<Context, 'metrics'>,
  { host, port }: { host: string; port: number },
): Promise<() => Promise<void>> {
  const server = createServer(async (request, response) => {
    if (request.url !== '/metrics') return void response.writeHead(404).end();
    const { contentType, text } = await metrics.show();
    response.writeHead(200, { 'content-type': contentType }).end(text);
  });
  server.listen(port, host);
  await once(server, 'listening');
  return async () => {
    server.closeAllConnections();
    await new Promise<void>((done) => server.close(() => done()));
  };
}
