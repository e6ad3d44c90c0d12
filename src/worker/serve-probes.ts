import { once } from 'node:events';
import { createServer } from 'node:http';
import { type Context, checkReadiness } from '../flow/index.ts';

/**
 * Answers `/healthz` and `/readyz` for a worker, which has no other address: 200, or 503 while the database or the storage
 * is away or nobody takes what is due, with a word on each part. Returns what closes it. Throws where the port is taken.
 */
export async function serveProbes(
  context: Context,
  { host, port }: { host: string; port: number },
): Promise<() => Promise<void>> {
  const server = createServer(async (request, response) => {
    const answer = await answerTo(context, request.url ?? '');
    response.writeHead(answer.code, { 'content-type': 'application/json' }).end(JSON.stringify(answer.body));
  });
  server.listen(port, host);
  await once(server, 'listening');
  return async () => {
    server.closeAllConnections();
    await new Promise<void>((done) => server.close(() => done()));
  };
}

async function answerTo(context: Context, path: string): Promise<{ code: number; body: object }> {
  if (path === '/healthz') return { code: 200, body: { status: 'ok' } };
  if (path !== '/readyz') return { code: 404, body: { status: 'unknown path' } };
  const readiness = await checkReadiness(context, 'worker');
  return { code: readiness.status === 'ok' ? 200 : 503, body: readiness };
}
