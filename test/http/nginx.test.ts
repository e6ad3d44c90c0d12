import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { findFreePort } from '../helpers/find-free-port.ts';
import { imageRequest } from '../helpers/flow-bodies.ts';
import { isMissing } from '../helpers/is-missing.ts';
import { createLocalAuthority } from '../helpers/local-tls.ts';
import { nginx, startNginx } from '../helpers/start-nginx.ts';
import { startTroupe } from '../helpers/start-troupe.ts';

/** The `server` block of the guide, with the ports and files of this test in the place of the guide's. */
async function loadGuide(port: number, serverPort: number, folder: string): Promise<string> {
  const guide = await readFile(new URL('../../docs/guides/proxy.md', import.meta.url), 'utf8');
  const block = /```nginx\n(.*?)```/s.exec(guide)?.[1] ?? '';
  return block
    .replace('listen 443 ssl;', `listen 127.0.0.1:${port} ssl;`)
    .replace('127.0.0.1:4600', `127.0.0.1:${serverPort}`)
    .replaceAll('/etc/ssl/', `${folder}/`);
}

test.skipIf(isMissing(nginx))(
  'behind nginx, configured as the guide says: its path, pages, document and large bodies are right',
  async () => {
    const folder = await mkdtemp(join(tmpdir(), 'troupe-tls-'));
    const authority = createLocalAuthority();
    const { cert, key } = authority.issue({ names: ['example.com'] });
    await writeFile(join(folder, 'example.com.pem'), cert);
    await writeFile(join(folder, 'example.com.key'), key);
    await using troupe = await startTroupe({
      environment: { TROUPE_PUBLIC_URL: 'https://example.com/troupe', TROUPE_TRUST_PROXY: '127.0.0.1' },
    });
    const port = await findFreePort();
    await using _proxy = await startNginx(await loadGuide(port, troupe.port, folder), port);

    const ask = async (method: string, path: string, body?: object) => {
      const options = { method, path, port, host: '127.0.0.1', servername: 'example.com', ca: authority.ca };
      const headers = {
        host: 'example.com',
        authorization: `Bearer ${troupe.key.key}`,
        'content-type': 'application/json',
      };
      const answer = await new Promise<IncomingMessage>((done, fail) => {
        request({ ...options, headers }, done)
          .once('error', fail)
          .end(body === undefined ? undefined : JSON.stringify(body));
      });
      return { status: answer.statusCode, location: answer.headers.location, text: await text(answer) };
    };

    expect(await ask('GET', '/troupe')).toMatchObject({ status: 308, location: expect.stringMatching(/\/troupe\/$/) });
    // Relative, so that it leads to the right place under any path.
    expect(await ask('GET', '/troupe/docs')).toMatchObject({ status: 302, location: 'docs/' });
    expect((await ask('GET', '/troupe/docs/')).status).toBe(200);
    const document = JSON.parse((await ask('GET', '/troupe/openapi.json')).text);
    expect(document.servers).toMatchObject([{ url: 'https://example.com/troupe' }]);

    // More than nginx takes by default.
    const picture = Buffer.alloc(2 * 2 ** 20, 1).toString('base64');
    const accepted = await ask('POST', '/troupe/v1/videos/generations', imageRequest(picture));
    expect(accepted.status, accepted.text.slice(0, 300)).toBe(200);
    await rm(folder, { recursive: true });
  },
);
