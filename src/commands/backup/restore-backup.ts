import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { type Contents, checkEmpty, connect, loadContents, type Way } from '../../db/index.ts';
import { failpoint } from '../../lib/failpoint.ts';
import { findStoredIdentity, identityKey, keepStoredIdentity, type Storage } from '../../storage/index.ts';
import { freshTables, keptSchemas, prepareSchema } from '../prepare-schema.ts';
import { type BackupManifest, fileListName, loadManifest } from './manifest.ts';
import { readSchemaState } from './read-schema-state.ts';

interface ListedFile {
  key: string;
  size_bytes: number;
  sha256: string;
}

/**
 * Puts a backup into a database and a storage that are empty: the files first, each by its SHA-256, then all rows in one
 * transaction, each table by its count and digest. Cut off, it is simply begun again: files that are there already stay. Throws an
 * Error of one sentence where the backup is damaged or of another version, or where anything else lies in either place.
 */
export async function restoreBackup(folder: string, way: Way, storage: Storage): Promise<BackupManifest> {
  const manifest = await loadManifest(folder);
  await checkEmpty(way.url, { schemas: keptSchemas, ...freshTables }).catch((error: Error) => {
    throw new Error(`the database ${error.message}`, { cause: error });
  });
  await prepareSchema(way);
  await checkVersion(way, manifest);
  const files = manifest.files === null ? [] : await loadFileList(folder, manifest.files.list_sha256);
  if (manifest.files !== null) await restoreFiles(folder, storage, files, manifest.storage_identity);
  failpoint('after-files-of-restore');
  await loadContents(openContents(folder, manifest), { url: way.url, schemas: keptSchemas });
  return manifest;
}

async function checkVersion(way: Way, manifest: BackupManifest): Promise<void> {
  const database = connect({ ...way, connectionsMax: 1, onError: () => undefined });
  try {
    const state = await readSchemaState(database.db);
    const differing = [...new Set([...state, ...manifest.schema])].filter(
      (name) => state.includes(name) !== manifest.schema.includes(name),
    );
    if (differing.length === 0) return;
    throw new Error(
      `the backup is of version ${manifest.version}, whose tables differ from this version's (${differing.slice(0, 3).join(', ')}): ` +
        'restore it into a new empty database with the version that made it, then start this one',
    );
  } finally {
    await database.close();
  }
}

async function loadFileList(folder: string, sha256: string): Promise<ListedFile[]> {
  const text = await readFile(join(folder, fileListName));
  if (createHash('sha256').update(text).digest('hex') !== sha256) throw damaged(fileListName);
  return text
    .toString()
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as ListedFile);
}

async function restoreFiles(
  folder: string,
  storage: Storage,
  files: readonly ListedFile[],
  identity: string | null,
): Promise<void> {
  const known = new Set(files.map(({ key }) => key));
  const own = await findStoredIdentity(storage);
  if (own !== null && own !== identity)
    throw new Error('the storage belongs to another database: name an empty folder or bucket');
  for await (const { key } of storage.list('')) {
    if (key !== identityKey && !known.has(key))
      throw new Error(`the storage is not empty (${key} lies there): name an empty folder or bucket`);
  }
  for (const file of files) {
    const path = join(folder, 'files', file.key);
    if ((await hash(createReadStream(path))) !== file.sha256) throw damaged(`files/${file.key}`);
    if ((await hashStored(storage, file.key)) !== file.sha256) await storage.put(file.key, { path });
  }
  if (identity !== null) await keepStoredIdentity(storage, identity);
}

/** Null where nothing lies there. */
async function hashStored(storage: Storage, key: string): Promise<string | null> {
  return (await storage.find(key)) === null ? null : await hash(await storage.get(key));
}

async function hash(bytes: Readable): Promise<string> {
  const hasher = createHash('sha256');
  await pipeline(bytes, hasher);
  return hasher.digest('hex');
}

const damaged = (name: string) => new Error(`the backup is damaged: ${name} isn't what was written`);

function openContents(folder: string, { tables, sequences }: BackupManifest): Contents {
  const byName = new Map(tables.map((table) => [table.name, table]));
  const find = (name: string) => byName.get(name) as BackupManifest['tables'][number];
  return {
    tables,
    sequences,
    summarize: async ({ name }) => find(name),
    read: async ({ name }) => {
      const file = createReadStream(join(folder, find(name).file));
      const rows = createGunzip();
      file.once('error', (error) => rows.destroy(error));
      return file.pipe(rows);
    },
  };
}
