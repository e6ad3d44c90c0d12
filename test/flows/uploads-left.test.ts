import { readdir } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sendRaw } from '../helpers/send-raw.ts';
import { type StartedServer, startHttp } from '../helpers/start-server.ts';
import { type StartedTroupe, startTroupe } from '../helpers/start-troupe.ts';
import { until } from '../helpers/until.ts';
import { upload } from '../helpers/upload.ts';

let troupe: StartedTroupe;
let origin: StartedServer;
const text = Buffer.from('no picture '.repeat(100_000));

beforeAll(async () => {
  origin = await startHttp((_, response) => response.end(text));
  troupe = await startTroupe();
});
afterAll(async () => {
  await troupe?.[Symbol.asyncDispose]();
  await origin?.[Symbol.asyncDispose]();
});

/** Timers that keep this process from ending: a form that nobody reads on is watched by one. */
const countTimers = () => process.getActiveResourcesInfo().filter((one) => one === 'Timeout').length;

const countOpenFiles = async () => (await readdir('/proc/self/fd')).length;

/** With `Connection: close`, so that no timer of a connection is left. */
function sendForm(path: string, field: string, bytes: Buffer) {
  const body = Buffer.concat([
    Buffer.from(`--b\r\nContent-Disposition: form-data; name="${field}"; filename="a.txt"\r\n\r\n`),
    bytes,
    Buffer.from('\r\n--b--\r\n'),
  ]);
  const head = [
    `POST ${path} HTTP/1.1`,
    'Host: x',
    `Authorization: Bearer ${troupe.key.key}`,
    'Content-Type: multipart/form-data; boundary=b',
    `Content-Length: ${body.length}`,
    'Connection: close',
  ];
  return sendRaw(troupe.port, [`${head.join('\r\n')}\r\n\r\n`, body], { limitMs: 20_000 });
}

test.each([
  ['/api/v1/files/upload/stream', 'file'],
  ['/v1/videos/characters', 'video'],
])('%s: an upload that is refused in the middle is answered, and nothing of it is waited for', async (path, field) => {
  const before = countTimers();
  for (let at = 0; at < 5; at += 1) expect((await sendForm(path, field, text)).statuses).toEqual([415]);
  await until('the timers of refused uploads to end', () => countTimers() <= before, 20_000);
});

test.skipIf(process.platform !== 'linux')('a file from a URL that is refused in the middle is closed', async () => {
  const file_url = `http://127.0.0.1:${origin.port}/a`;
  const fetchOne = () => troupe.call('POST', '/api/v1/files/upload/url', { body: { file_url } });
  expect((await fetchOne()).status).toBe(415);
  const before = await countOpenFiles();
  for (let at = 0; at < 20; at += 1) expect((await fetchOne()).status).toBe(415);
  await until('the files to be closed', async () => (await countOpenFiles()) <= before + 5, 20_000);
});

test('a client that leaves while its file is fetched makes no error line', async () => {
  await using silent = await startHttp(() => undefined);
  const body = JSON.stringify({ file_url: `http://127.0.0.1:${silent.port}/a` });
  const lines = ['Host: x', `Authorization: Bearer ${troupe.key.key}`, 'Content-Type: application/json'];
  const head = `POST /api/v1/files/upload/url HTTP/1.1\r\n${lines.join('\r\n')}\r\nContent-Length: ${body.length}\r\n\r\n`;
  await sendRaw(troupe.port, [head + body], { limitMs: 300 });
  const isEnd = (one: string) => one.includes('/api/v1/files/upload/url') && /"status":(?:null|499)/.test(one);
  await until('its line of access', () => troupe.log.some(isEnd));
  await until('its folder to be gone', async () => (await readdir(troupe.context.workFolder)).length === 0);
  expect(troupe.log.filter((one) => one.includes('"level":50'))).toEqual([]);
});

test('an upload after refused ones is taken', async () => {
  expect((await upload(troupe, text)).status).toBe(415);
  expect((await troupe.call('GET', '/api/v1/files/quota')).body.data).toMatchObject({ used_files: 0, used_bytes: 0 });
});
