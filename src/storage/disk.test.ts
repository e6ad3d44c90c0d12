import { mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { describeStorage } from '../../test/helpers/describe-storage.ts';
import { openDiskStorage } from './disk.ts';

const root = await mkdtemp(join(tmpdir(), 'disk-'));
afterAll(() => rm(root, { recursive: true, force: true }));

describeStorage('disk', () => openDiskStorage(join(root, 'conformance')));

test('sweep removes what an interrupted put left, and only when it is old enough', async () => {
  const folder = join(root, 'sweep');
  const storage = await openDiskStorage(folder);
  await writeFile(join(folder, '.incoming', 'old'), 'x');
  await writeFile(join(folder, '.incoming', 'new'), 'x');
  await utimes(join(folder, '.incoming', 'old'), 1, 1);
  await storage.sweep(new Date(Date.now() - 3_600_000));
  expect(await readdir(join(folder, '.incoming'))).toEqual(['new']);
});

test('folders that a delete empties are removed', async () => {
  const folder = join(root, 'empty');
  const storage = await openDiskStorage(folder);
  await storage.put('deep/er/file', { bytes: Buffer.alloc(1) });
  await storage.delete('deep/er/file');
  expect(await readdir(folder)).toEqual(['.incoming']);
});

test('a file goes into a folder whose last file is deleted at that moment, be it put, kept as new or moved', async () => {
  const folder = join(root, 'race');
  const storage = await openDiskStorage(folder);
  const bytes = Buffer.from('whole');
  const work = async (lane: number) => {
    for (let turn = 0; turn < 150; turn++) {
      const [key, to] = [`files/deep/${lane}-${turn}`, `moved/deep/${lane}-${turn}`];
      if (turn % 2 === 0) await storage.put(key, { bytes });
      else expect(await storage.putNew(key, bytes)).toBe(true);
      expect(await storage.move(key, to)).toBe(true);
      expect((await storage.find(to))?.sizeBytes).toBe(bytes.length);
      await storage.delete(to);
    }
  };
  await Promise.all(Array.from({ length: 6 }, (_, lane) => work(lane)));
  expect(await readdir(folder)).toEqual(['.incoming']);
  expect(await readdir(join(folder, '.incoming'))).toEqual([]);
});
