import { createHash } from 'node:crypto';
import { chmod, cp, mkdir, mkdtemp, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { findPostgresBinaries, type PostgresBinaries } from './binaries.ts';
import { findPostmaster } from './postmaster-file.ts';
import {
  canNobodyEnter,
  choosePrivileges,
  clusterOwner,
  copyBinaries,
  giveAll,
  type Privileges,
} from './run-unprivileged.ts';

/** Where this machine's PostgreSQL programs and the cluster of one data folder lie, and as whom they run. */
export interface Home {
  binaries: PostgresBinaries;
  privileges: Privileges;
  clusterFolder: string;
}

/** As `startPostgres` takes them. */
interface HomeOptions {
  onNotice?: ((text: string) => void) | undefined;
  isToBeFilled?: boolean | undefined;
}

/** Where versions before this one kept the cluster of a data folder when they ran as root without user namespaces. */
const formerRoot = '/var/lib';

/**
 * Finds or makes the place of the cluster: always inside `dataFolder`, which is absolute and exists. A cluster that an older
 * version kept elsewhere is moved there, which `onNotice` is told. Throws an Error with the remedy where PostgreSQL can't
 * run inside the data folder, where a cluster elsewhere may be the right one, or where the platform's programs are missing.
 */
export async function prepareHome(
  dataFolder: string,
  { onNotice = () => undefined, isToBeFilled = false }: HomeOptions = {},
): Promise<Home> {
  const binaries = findPostgresBinaries();
  const privileges = await choosePrivileges();
  const clusterFolder = join(dataFolder, 'postgres');
  if (process.getuid?.() === 0) {
    if (privileges.kind === 'nobody') await letNobodyEnter(dataFolder);
    await bringFormerCluster(dataFolder, clusterFolder, { onNotice, isToBeFilled });
    await takeOver(clusterFolder, clusterOwner(privileges));
  }
  await closeToOthers(clusterFolder);
  await checkKeepsModes(dataFolder);
  if (privileges.kind !== 'nobody' || (await canNobodyEnter(binaries.postgres))) {
    return { binaries, privileges, clusterFolder };
  }
  const root = await copyBinaries(dataFolder, binaries.root);
  return {
    binaries: { root, initdb: join(root, 'bin', 'initdb'), postgres: join(root, 'bin', 'postgres') },
    privileges,
    clusterFolder,
  };
}

/** Others may pass through the data folder, not look into it; what lies in it is closed to them by itself. */
async function letNobodyEnter(dataFolder: string): Promise<void> {
  const { mode } = await stat(dataFolder);
  if ((mode & 0o001) === 0) await chmod(dataFolder, (mode & 0o777) | 0o011);
  if (await canNobodyEnter(dataFolder)) return;
  await chmod(dataFolder, mode & 0o777);
  throw new Error(
    `PostgreSQL doesn't run as root, this machine allows no user namespaces, and the unprivileged user 'nobody' can't enter ${dataFolder}.\n` +
      'Start the program as another user than root; or set TROUPE_DATA_DIR to a folder whose parents everybody may enter, such as\n' +
      '/var/lib/troupe; or name a PostgreSQL server in DATABASE_URL.',
  );
}

/** A cluster made in a user namespace belongs to root, one made without to nobody; the way may change between starts. */
async function takeOver(clusterFolder: string, owner: number): Promise<void> {
  const found = await stat(clusterFolder).catch(() => null);
  if (found === null || found.uid === owner || (await findPostmaster(clusterFolder)) !== null) return;
  await giveAll(clusterFolder, owner);
}

/**
 * Takes away what a restored backup or a volume's group permissions opened: PostgreSQL refuses a cluster that others may write to
 * or read. Throws with the remedy where the folder is somebody else's.
 */
async function closeToOthers(clusterFolder: string): Promise<void> {
  const found = await stat(clusterFolder).catch(() => null);
  const uid = process.getuid?.();
  if (found === null || uid === undefined) return;
  if (uid !== 0 && found.uid !== uid) {
    throw new Error(
      `${clusterFolder} belongs to user ${found.uid}, and PostgreSQL runs only as the owner of its files: start the program as that user, or ` +
        `run 'chown -R ${uid} ${clusterFolder}' as root.`,
    );
  }
  // 0750 is allowed as well.
  if ((found.mode & 0o027) !== 0) await chmod(clusterFolder, 0o700);
  const password = join(clusterFolder, 'superuser-password');
  const mode = (await stat(password).catch(() => null))?.mode ?? 0;
  if ((mode & 0o077) !== 0) await chmod(password, 0o600);
}

/**
 * Throws with the remedy where a file doesn't keep the mode that it's given: PostgreSQL refuses such a folder. `setMode` is
 * the system's.
 */
export async function checkKeepsModes(folder: string, setMode: typeof chmod = chmod): Promise<void> {
  if (process.platform === 'win32') return;
  const probe = await mkdtemp(join(folder, '.probe-')).catch(() => null);
  // A full disk is told by what needs the room.
  if (probe === null) return;
  try {
    await setMode(probe, 0o750);
    const wide = (await stat(probe)).mode & 0o777;
    await setMode(probe, 0o700);
    if (wide === 0o750 && ((await stat(probe)).mode & 0o777) === 0o700) return;
  } catch {
    // told below
  } finally {
    await rm(probe, { recursive: true, force: true });
  }
  throw new Error(
    `${folder} lies on a file system that keeps no permissions, as Windows drives under WSL (/mnt/c), USB sticks and some network shares do, and ` +
      'PostgreSQL refuses to keep a database there: set TROUPE_DATA_DIR to a folder on a disk of Linux, such as ~/troupe, or name a PostgreSQL ' +
      'server in DATABASE_URL',
  );
}

async function bringFormerCluster(
  dataFolder: string,
  clusterFolder: string,
  { onNotice = () => undefined, isToBeFilled = false }: HomeOptions,
): Promise<void> {
  const identity = createHash('sha256').update(dataFolder).digest('hex').slice(0, 12);
  const former = join(formerRoot, `troupe-postgres-${identity}`, 'cluster');
  const [formerAt, at] = [await findLastUse(former), await findLastUse(clusterFolder)];
  if (formerAt === null) {
    if (at === null && !isToBeFilled) await refuseToStartEmpty(dataFolder, clusterFolder);
    return;
  }
  if (at !== null) {
    if (formerAt > at) {
      throw new Error(
        `there are two databases of ${dataFolder}: ${former} was used last, ${clusterFolder} before. Move the one that you don't want ` +
          'away and start again.',
      );
    }
    onNotice(`an older database of this data folder lies unused in ${former}`);
    return;
  }
  const running = await findPostmaster(former);
  if (running !== null) {
    throw new Error(
      `an older version's PostgreSQL (process ${running.pid}) still runs in ${former}: stop the older version, or that process with ` +
        `'kill -INT ${running.pid}', and start again; then the database is moved into ${dataFolder}.`,
    );
  }
  await moveFolder(former, clusterFolder);
  onNotice(`the database was moved from ${former} to ${clusterFolder}`);
}

/** When the cluster of a folder was last written to; null when there is none. */
async function findLastUse(clusterFolder: string): Promise<Date | null> {
  return await stat(join(clusterFolder, 'global', 'pg_control')).then(
    ({ mtime }) => mtime,
    () => null,
  );
}

/** A data folder that was moved has left its database behind, under a name that only its old path tells. */
async function refuseToStartEmpty(dataFolder: string, clusterFolder: string): Promise<void> {
  const stored = await readdir(join(dataFolder, 'storage')).catch(() => []);
  if (!stored.some((name) => !name.startsWith('.'))) return;
  const candidates: string[] = [];
  for (const name of await readdir(formerRoot).catch(() => [])) {
    const cluster = join(formerRoot, name, 'cluster');
    if (name.startsWith('troupe-postgres-') && (await findLastUse(cluster)) !== null) candidates.push(cluster);
  }
  if (candidates.length === 0) return;
  throw new Error(
    `${dataFolder} has stored files and no database. An older version kept it elsewhere: ${candidates.join(', ')}. Move the right one to ` +
      `${clusterFolder} and start again.`,
  );
}

/** Across file systems as well; a kill in the middle leaves the former place whole. */
async function moveFolder(from: string, to: string): Promise<void> {
  try {
    await rename(from, to);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EXDEV') throw error;
    const aside = `${to}-moving`;
    await rm(aside, { recursive: true, force: true });
    await mkdir(dirname(aside), { recursive: true });
    await cp(from, aside, { recursive: true, preserveTimestamps: true, verbatimSymlinks: true });
    await giveAll(aside, (await stat(from)).uid);
    await chmod(aside, 0o700);
    await rename(aside, to);
    await rename(from, `${from}-moved`);
  }
}
