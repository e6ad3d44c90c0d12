import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createLocalAuthority } from '../../test/helpers/local-tls.ts';
import { startHttps } from '../../test/helpers/start-server.ts';

interface Arrival {
  taskId: string;
  status: string;
  /** Unix milliseconds, the same clock as the database's on this machine. */
  atMs: number;
}

export interface Receiver extends AsyncDisposable {
  url: string;
  /** PEM file of the authority, for NODE_EXTRA_CA_CERTS of a server. */
  caFile: string;
  arrivals: Arrival[];
  /** Resolves when the callback of the task arrives. */
  waitFor(taskId: string): Promise<void>;
}

/** A real HTTPS receiver that accepts every callback and notes when its request head had come. */
export async function startReceiver(folder: string): Promise<Receiver> {
  const authority = createLocalAuthority();
  const caFile = join(folder, 'authority.pem');
  await writeFile(caFile, authority.ca);
  const arrivals: Arrival[] = [];
  const waiting = new Map<string, () => void>();
  const server = await startHttps(authority.issue({ names: ['127.0.0.1'] }), (request, response) => {
    const atMs = performance.timeOrigin + performance.now();
    let body = '';
    request.setEncoding('utf8').on('data', (chunk: string) => {
      body += chunk;
    });
    request.on('end', () => {
      response.writeHead(204).end();
      const task = JSON.parse(body) as { id: string; status: string };
      arrivals.push({ taskId: task.id, status: task.status, atMs });
      waiting.get(task.id)?.();
      waiting.delete(task.id);
    });
  });
  return {
    url: `https://127.0.0.1:${server.port}/callback`,
    caFile,
    arrivals,
    waitFor: (taskId) =>
      arrivals.some((arrival) => arrival.taskId === taskId)
        ? Promise.resolve()
        : new Promise((done) => waiting.set(taskId, done)),
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}
