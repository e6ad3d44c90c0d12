import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** How often a busy child is looked at. Linux: one small read of /proc (about 30 µs). Elsewhere: a run of `ps`. */
export const memoryPollMs = process.platform === 'linux' ? 25 : 1000;

/**
 * Resident bytes of a process together with the processes it started (an ffmpeg), 0 when it is gone. Our child leads
 * its own process group, so `groupId` is also its process id.
 */
export async function readGroupMemory(groupId: number): Promise<number> {
  if (process.platform !== 'linux') return readGroupMemoryByPs(groupId);
  let total = residentBytes(groupId);
  for (const child of childIds(groupId)) total += residentBytes(child);
  return total;
}

/** VmRSS of /proc/<pid>/status, which unlike statm does not depend on the page size. */
function residentBytes(processId: number): number {
  const status = readOrEmpty(`/proc/${processId}/status`);
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1] ?? 0) * 1024;
}

function childIds(processId: number): number[] {
  return readOrEmpty(`/proc/${processId}/task/${processId}/children`).split(' ').filter(Boolean).map(Number);
}

/** Synchronous on purpose: /proc never waits for a disk, and the thread pool is left to real files. */
function readOrEmpty(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

async function readGroupMemoryByPs(groupId: number): Promise<number> {
  if (process.platform === 'win32') return 0;
  const { stdout } = await run('ps', ['-A', '-o', 'pgid=,rss=']);
  let total = 0;
  for (const line of stdout.split('\n')) {
    const [group, kibibytes] = line.trim().split(/\s+/).map(Number);
    if (group === groupId) total += (kibibytes ?? 0) * 1024;
  }
  return total;
}
