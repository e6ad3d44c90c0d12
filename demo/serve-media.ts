import { createReadStream } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

export interface MediaServer extends AsyncDisposable {
  /** `http://127.0.0.1:<port>` */
  url: string;
  /** The one address that the server under demonstration must be allowed to fetch from. */
  address: string;
}

/** Serves the files of one folder by their names on a free port of this machine, as a maker's own web server would. */
export async function serveMedia(folder: string): Promise<MediaServer> {
  const names = new Set(await readdir(folder));
  const server = createServer((request, response) => {
    const name = (request.url ?? '').slice(1);
    if (!names.has(name)) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200);
    createReadStream(join(folder, name)).pipe(response);
  });
  await new Promise<void>((done, fail) => {
    server.once('error', fail);
    server.listen(0, '127.0.0.1', done);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    address: '127.0.0.1/32',
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}
