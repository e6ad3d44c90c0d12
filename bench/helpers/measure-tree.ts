import { readdirSync, readFileSync } from 'node:fs';
import { readCpuSeconds, readEndedChildrenCpuSeconds } from './read-cpu-seconds.ts';

/** A process below another one, or that one itself. */
interface Member {
  pid: number;
  command: string;
}

/** A process and all below it, by proc_pid_stat(5). Those that end meanwhile are left out. */
export function listTree(root: number): Member[] {
  const parents = new Map<number, number>();
  const commands = new Map<number, string>();
  for (const entry of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      const stat = readFileSync(`/proc/${entry}/stat`, 'utf8');
      parents.set(Number(entry), Number(stat.split(') ').at(-1)?.split(' ')[1]));
      commands.set(Number(entry), readFileSync(`/proc/${entry}/cmdline`, 'utf8').replaceAll('\0', ' '));
    } catch {
      // gone meanwhile
    }
  }
  const below = (pid: number): number[] => [
    pid,
    ...[...parents].filter(([, parent]) => parent === pid).flatMap(([child]) => below(child)),
  ];
  return below(root).map((pid) => ({ pid, command: commands.get(pid) ?? '' }));
}

/** KiB of proportional set size, from smaps_rollup; 0 for one that has ended. */
export function readPssKib(pid: number): number {
  try {
    return Number(/^Pss:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1] ?? 0);
  } catch {
    return 0;
  }
}

/**
 * Processor time of all below a process, in seconds, those that have ended included once their parent has waited for them. One that ends while it is
 * read is found in its parent, which is read after it.
 */
export function readSecondsBelow(root: number): number {
  const below = listTree(root).filter(({ pid }) => pid !== root);
  const running = below
    .reverse()
    .map(({ pid }) => readIfThere(() => readCpuSeconds(pid) + readEndedChildrenCpuSeconds(pid)));
  return running.reduce((sum, seconds) => sum + seconds, 0) + readEndedChildrenCpuSeconds(root);
}

function readIfThere(read: () => number): number {
  try {
    return read();
  } catch {
    return 0;
  }
}
