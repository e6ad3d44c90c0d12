import { createHash } from 'node:crypto';
import { createReadStream, type ReadStream } from 'node:fs';
import { lstat, readFile, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Type } from 'typebox';
import { compileCheck } from '../../lib/compile-check.ts';
import { identityKey, isStorageKey, quarantinePrefix } from '../../storage/index.ts';
import { type BackupManifest, fileListName } from './manifest.ts';

const ListedFile = Type.Object({
  key: Type.String(),
  size_bytes: Type.Integer({ minimum: 0 }),
  sha256: Type.String({ pattern: '^[0-9a-f]{64}$' }),
});

interface ListedFile {
  key: string;
  size_bytes: number;
  sha256: string;
}

const checkLine = compileCheck(ListedFile, 'line');

/** Where a stored file's bytes lie below the backup's folder. */
export const nameOfFile = (key: string) => `files/${key}`;

/**
 * Reads a backup to its end and throws an Error that names the first thing which isn't as it was written: a file that is missing, of other
 * bytes, a link or anything else but a plain file below the folder, a table's file, a line of the list. Returns the stored files that it holds.
 */
export async function verifyBackup(folder: string, manifest: BackupManifest): Promise<ListedFile[]> {
  for (const { name, file, sha256 } of manifest.tables) {
    const { path } = await findFile(folder, file);
    // Those that were made before the sum was written are compared by the rows' digest alone.
    if (sha256 !== undefined && (await hash(createReadStream(path))) !== sha256) throw damaged(`${file} (${name})`);
  }
  if (manifest.files === null) return [];
  const files = await loadFileList(folder, manifest.files);
  for (const { key, size_bytes, sha256 } of files) {
    const { path, size } = await findFile(folder, nameOfFile(key));
    const isWhole = size === size_bytes && (await hash(createReadStream(path))) === sha256;
    if (!isWhole) throw damaged(nameOfFile(key));
  }
  return files;
}

/** A file of the backup, to be read. Throws as {@link verifyBackup}. */
export async function openBackupFile(folder: string, name: string): Promise<ReadStream> {
  return createReadStream((await findFile(folder, name)).path);
}

/** The SHA-256 of all bytes, in hexadecimal. */
export async function hash(bytes: Readable): Promise<string> {
  const hasher = createHash('sha256');
  await pipeline(bytes, hasher);
  return hasher.digest('hex');
}

async function loadFileList(folder: string, told: NonNullable<BackupManifest['files']>): Promise<ListedFile[]> {
  const text = await readFile((await findFile(folder, fileListName)).path);
  if (createHash('sha256').update(text).digest('hex') !== told.list_sha256) throw damaged(fileListName);
  const files = new Map<string, ListedFile>();
  for (const [at, line] of text.toString().trimEnd().split('\n').entries()) {
    if (line === '') continue;
    const file = parseLine(line);
    if (file === null || files.has(file.key)) throw damaged(`${fileListName}, line ${at + 1},`);
    files.set(file.key, file);
  }
  const sizeBytes = files.values().reduce((sum, { size_bytes }) => sum + size_bytes, 0);
  if (files.size !== told.count || sizeBytes !== told.size_bytes) throw damaged(fileListName);
  return [...files.values()];
}

/** Null for what no backup writes: keys that are none lead out of the folder, or into what a storage has for itself. */
function parseLine(line: string): ListedFile | null {
  try {
    const checked = checkLine(JSON.parse(line));
    if (!checked.ok) return null;
    const { key } = checked.value;
    return isStorageKey(key) && key !== identityKey && !key.startsWith(quarantinePrefix) ? checked.value : null;
  } catch {
    return null;
  }
}

/** Throws unless it is a plain file at this very place: a link may lead anywhere, and a pipe would be read for ever. */
async function findFile(folder: string, name: string): Promise<{ path: string; size: number }> {
  const path = join(await realpath(folder), name);
  const found = await lstat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT' && error.code !== 'ENOTDIR') throw error;
    throw new Error(`the backup is damaged: ${name} is missing`);
  });
  const isPlain = found.isFile() && (await realpath(path)) === path;
  if (!isPlain) throw new Error(`the backup is damaged: ${name} is no plain file of its folder`);
  return { path, size: found.size };
}

const damaged = (name: string) =>
  new Error(`the backup is damaged: ${name} isn't what was written; nothing was restored`);
