import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Linux counts processor time for programs in hundredths of a second on every machine (`USER_HZ`). */
const tickMs = 10;

/**
 * Milliseconds of processor time that a process and those it started have used, those that have ended included; 0 when
 * it is gone, and on Windows. Our child leads its own process group, so `groupId` is also its process id. Where `ps` is
 * asked, ended ones are missing and a reading is a whole second on some systems.
 */
export async function readProcessorTime(groupId: number): Promise<number> {
  if (process.platform === 'linux') return sumTicks(groupId) * tickMs;
  return process.platform === 'win32' ? 0 : readByPs(groupId);
}

function sumTicks(processId: number): number {
  let ticks = readTicks(processId);
  for (const child of listChildren(processId)) ticks += sumTicks(child);
  return ticks;
}

/** utime, stime, and cutime, cstime of its ended children: fields 14 to 17 of proc_pid_stat(5). */
function readTicks(processId: number): number {
  // The name before the last bracket may hold anything.
  const fields = readOrEmpty(`/proc/${processId}/stat`).split(') ').at(-1)?.split(' ') ?? [];
  return fields.slice(11, 15).reduce((sum, field) => sum + (Number(field) || 0), 0);
}

/** Linux keeps children with the thread that started them: an encoder runs under one of its own. */
function listChildren(processId: number): number[] {
  return listNames(`/proc/${processId}/task`).flatMap((thread) =>
    readOrEmpty(`/proc/${processId}/task/${thread}/children`).split(' ').filter(Boolean).map(Number),
  );
}

function listNames(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function readOrEmpty(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

async function readByPs(groupId: number): Promise<number> {
  const { stdout } = await run('ps', ['-A', '-o', 'pgid=,time=']);
  let seconds = 0;
  for (const line of stdout.split('\n')) {
    const [group, time = ''] = line.trim().split(/\s+/);
    if (Number(group) === groupId) seconds += parsePsTime(time);
  }
  return seconds * 1000;
}

/** Seconds of `[[days-]hours:]minutes:seconds[.fraction]`. */
function parsePsTime(text: string): number {
  const [days, clock = ''] = text.includes('-') ? text.split('-') : ['0', text];
  return Number(days) * 86_400 + clock.split(':').reduce((sum, part) => sum * 60 + (Number(part) || 0), 0);
}
