import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { link, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';

export interface Postmaster {
  pid: number;
  port: number;
  /** What the server says of itself: `starting`, `ready`, `stopping` or, for a short while, nothing. */
  status: string;
}

/**
 * The server that wrote `postmaster.pid` in `dataFolder` and whose process still lives, else null. The lines of the
 * file: pid, data folder, start time, port, socket folder, listen address, shared memory key, status
 * (PostgreSQL's `miscadmin.h`, LOCK_FILE_LINE_*).
 */
export async function findPostmaster(dataFolder: string): Promise<Postmaster | null> {
  const named = await loadPostmaster(fileOf(dataFolder));
  return named !== null && isPostmaster(named.pid, dataFolder) ? named : null;
}

/** The port of the server that was killed here last, null after an orderly stop. */
export async function findFormerPort(dataFolder: string): Promise<number | null> {
  return (await loadPostmaster(fileOf(dataFolder)))?.port ?? null;
}

/**
 * Takes away a lock file whose process has ended but was never asked for by its parent (a paused process of ours, or a
 * container's first one): PostgreSQL takes such a zombie for a living server and refuses to start. Its own guard against
 * two servers in one folder, the shared memory block that belongs to the folder, stays.
 */
export async function removeZombieLocks(dataFolder: string): Promise<void> {
  await removeZombieLock(fileOf(dataFolder));
  const names = await readdir(dataFolder);
  // A Unix socket has a lock of its own, of the same form.
  for (const name of names.filter((one) => /^\.s\.PGSQL\.\d+\.lock$/.test(one))) {
    await removeZombieLock(join(dataFolder, name));
  }
}

async function removeZombieLock(path: string): Promise<void> {
  const before = await loadPostmaster(path);
  if (before === null || !isZombie(before.pid)) return;
  const aside = `${path}.${randomBytes(4).toString('hex')}`;
  try {
    await rename(path, aside);
    // Another starter may have been faster, and this be its new server's file: that one goes back.
    const moved = await loadPostmaster(aside);
    if (moved !== null && moved.pid !== before.pid) await link(aside, path);
  } catch (error) {
    if (!['ENOENT', 'EEXIST'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
  } finally {
    await rm(aside, { force: true });
  }
}

const fileOf = (dataFolder: string) => join(dataFolder, 'postmaster.pid');

async function loadPostmaster(path: string): Promise<Postmaster | null> {
  const text = await readFile(path, 'utf8').catch(() => null);
  if (text === null) return null;
  const lines = text.split('\n').map((line) => line.trim());
  const pid = Number(lines[0]);
  const port = Number(lines[3]);
  if (!Number.isInteger(pid) || pid <= 0 || !Number.isInteger(port)) return null;
  return { pid, port, status: lines[7] ?? '' };
}

/**
 * Whether the process is alive and a server of this folder. After a power cut the number in the file may belong to a
 * stranger, which must be neither waited for nor stopped. Only Linux shows what a process is; elsewhere being alive
 * must do.
 */
function isPostmaster(pid: number, dataFolder: string): boolean {
  if (!isAlive(pid)) return false;
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').includes(dataFolder);
  } catch {
    return process.platform !== 'linux';
  }
}

/** False for a zombie as well: under a container's first process, which may never reap, it would look alive for ever. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
  return !isZombie(pid);
}

/** False for one that is gone altogether, and wherever there's no /proc. */
function isZombie(pid: number): boolean {
  try {
    // The state is the first word after the program name, which stands in parentheses and may hold anything.
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.[0] === 'Z';
  } catch {
    return false;
  }
}
