import { readFileSync } from 'node:fs';

/** Of `/proc/PID/stat`; Linux counts in hundredths of a second. */
const ticksPerSecond = 100;

/** User and system time that a process has used, fields 14 and 15 of proc_pid_stat(5). */
export function readCpuSeconds(pid: number | string | undefined): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond;
}

/** That of its children which have ended and were waited for, fields 16 and 17. */
export function readEndedChildrenCpuSeconds(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[13]) + Number(fields[14])) / ticksPerSecond;
}
