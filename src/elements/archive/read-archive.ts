import { isUtf8 } from 'node:buffer';
import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type Entry, openPromise, type ZipFile } from 'yauzl';
import { archiveRefused } from '../errors.ts';
import { archiveEntries, fileNamePattern, filesFolder } from './archive-format.ts';

export interface ArchiveLimits {
  /** Of all entries together, unpacked. */
  unpackedBytesMax: number;
  entriesMax: number;
}

/** A file of `files/`, as it was unpacked. */
export interface UnpackedFile {
  name: string;
  path: string;
  sizeBytes: number;
  /** Lower-case hexadecimal, as measured. */
  sha256: string;
}

export interface UnpackedArchive {
  /** `element.json`, parsed and no more. */
  element: unknown;
  /** What lay in `files/`. */
  files: readonly UnpackedFile[];
}

/** A manifest is some kilobytes; this is far above what any element writes, and little to parse. */
const textBytesMax = 4_000_000;

/** Unix file types in the upper half of the external attributes. */
const fileTypeMask = 0o170000;
const plainFile = 0o100000;
const folderType = 0o040000;

/**
 * Unpacks the archive at `path` into `folder`, which must exist and be fresh, and checks that it is what it says: only
 * the entries that the format names, each once, plain files, not larger than announced and all together not above the
 * limit, each with the sum that `SHA256SUMS` gives. Nothing is written outside of `folder`, whatever an entry is called.
 * Throws 400 `archive_refused` naming the entry and the rule.
 */
export async function readArchive(path: string, folder: string, limits: ArchiveLimits): Promise<UnpackedArchive> {
  const zip = await openZip(path);
  try {
    const entries = checkEntries(await listEntries(zip, limits.entriesMax), limits);
    await mkdir(join(folder, filesFolder));
    const unpacked = new Map<string, UnpackedFile>();
    for (const entry of entries) unpacked.set(entry.fileName, await unpack(zip, entry, folder));
    await checkSums(unpacked);
    const element = parseJson(await readText(unpacked, archiveEntries.element));
    return { element, files: [...unpacked].flatMap(([name, file]) => (name.startsWith(filesFolder) ? file : [])) };
  } finally {
    zip.close();
  }
}

async function openZip(path: string): Promise<ZipFile> {
  try {
    const options = { lazyEntries: true, autoClose: false, strictFileNames: true, validateEntrySizes: true };
    return await openPromise(path, options);
  } catch (error) {
    throw archiveRefused(null, `is no ZIP file that can be read (${(error as Error).message})`);
  }
}

/** Reads the table of contents, which lies at the end, before anything is unpacked. */
async function listEntries(zip: ZipFile, entriesMax: number): Promise<Entry[]> {
  if (zip.entryCount > entriesMax) {
    throw archiveRefused(null, `has ${zip.entryCount} entries, at most ${entriesMax} are allowed`);
  }
  const entries: Entry[] = [];
  try {
    for await (const entry of zip.eachEntry()) entries.push(entry);
  } catch (error) {
    throw archiveRefused(null, `has a broken table of contents (${(error as Error).message})`);
  }
  return entries;
}

function checkEntries(all: readonly Entry[], { unpackedBytesMax }: ArchiveLimits): Entry[] {
  const names = new Set<string>();
  let sum = 0;
  for (const entry of all) {
    const name = entry.fileName;
    if (names.has(name)) throw archiveRefused(name, 'is there twice');
    names.add(name);
    checkKind(entry);
    sum += entry.uncompressedSize;
    if (sum > unpackedBytesMax) {
      throw archiveRefused(null, `unpacks to more than ${unpackedBytesMax} bytes, the most that is taken`);
    }
  }
  for (const name of Object.values(archiveEntries)) {
    if (!names.has(name)) throw archiveRefused(name, 'is missing');
  }
  return all.filter((entry) => entry.fileName !== filesFolder);
}

function checkKind(entry: Entry): void {
  const { fileName: name, uncompressedSize } = entry;
  const type = (entry.externalFileAttributes >>> 16) & fileTypeMask;
  // Other programs write an entry for the folder, ours doesn't.
  if (name === filesFolder && (type === 0 || type === folderType) && uncompressedSize === 0) return;
  if (type !== 0 && type !== plainFile) throw archiveRefused(name, 'is no plain file (a link or a folder)');
  const isText = (Object.values(archiveEntries) as string[]).includes(name);
  if (!isText && !(name.startsWith(filesFolder) && fileNamePattern.test(name.slice(filesFolder.length)))) {
    throw archiveRefused(name, 'does not belong into the archive of an element');
  }
  if (isText && uncompressedSize > textBytesMax) {
    throw archiveRefused(name, `has ${uncompressedSize} bytes, at most ${textBytesMax} are allowed`);
  }
  if (entry.isEncrypted()) throw archiveRefused(name, 'is encrypted');
  if (!entry.canDecodeFileData()) throw archiveRefused(name, 'is packed by a method that is not read here');
}

async function unpack(zip: ZipFile, entry: Entry, folder: string): Promise<UnpackedFile> {
  const name = entry.fileName;
  const path = join(folder, name);
  const sum = createHash('sha256');
  const count = new Transform({
    transform(chunk: Buffer, _, done) {
      sum.update(chunk);
      done(null, chunk);
    },
  });
  try {
    await pipeline(await zip.openReadStreamPromise(entry), count, createWriteStream(path, { flags: 'wx' }));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== undefined && !code.startsWith('Z_')) throw error;
    throw archiveRefused(name, `can not be unpacked (${(error as Error).message})`);
  }
  return {
    name: name.slice(name.startsWith(filesFolder) ? filesFolder.length : 0),
    path,
    sizeBytes: entry.uncompressedSize,
    sha256: sum.digest('hex'),
  };
}

/** Every entry but the sums themselves stands in them, and nothing else does. */
async function checkSums(unpacked: ReadonlyMap<string, UnpackedFile>): Promise<void> {
  const lines = (await readText(unpacked, archiveEntries.sums)).split('\n').filter((line) => line !== '');
  const sums = new Map<string, string>();
  for (const line of lines) {
    const [, sum, name] = /^([0-9a-f]{64}) [ *](.+)$/.exec(line) ?? [];
    if (sum === undefined || name === undefined || sums.has(name)) {
      throw archiveRefused(archiveEntries.sums, 'is no list of SHA-256 sums with each name once');
    }
    sums.set(name, sum);
  }
  for (const [name, { sha256 }] of unpacked) {
    if (name === archiveEntries.sums) continue;
    const expected = sums.get(name);
    if (expected === undefined) throw archiveRefused(name, `does not stand in ${archiveEntries.sums}`);
    if (expected !== sha256)
      throw archiveRefused(name, `has SHA-256 ${sha256}, ${archiveEntries.sums} says ${expected}`);
    sums.delete(name);
  }
  const [missing] = sums.keys();
  if (missing !== undefined) throw archiveRefused(missing.slice(0, 120), 'stands in SHA256SUMS and is missing');
}

async function readText(unpacked: ReadonlyMap<string, UnpackedFile>, name: string): Promise<string> {
  const bytes = await readFile((unpacked.get(name) as UnpackedFile).path);
  if (!isUtf8(bytes)) throw archiveRefused(name, 'is not UTF-8');
  return bytes.toString('utf8');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw archiveRefused(archiveEntries.element, 'is no JSON');
  }
}
