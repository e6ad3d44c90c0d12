import type { Check } from './schema.ts';

export interface MemoryOptions {
  /** Of this machine, or of what this process may use of it. */
  bytes: number;
  /** Media child processes, and the most that each may take. */
  children: number;
  childMemoryMib: number;
}

/** Beside the children: the server with its pools, and an embedded database, as measured at rest with some room. */
const besideMib = 768;

/** Whether there is as much as the children may take together. */
export function checkMemory({ bytes, children, childMemoryMib }: MemoryOptions): Omit<Check, 'part'> {
  const mib = Math.floor(bytes / 2 ** 20);
  const neededMib = children * childMemoryMib + besideMib;
  const needs = `${children} media process(es) may take ${childMemoryMib} MiB each, with the rest ${neededMib} MiB`;
  if (mib >= neededMib) return { status: 'ok', message: `${mib} MiB are here; ${needs}` };
  const fit = Math.max(1, Math.floor((mib - besideMib) / childMemoryMib));
  const remedy =
    fit < children
      ? `set TROUPE_MEDIA_CHILDREN=${fit}, or give it more memory`
      : 'give it more memory: where it ends, the system kills a process';
  return { status: 'warning', message: `${mib} MiB are here; ${needs}`, remedy };
}
