import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
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
  const text = await readFile(join(dataFolder, 'postmaster.pid'), 'utf8').catch(() => null);
  if (text === null) return null;
  const lines = text.split('\n').map((line) => line.trim());
  const pid = Number(lines[0]);
  const port = Number(lines[3]);
  if (!Number.isInteger(pid) || pid <= 0 || !Number.isInteger(port) || !isServerOf(pid, dataFolder)) return null;
  return { pid, port, status: lines[7] ?? '' };
}

/**
 * After a power cut, or in a new container on an old volume, the number in the file may be anybody's by now, even our
 * own. Where the command line can be read, it tells.
 */
function isServerOf(pid: number, dataFolder: string): boolean {
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
  try {
    // The state is the first word after the program name, which stands in parentheses and may hold anything.
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.[0] !== 'Z';
  } catch {
    return process.platform !== 'linux';
  }
}
