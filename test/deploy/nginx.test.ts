import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { findFreePort } from '../helpers/find-free-port.ts';
import { isMissing } from '../helpers/is-missing.ts';
import { createLocalAuthority } from '../helpers/local-tls.ts';
import { nginx, startNginx } from '../helpers/start-nginx.ts';
import { startHttp } from '../helpers/start-server.ts';

test.skipIf(isMissing(nginx))(
  'nginx takes every line of deploy/nginx.conf and hands on a large body with the address that the server is told to trust',
  async () => {
    const folder = await mkdtemp(join(tmpdir(), 'troupe-deploy-nginx-'));
    const { issue, ca } = createLocalAuthority();
    const { cert, key } = issue({ names: ['example.com'] });
    await writeFile(join(folder, 'example.com.pem'), cert);
    await writeFile(join(folder, 'example.com.key'), key);
    await using server = await startHttp(async (asked, answer) => {
      const bytes = (await text(asked)).length;
      answer.end(JSON.stringify({ bytes, headers: asked.headers }));
    });
    const [port, other] = [await findFreePort(), await findFreePort()];
    const written = await readFile(new URL('../../deploy/nginx.conf', import.meta.url), 'utf8');
    const changed = written
      .replace('127.0.0.1:4600', `127.0.0.1:${server.port}`)
      .replace('listen 443 ssl', `listen 127.0.0.1:${port} ssl`)
      .replace('listen [::]:443 ssl', `listen 127.0.0.1:${other} ssl`)
      .replaceAll('/etc/ssl/', `${folder}/`);
    await using _proxy = await startNginx(changed, port);
    const answer = await new Promise<IncomingMessage>((done, fail) => {
      const options = { method: 'POST', host: '127.0.0.1', port, servername: 'example.com', ca };
      request({ ...options, headers: { host: 'example.com', 'x-forwarded-for': '203.0.113.9' } }, done)
        .once('error', fail)
        .end('x'.repeat(20_000_000));
    });
    expect(JSON.parse(await text(answer))).toMatchObject({
      bytes: 20_000_000,
      headers: {
        host: 'example.com',
        'x-forwarded-host': 'example.com',
        'x-forwarded-proto': 'https',
        'x-forwarded-for': '127.0.0.1',
      },
    });
    await rm(folder, { recursive: true });
  },
  120_000,
);
