import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ZipFile } from 'yazl';
import { catchError } from '../../../test/helpers/catch-error.ts';
import type { ArchivedElement } from './archive-format.ts';
import { readArchive } from './read-archive.ts';
import { writeArchive } from './write-archive.ts';

const sum = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest();
const picture = Buffer.from('not looked at here, a picture of a duck');
const element = { created_at: '2026-02-03T04:05:06.000Z', element_name: 'Duck' } as ArchivedElement;

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'troupe-archive-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const limits = { unpackedBytesMax: 100_000, entriesMax: 20 };

async function read(bytes: Buffer, own: Partial<typeof limits> = {}) {
  const path = join(folder, 'in.zip');
  await writeFile(path, bytes);
  const target = await mkdtemp(join(folder, 'unpacked-'));
  return await readArchive(path, target, { ...limits, ...own });
}

const write = async (files = [{ name: 'frontal.jpg', bytes: picture }]) => {
  const { stream, sizeBytes } = await writeArchive(
    element,
    files.map(({ name, bytes }) => ({
      name,
      sizeBytes: bytes.length,
      sha256: sum(bytes),
      open: async () => Readable.from([bytes]),
    })),
  );
  return { bytes: await buffer(stream), sizeBytes };
};

/** A ZIP file of exactly these entries. */
async function zip(entries: readonly (readonly [string, Buffer | string, object?])[]): Promise<Buffer> {
  const file = new ZipFile();
  for (const [name, content, options] of entries) {
    if (name.endsWith('/')) file.addEmptyDirectory(name, options as never);
    else file.addBuffer(Buffer.from(content), name, options as never);
  }
  file.end();
  return await buffer(file.outputStream as Readable);
}

const sums = (entries: readonly (readonly [string, Buffer | string, object?])[]) =>
  entries.map(([name, content]) => `${sum(Buffer.from(content)).toString('hex')}  ${name}\n`).join('');

const good = [
  ['README.txt', 'hello'],
  ['element.json', '{"a":1}'],
  ['files/frontal.jpg', picture],
] as const;

test('what is written is read again byte for byte, and its size was known before', async () => {
  const { bytes, sizeBytes } = await write();
  expect(bytes.length).toBe(sizeBytes);
  const unpacked = await read(bytes);
  expect(unpacked.element).toEqual(element);
  expect(unpacked.files).toMatchObject([{ name: 'frontal.jpg', sizeBytes: picture.length }]);
  expect(await readFile(unpacked.files[0]?.path as string)).toEqual(picture);
});

test('the same element gives the same bytes', async () => {
  expect((await write()).bytes.equals((await write()).bytes)).toBe(true);
});

test('a file that can not be read breaks the stream off, so that nobody takes half of it for the whole', async () => {
  const gone = { name: 'a.jpg', sizeBytes: 5, sha256: sum(picture), open: () => Promise.reject(new Error('gone')) };
  const { stream } = await writeArchive(element, [gone]);
  await expect(buffer(stream)).rejects.toThrow('gone');
});

test('an archive that was unpacked and packed again by another program is read', async () => {
  const again = await zip([...good, ['SHA256SUMS', sums(good)], ['files/', '']]);
  expect((await read(again)).element).toEqual({ a: 1 });
});

describe('is refused whole, with the entry and the rule:', () => {
  const whole = (entries: readonly (readonly [string, Buffer | string, object?])[]) =>
    zip([...entries, ['SHA256SUMS', sums(entries)]]);
  const rename = (bytes: Buffer, from: string, to: string) =>
    Buffer.from(bytes.toString('latin1').replaceAll(from, to), 'latin1');

  test.each<[string, () => Promise<Buffer>, RegExp, Partial<typeof limits>?]>([
    ['text', async () => Buffer.from('hello'), /is no ZIP file/],
    ['an empty file', async () => Buffer.alloc(0), /is no ZIP file/],
    ['one cut short', async () => (await write()).bytes.subarray(0, -30), /is no ZIP file|table of contents/],
    [
      'a path that climbs',
      async () => rename(await whole([...good, ['files/a.b', 'x']]), 'files/a.b', '../../a.b'),
      /table of contents|is no ZIP file/,
    ],
    [
      'an absolute path',
      async () => rename(await whole([...good, ['files/a.b', 'x']]), 'files/a.b', '/iles/a.b'),
      /table of contents|is no ZIP file/,
    ],
    ['a path below the folder', () => whole([...good, ['files/a/b.jpg', 'x']]), /'files\/a\/b.jpg' does not belong/],
    ['a hidden name', () => whole([...good, ['files/.a', 'x']]), /does not belong/],
    ['an entry of nobody', () => whole([...good, ['run.sh', 'x']]), /'run.sh' does not belong/],
    [
      'a symbolic link',
      () => whole([...good, ['files/link.jpg', '/etc/passwd', { mode: 0o120777 }]]),
      /'files\/link.jpg' is no plain file/,
    ],
    ['too many entries', () => whole(good), /has 4 entries, at most 3/, { entriesMax: 3 }],
    [
      'a bomb',
      () => whole([...good, ['files/zero.bin', Buffer.alloc(90_000)]]),
      /unpacks to more than 50000/,
      { unpackedBytesMax: 50_000 },
    ],
    ['no sums', () => zip(good), /'SHA256SUMS' is missing/],
    ['no element.json', () => whole([good[0], good[2]]), /'element.json' is missing/],
    [
      'a wrong sum',
      () => zip([...good, ['SHA256SUMS', sums(good).replace(/^./, (c) => (c === '0' ? '1' : '0'))]]),
      /has SHA-256/,
    ],
    [
      'a sum of nothing',
      () => zip([...good, ['SHA256SUMS', `${sums(good)}${'0'.repeat(64)}  files/b\n`]]),
      /is missing/,
    ],
    [
      'an entry without a sum',
      () => zip([...good, ['SHA256SUMS', sums(good.slice(0, 2))]]),
      /does not stand in SHA256SUMS/,
    ],
    ['sums that are none', () => zip([...good, ['SHA256SUMS', 'hello']]), /is no list of SHA-256/],
    ['no JSON', () => whole([good[0], ['element.json', 'hello'], good[2]]), /'element.json' is no JSON/],
  ])('%s', async (_, make, message, own) => {
    const error = await catchError(read(await make(), own));
    expect(error).toMatchObject({ code: 'archive_refused', status: 400 });
    expect(error.message).toMatch(message);
  });

  test('two entries of one name', async () => {
    const made = await whole([...good, ['files/frontal.jpx', 'x']]);
    const error = await catchError(read(rename(made, 'frontal.jpx', 'frontal.jpg')));
    expect(error.message).toMatch(/'files\/frontal.jpg' is there twice/);
  });

  test('an entry that unpacks to more than it says', async () => {
    const bytes = await whole([...good, ['files/zero.bin', Buffer.alloc(90_000)]]);
    const at = bytes.lastIndexOf(Buffer.from('files/zero.bin')) - 46;
    bytes.writeUInt32LE(10, at + 24);
    const error = await catchError(read(bytes, { unpackedBytesMax: 50_000 }));
    expect(error).toMatchObject({ code: 'archive_refused' });
    const sizes = await readdir(folder, { recursive: true });
    expect(sizes.filter((name) => name.includes('..'))).toEqual([]);
  });
});
