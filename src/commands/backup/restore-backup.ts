import { join } from 'node:path';
import { createGunzip } from 'node:zlib';
import { type Contents, checkEmpty, checkShapes, connect, loadContents, type Way } from '../../db/index.ts';
import { failpoint } from '../../lib/failpoint.ts';
import { findStoredIdentity, identityKey, keepStoredIdentity, type Storage } from '../../storage/index.ts';
import { freshTables, keptSchemas, prepareSchema } from '../prepare-schema.ts';
import { hash, nameOfFile, openBackupFile, verifyBackup } from './backup-folder.ts';
import { type BackupManifest, loadManifest } from './manifest.ts';
import { readSchemaState } from './read-schema-state.ts';

/**
 * Puts a backup into a database and a storage that are empty: reads the whole backup, then puts the files, then all rows in one
 * transaction, each table by its count and digest. Cut off, it is simply begun again: files that are there already stay. Throws an
 * Error of one sentence where the backup is damaged or of another version, or where anything else lies in either place; both are as
 * they were then, but for an empty database's tables.
 */
export async function restoreBackup(folder: string, way: Way, storage: Storage): Promise<BackupManifest> {
  const manifest = await loadManifest(folder);
  await checkEmpty(way.url, { schemas: keptSchemas, ...freshTables }).catch((error: Error) => {
    throw new Error(`the database ${error.message}`, { cause: error });
  });
  const files = await verifyBackup(folder, manifest);
  await prepareSchema(way);
  await checkVersion(way, manifest);
  await checkShapes(way.url, keptSchemas, manifest);
  if (manifest.files !== null) await restoreFiles(folder, storage, files, manifest.storage_identity);
  failpoint('after-files-of-restore');
  await loadContents(openContents(folder, manifest), {
    url: way.url,
    schemas: keptSchemas,
    seeded: freshTables.seeded,
  });
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

async function restoreFiles(
  folder: string,
  storage: Storage,
  files: Awaited<ReturnType<typeof verifyBackup>>,
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
  for (const { key, sha256 } of files) {
    if ((await hashStored(storage, key)) !== sha256) await storage.put(key, { path: join(folder, nameOfFile(key)) });
  }
  if (identity !== null && (await keepStoredIdentity(storage, identity)) !== identity)
    throw new Error('a server was started on the storage meanwhile: stop it, and begin again in an empty one');
}

/** Null where nothing lies there. */
async function hashStored(storage: Storage, key: string): Promise<string | null> {
  return (await storage.find(key)) === null ? null : await hash(await storage.get(key));
}

function openContents(folder: string, { tables, sequences }: BackupManifest): Contents {
  const byName = new Map(tables.map((table) => [table.name, table]));
  const find = (name: string) => byName.get(name) as BackupManifest['tables'][number];
  return {
    tables,
    sequences,
    summarize: async ({ name }) => find(name),
    read: async ({ name }) => {
      const file = await openBackupFile(folder, find(name).file);
      const rows = createGunzip();
      file.once('error', (error) => rows.destroy(error));
      return file.pipe(rows);
    },
  };
}
