import { readdirSync, readFileSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';

export interface FoundProcess {
  pid: number;
  parent: number;
  command: string;
}

/** Living processes whose TMPDIR is `mark`: servers of one world and all they started, orphans included. Linux only. */
export async function listOwnProcesses(mark: string): Promise<FoundProcess[]> {
  return (await listProcesses()).filter(({ environment }) => environment.includes(`TMPDIR=${mark}\0`));
}

/** Kills all of them, also those that are started meanwhile. */
export async function killAll(mark: string): Promise<void> {
  for (let rounds = 0; rounds < 20; rounds += 1) {
    const found = await listOwnProcesses(mark);
    if (found.length === 0) return;
    for (const { pid } of found) kill(pid);
    await new Promise((done) => setTimeout(done, 50));
  }
}

const marks = new Set<string>();
process.once('exit', killMarked);

/** However this program ends, they end with it. Call what it returns when none is left. */
export function killAtExit(mark: string): () => void {
  marks.add(mark);
  return () => void marks.delete(mark);
}

/** At the end of a program nothing can be waited for. */
function killMarked(): void {
  if (marks.size === 0) return;
  for (const name of readdirSync('/proc').filter((one) => /^\d+$/.test(one))) {
    try {
      const environment = readFileSync(`/proc/${name}/environ`, 'latin1');
      if ([...marks].some((mark) => environment.includes(`TMPDIR=${mark}\0`))) kill(Number(name));
    } catch {
      // it has ended, or isn't ours
    }
  }
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // it has ended by itself
  }
}

/** Ended children of `parents` that nobody has asked for. */
export async function listZombies(parents: readonly number[]): Promise<FoundProcess[]> {
  return (await listProcesses()).filter(({ state, parent }) => state === 'Z' && parents.includes(parent));
}

interface SeenProcess extends FoundProcess {
  state: string;
  environment: string;
}

async function listProcesses(): Promise<SeenProcess[]> {
  const names = await readdir('/proc').catch(() => []);
  const pids = names.filter((name) => /^\d+$/.test(name)).map(Number);
  const seen = await Promise.all(pids.map(findProcess));
  return seen.filter((one) => one !== null);
}

async function findProcess(pid: number): Promise<SeenProcess | null> {
  try {
    const [stat, environment, command] = await Promise.all(
      ['stat', 'environ', 'cmdline'].map((name) => readFile(`/proc/${pid}/${name}`, 'latin1').catch(() => '')),
    );
    const [state = '', parent = '0'] = (stat ?? '').slice((stat ?? '').lastIndexOf(') ') + 2).split(' ');
    return {
      pid,
      parent: Number(parent),
      state,
      environment: environment ?? '',
      command: (command ?? '').replaceAll('\0', ' '),
    };
  } catch {
    return null;
  }
}
