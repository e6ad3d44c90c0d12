import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { catchError } from '../../test/helpers/catch-error.ts';
import { describeStorage } from '../../test/helpers/describe-storage.ts';
import { type StandInS3, startStandInS3 } from '../../test/helpers/stand-in-s3/stand-in-s3.ts';
import { AppError } from '../lib/errors.ts';
import { parseSection } from '../lib/settings.ts';
import { section } from './config.ts';
import { openStorage } from './open-storage.ts';
import type { Storage } from './storage.ts';

let server: StandInS3;
let folder: string;
beforeAll(async () => {
  server = await startStandInS3();
  folder = await mkdtemp(join(tmpdir(), 's3-files-'));
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

const open = (environment: Record<string, string> = {}): Promise<Storage> =>
  openStorage(parseSection(section, { ...server.environment, ...environment }, []), join(folder, 'disk'));

describeStorage('S3', () => open({ TROUPE_S3_PREFIX: 'one/', TROUPE_S3_LINK_ENDPOINT: server.endpoint }));

test('a file of more than 16 MiB is stored byte for byte, without trailers of the protocol', async () => {
  const storage = await open();
  const bytes = randomBytes(17 * 2 ** 20);
  await writeFile(join(folder, 'large'), bytes);
  await storage.put('large', { path: join(folder, 'large') });
  expect(await storage.find('large')).toMatchObject({ sizeBytes: bytes.length });
  await storage.copyTo('large', join(folder, 'back'));
  expect((await readFile(join(folder, 'back'))).equals(bytes)).toBe(true);
});

test('two prefixes share a bucket without seeing each other', async () => {
  const [one, two] = [await open({ TROUPE_S3_PREFIX: 'a/' }), await open({ TROUPE_S3_PREFIX: 'b/' })];
  await one.put('shared', { bytes: Buffer.from('one') });
  expect(await two.find('shared')).toBeNull();
  expect(await Array.fromAsync(two.list(''))).toEqual([]);
  expect((await Array.fromAsync(one.list(''))).map((file) => file.key)).toEqual(['shared']);
});

test('list goes on behind the thousand keys that one answer holds', async () => {
  const storage = await open({ TROUPE_S3_PREFIX: 'many/' });
  const names = Array.from({ length: 1003 }, (_, at) => `n/${at}`);
  for (let at = 0; at < names.length; at += 100) {
    await Promise.all(names.slice(at, at + 100).map((key) => storage.put(key, { bytes: Buffer.from('x') })));
  }
  expect((await Array.fromAsync(storage.list('n/'))).map((file) => file.key).sort()).toEqual(names.sort());
});

test('a link ends with its time, and holds for no other file', async () => {
  const storage = await open({ TROUPE_S3_LINK_ENDPOINT: server.endpoint });
  await storage.put('linked', { bytes: Buffer.from('x') });
  const link = (await storage.link('linked', 600)) ?? '';
  expect((await fetch(link)).status).toBe(200);
  expect((await fetch(link.replace('/linked?', '/large?'))).status).toBe(403);
  const old = link.replace(/X-Amz-Date=\d+T/, 'X-Amz-Date=20200101T');
  expect((await fetch(old)).status).toBe(403);
});

test.each([
  [
    'a bucket that is none',
    { TROUPE_S3_BUCKET: 'other' },
    "the bucket 'other' can't be used: there is none of that name",
  ],
  ['a wrong secret', { TROUPE_S3_SECRET_KEY: 'wrong' }, 'refuses the credentials'],
  [
    'links without a bucket',
    { TROUPE_S3_BUCKET: '', TROUPE_S3_LINK_ENDPOINT: 'https://s3.example.com' },
    'needs TROUPE_S3_BUCKET',
  ],
  ['half of the credentials', { TROUPE_S3_SECRET_KEY: '' }, 'belong together'],
])('%s is told at start, without the secret', async (_, environment, words) => {
  const opening = open(environment);
  await expect(opening).rejects.toThrow(words);
  await expect(opening).rejects.not.toThrow('wrong');
});

test('a store that asks to slow down is asked again', async () => {
  const storage = await open();
  server.refuse(2);
  await storage.put('slow', { bytes: Buffer.from('x') });
  expect(server.keys()).toContain('slow');
});

test('a store that is away is a 503 that may be tried again, and says nothing of its address', async () => {
  const away = await startStandInS3();
  const storage = await openStorage(parseSection(section, away.environment, []), folder);
  await away[Symbol.asyncDispose]();
  const tries = [
    () => storage.put('a', { bytes: Buffer.from('x') }),
    () => storage.find('a'),
    () => storage.get('a'),
    () => storage.delete('a'),
    () => Array.fromAsync(storage.list('')),
  ];
  for (const attempt of tries) {
    const error = (await catchError(attempt())) as AppError;
    expect(error).toBeInstanceOf(AppError);
    expect([error.status, error.code, error.retryable]).toEqual([503, 'service_unavailable', true]);
    expect(error.message).not.toContain('127.0.0.1');
  }
});
