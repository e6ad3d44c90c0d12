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
