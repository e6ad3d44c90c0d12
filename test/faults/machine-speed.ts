import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** Milliseconds that an empty program of node takes from its start to its end on a quiet machine, rounded up. */
const usualStartMs = 60;

let slowness = 1;
let measured: number[] = [];

/**
 * How many times slower than a quiet machine this one is just now, at least 1. Measured by starting a program, since most of
 * what the proofs wait for are programs that start and share the processors.
 */
export async function measureSlowness(): Promise<number> {
  const startedAt = performance.now();
  await once(spawn(process.execPath, ['-e', '0'], { stdio: 'ignore' }), 'exit');
  slowness = Math.max(1, (performance.now() - startedAt) / usualStartMs);
  measured.push(slowness);
  return slowness;
}

/** What is measured from now on counts for {@link getTypicalSlowness}. */
export function forgetSlowness(): void {
  measured = [];
}

/** The median of what was measured during the proof: for what took its time in the midst of it. */
export function getTypicalSlowness(): number {
  return measured.toSorted((one, other) => one - other)[Math.floor(measured.length / 2)] ?? slowness;
}

/** As it was measured last. */
export function getSlowness(): number {
  return slowness;
}

/** A limit for a quiet machine, in milliseconds, as a limit for this one, as slow as it was measured last or for the given slowness. */
export function allow(limitMs: number, times = slowness): number {
  return Math.ceil(limitMs * times);
}
