import { readdir, readlink } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parseRange } from '../../src/http/send-stored-file.ts';
import { type StartedTroupe, startTroupe } from '../helpers/start-troupe.ts';
import { until } from '../helpers/until.ts';

let troupe: StartedTroupe;
const bytes = Buffer.from('0123456789'.repeat(1000));
const key = 'results/task-unified-1757169743-8dxnm6yz/1/video.mp4';

beforeAll(async () => {
  troupe = await startTroupe();
  await troupe.context.storage.put(key, { bytes });
});
afterAll(() => troupe[Symbol.asyncDispose]());

const sign = (seconds: number) => troupe.url + troupe.context.links.sign(key, new Date(Date.now() + seconds * 1000));

async function follow(link: string): Promise<[status: number, code: string]> {
  const { status, body } = await troupe.call('GET', link.slice(troupe.url.length), { key: null });
  return [status, body.error.code];
}

test('a link brings the file without a key, until the link ends; then it says so', async () => {
  const answer = await fetch(sign(60));
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-type')).toBe('video/mp4');
  expect(Buffer.from(await answer.arrayBuffer()).equals(bytes)).toBe(true);
  expect(await follow(sign(-1))).toEqual([410, 'link_expired']);
});

test('a link ends with the name of a file, so that a plain download has the right ending', () => {
  expect(new URL(sign(60)).pathname).toMatch(/^\/files\/\d{10}\/[\w-]{43}\/[\w.~-]+video\.mp4$/);
});

test('a link that was changed, or whose file is gone, tells nothing about what exists', async () => {
  const link = sign(60);
  for (const changed of [link.replace('video', 'vide0'), link.replace(/\/files\/\d/, '/files/9'), `${link}x`]) {
    expect(await follow(changed)).toEqual([404, 'file_not_found']);
  }
  const gone = troupe.url + troupe.context.links.sign('results/none/1/video.mp4', new Date(Date.now() + 60_000));
  expect((await fetch(gone)).status).toBe(410);
});

test('a player may jump: byte ranges, the tail, and HEAD for the size', async () => {
  const tail = await fetch(sign(60), { headers: { range: 'bytes=-5' } });
  expect([tail.status, await tail.text(), tail.headers.get('content-range')]).toEqual([
    206,
    '56789',
    'bytes 9995-9999/10000',
  ]);
  const head = await fetch(sign(60), { method: 'HEAD' });
  expect([head.status, head.headers.get('content-length'), head.headers.get('accept-ranges')]).toEqual([
    200,
    '10000',
    'bytes',
  ]);
});

test('a download that is resumed under a condition begins anew, since no version is ever told', async () => {
  for (const condition of ['"abc"', 'Wed, 21 Oct 2015 07:28:00 GMT', 'W/"abc"']) {
    const answer = await fetch(sign(60), { headers: { range: 'bytes=5000-', 'if-range': condition } });
    expect([answer.status, (await answer.text()).length]).toEqual([200, 10_000]);
  }
});

test('a reader that leaves in the middle leaves no open file', async () => {
  const big = Buffer.alloc(8_000_000, 1);
  await troupe.context.storage.put('results/big/1/video.mp4', { bytes: big });
  const url = troupe.url + troupe.context.links.sign('results/big/1/video.mp4', new Date(Date.now() + 60_000));
  const leave = new AbortController();
  const answer = await fetch(url, { signal: leave.signal });
  await answer.body?.getReader().read();
  expect(await countOpen('big/1/video.mp4')).toBe(1);
  leave.abort();
  await until('the file to be closed', async () => (await countOpen('big/1/video.mp4')) === 0 || null);
});

/** How many files of this process lie at a path that ends so (Linux). */
async function countOpen(ending: string): Promise<number> {
  const names = await readdir('/proc/self/fd');
  const paths = await Promise.all(names.map((name) => readlink(`/proc/self/fd/${name}`).catch(() => '')));
  return paths.filter((path) => path.endsWith(ending)).length;
}

test.each([
  [undefined, null],
  ['bytes=0-0', { first: 0, last: 0 }],
  ['bytes=5-', { first: 5, last: 9 }],
  ['bytes=5-100', { first: 5, last: 9 }],
  ['bytes=-3', { first: 7, last: 9 }],
  ['bytes=-30', { first: 0, last: 9 }],
  ['bytes=10-', 'outside'],
  ['bytes=-0', 'outside'],
  ['bytes=5-4', null],
  ['bytes=0-1,3-4', null],
  ['items=0-1', null],
  ['bytes=-', null],
])('of 10 bytes the range %s means %j', (header, meaning) => {
  expect(parseRange(header, 10)).toEqual(meaning);
});
