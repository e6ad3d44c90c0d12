import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, open, readdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { readVersion } from '../../../cli/index.ts';
import { isConnectionLost, openSnapshot, type Snapshot, type Way } from '../../db/index.ts';
import { failpoint } from '../../lib/failpoint.ts';
import { isOutOfRoom } from '../../lib/is-out-of-room.ts';
import { backupLock, findStorageIdentity, identityKey, quarantinePrefix, type Storage } from '../../storage/index.ts';
import { freshTables, keptSchemas } from '../prepare-schema.ts';
import { nameOfFile } from './backup-folder.ts';
import { type BackupManifest, fileListName, manifestName } from './manifest.ts';
import { readSchemaState } from './read-schema-state.ts';

/**
 * Writes the database and the stored files of one moment into `folder`, which is empty or not there, beside a server that goes on working.
 * The moment is the snapshot's: a file lies in storage before the row that names it is committed, is never written again, and
 * isn't deleted as long as the snapshot holds the backup's lock (`holdDeletions`). So what the rows name is there when the files are copied
 * after them. Files that came later are copied too; a sweep of the restored server finds that nobody knows them.
 * The lock ends after minutes in which this process was stopped, and no manifest is written then.
 * `storage` null leaves the files out. Throws an Error of one sentence; the folder has no manifest then.
 */
export async function createBackup(way: Way, storage: Storage | null, folder: string): Promise<BackupManifest> {
  await makeEmptyFolder(folder);
  // Before the first row is read, the lock is held.
  const snapshot = await openSnapshot({ url: way.url, schemas: keptSchemas, advisoryLock: backupLock });
  try {
    return await writeBackup(snapshot, storage, folder);
  } catch (error) {
    if (isOutOfRoom(error)) {
      const remedy = 'make room there or name a folder elsewhere, and delete what was begun';
      throw new Error(`no room is left for ${folder}: ${remedy}`, { cause: error });
    }
    if (!isConnectionLost(error)) throw error;
    const why = 'the database has ended the connection, as it does where this program was stopped for ten minutes';
    throw new Error(`${why}: delete ${folder}, and begin again`, { cause: error });
  } finally {
    await snapshot.close();
  }
}

async function writeBackup(snapshot: Snapshot, storage: Storage | null, folder: string): Promise<BackupManifest> {
  if (!snapshot.tables.some(({ name }) => name === freshTables.madeBy))
    throw new Error('there is nothing to back up: no server has started on this database');
  const taken_at = new Date().toISOString();
  const tables = await writeTables(snapshot, folder);
  failpoint('after-database-of-backup');
  const files = storage === null ? null : await writeFiles(storage, folder);
  const manifest: BackupManifest = {
    format: 1,
    version: readVersion(),
    taken_at,
    schema: await readSchemaState(snapshot.db),
    tables,
    sequences: [...snapshot.sequences],
    storage_identity: (await findStorageIdentity(snapshot.db))?.identity ?? null,
    files,
  };
  await writeFile(join(folder, manifestName), `${JSON.stringify(manifest, null, 2)}\n`, { flush: true, mode: 0o600 });
  return manifest;
}

async function makeEmptyFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const entries = await readdir(folder);
  const [first] = entries;
  if (first === undefined) return;
  const isCutOff = entries.includes('database') && !entries.includes(manifestName);
  if (isCutOff) throw new Error(`${folder} holds a backup that was cut off: delete it, or name another folder`);
  throw new Error(`${folder} is not empty (${first} lies there): name another folder`);
}

async function writeTables(snapshot: Snapshot, folder: string): Promise<BackupManifest['tables']> {
  await mkdir(join(folder, 'database'), { mode: 0o700 });
  const written: BackupManifest['tables'] = [];
  for (const table of snapshot.tables) {
    const file = `database/${table.name.replaceAll(/[^\w.]/g, '-')}.copy.gz`;
    const sum = measure();
    await pipeline(await snapshot.read(table), createGzip({ level: 1 }), sum.stream, openFile(join(folder, file)));
    const { sha256 } = sum.end();
    const summary = await snapshot.summarize(table);
    written.push({ name: table.name, columns: [...table.columns], ...summary, file, sha256 });
  }
  return written;
}

/** Flushed to the disk when it is closed. */
const openFile = (path: string) => createWriteStream(path, { flush: true, flags: 'wx', mode: 0o600 });

async function writeFiles(storage: Storage, folder: string): Promise<BackupManifest['files']> {
  await using list = await open(join(folder, fileListName), 'wx', 0o600);
  const listHash = createHash('sha256');
  let [count, size_bytes] = [0, 0];
  for await (const { key } of storage.list('')) {
    // The manifest has the identity, and nobody needs what lies aside.
    if (key === identityKey || key.startsWith(quarantinePrefix)) continue;
    const copied = await copyFile(storage, key, join(folder, nameOfFile(key)));
    if (copied === null) continue;
    const line = `${JSON.stringify({ key, ...copied })}\n`;
    listHash.update(line);
    await list.appendFile(line);
    count += 1;
    size_bytes += copied.size_bytes;
  }
  await list.sync();
  return { count, size_bytes, list_sha256: listHash.digest('hex') };
}

/** Null for a file that went since it was listed, which no row of the snapshot names then. */
async function copyFile(storage: Storage, key: string, path: string) {
  const bytes = await storage.get(key).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  if (bytes === null) return null;
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const sum = measure();
  await pipeline(bytes, sum.stream, openFile(path));
  return sum.end();
}

/** Counts and hashes what goes through it. */
function measure() {
  const hash = createHash('sha256');
  let size_bytes = 0;
  const stream = new Transform({
    transform(chunk: Buffer, _, done) {
      hash.update(chunk);
      size_bytes += chunk.length;
      done(null, chunk);
    },
  });
  return { stream, end: () => ({ size_bytes, sha256: hash.digest('hex') }) };
}
