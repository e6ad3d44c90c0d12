import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Storage } from '../../src/storage/storage.ts';

/** Holds a store to the interface. Every store runs this suite: `describeStorage('disk', () => openDiskStorage(…))`. */
export function describeStorage(name: string, openStorage: () => Promise<Storage>): void {
  describe(`storage on ${name}`, () => {
    let storage: Storage;
    let folder: string;
    const bytes = randomBytes(100_000);

    beforeAll(async () => {
      storage = await openStorage();
      folder = await mkdtemp(join(tmpdir(), 'storage-'));
    });
    afterAll(() => rm(folder, { recursive: true, force: true }));

    const read = async (key: string) => await buffer(await storage.get(key));
    const listKeys = async (prefix: string) =>
      (await Array.fromAsync(storage.list(prefix))).map((file) => file.key).sort();

    test('what was put comes back byte for byte, from a buffer and from a file', async () => {
      await writeFile(join(folder, 'source'), bytes);
      await storage.put('a/buffer.bin', { bytes });
      await storage.put('a/file.bin', { path: join(folder, 'source') });
      expect((await read('a/buffer.bin')).equals(bytes)).toBe(true);
      expect((await read('a/file.bin')).equals(bytes)).toBe(true);
      expect(await storage.find('a/file.bin')).toMatchObject({ key: 'a/file.bin', sizeBytes: bytes.length });
    });

    test('a range brings its bytes and no others', async () => {
      await storage.put('a/range.bin', { bytes });
      for (const [first, last] of [
        [0, 0],
        [10, 99_999],
        [99_999, 99_999],
      ] as const) {
        const part = await buffer(await storage.get('a/range.bin', { first, last }));
        expect(part.equals(bytes.subarray(first, last + 1))).toBe(true);
      }
    });

    test('a second put replaces the first whole', async () => {
      await storage.put('a/twice', { bytes });
      await storage.put('a/twice', { bytes: Buffer.from('short') });
      expect((await read('a/twice')).toString()).toBe('short');
    });

    test('readers see the old or the new file while it is replaced, never a mixture', async () => {
      const [one, two] = [Buffer.alloc(300_000, 1), Buffer.alloc(300_000, 2)];
      await storage.put('a/race', { bytes: one });
      const writes = (async () => {
        for (let turn = 0; turn < 20; turn++) await storage.put('a/race', { bytes: turn % 2 ? one : two });
      })();
      for (let turn = 0; turn < 20; turn++) {
        const seen = await read('a/race');
        expect(seen.equals(one) || seen.equals(two)).toBe(true);
      }
      await writes;
    });

    test('an absent key is null to find, ENOENT to get and copy, and nothing to delete', async () => {
      expect(await storage.find('no/such')).toBeNull();
      await expect(storage.get('no/such')).rejects.toMatchObject({ code: 'ENOENT' });
      await expect(storage.copyTo('no/such', join(folder, 'copy'))).rejects.toMatchObject({ code: 'ENOENT' });
      await storage.delete('no/such');
    });

    test('putNew keeps the first bytes of many at once, and says who won', async () => {
      const tries = await Promise.all([1, 2, 3, 4].map((n) => storage.putNew('a/new', Buffer.from(`bytes ${n}`))));
      expect(tries.filter((won) => won)).toHaveLength(1);
      expect((await read('a/new')).toString()).toBe(`bytes ${tries.indexOf(true) + 1}`);
      expect(await storage.putNew('a/new', Buffer.from('later'))).toBe(false);
    });

    test('move gives a file another key with the same bytes; an absent one is false', async () => {
      await storage.put('move/from-1/x.bin', { bytes });
      expect(await storage.move('move/from-1/x.bin', 'moved/to/x.bin')).toBe(true);
      expect((await read('moved/to/x.bin')).equals(bytes)).toBe(true);
      expect(await storage.find('move/from-1/x.bin')).toBeNull();
      expect(await storage.move('move/from-1/x.bin', 'moved/to/y.bin')).toBe(false);
      expect(await listKeys('moved/')).toEqual(['moved/to/x.bin']);
    });

    test('copyTo gives a local file', async () => {
      await storage.put('a/copy', { bytes });
      await storage.copyTo('a/copy', join(folder, 'copied'));
      expect((await readFile(join(folder, 'copied'))).equals(bytes)).toBe(true);
    });

    test('list gives the keys of a prefix and only those; delete takes one away', async () => {
      for (const key of ['list/x/1', 'list/x/2', 'list/xy/3', 'other/4']) await storage.put(key, { bytes });
      expect(await listKeys('list/x/')).toEqual(['list/x/1', 'list/x/2']);
      expect(await listKeys('list/x')).toEqual(['list/x/1', 'list/x/2', 'list/xy/3']);
      await storage.delete('list/x/1');
      expect(await listKeys('list/')).toEqual(['list/x/2', 'list/xy/3']);
    });

    test('a link brings the bytes without this program, or there is none', async () => {
      await storage.put('a/linked', { bytes });
      const link = await storage.link('a/linked', 60);
      if (link !== null) expect(Buffer.from(await (await fetch(link)).arrayBuffer()).equals(bytes)).toBe(true);
    });

    test.each(['../up', '/absolute', 'a//b', '.hidden', 'a/../b', 'a/.b', 'ü', 'a b', '', 'a/', 'x'.repeat(600)])(
      'refuses %j as a key',
      async (key) => {
        await expect(async () => await storage.put(key, { bytes })).rejects.toThrow('storage key');
        await expect(async () => await storage.get(key)).rejects.toThrow('storage key');
      },
    );
  });
}
