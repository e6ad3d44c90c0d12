import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { until } from './until.ts';

const main = new URL('../../bin/troupe.mjs', import.meta.url).pathname;

export interface RunningProcess extends AsyncDisposable {
  pid: number;
  /** Standard output and error so far. */
  output(): string;
  /** Waits for a line of output that fits, and answers the match. */
  waitFor(pattern: RegExp, limitMs?: number): Promise<RegExpExecArray>;
  /** Sends a signal and waits for the end; answers exit code and the time it took. */
  stop(signal?: NodeJS.Signals): Promise<{ code: number | null; ms: number }>;
  /** Waits for the end. */
  ended: Promise<number | null>;
}

/** Runs `troupe <words>` as a process of its own, as an operator would, with nothing but `environment`. */
export function runTroupe(words: readonly string[], environment: Record<string, string>): RunningProcess {
  const child = spawn(process.execPath, [main, ...words], {
    env: { PATH: process.env.PATH ?? '', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk) => {
      text += chunk;
    });
  const ended = once(child, 'exit').then(([code]) => code as number | null);
  const stop: RunningProcess['stop'] = async (signal = 'SIGTERM') => {
    const startedAt = performance.now();
    if (child.exitCode === null && child.signalCode === null) child.kill(signal);
    return { code: await ended, ms: performance.now() - startedAt };
  };
  return {
    pid: child.pid as number,
    output: () => text,
    waitFor: (pattern, limitMs = 300_000) =>
      until(
        `${pattern} in the output`,
        () => {
          if (child.exitCode !== null) throw new Error(`ended with ${child.exitCode}: ${text}`);
          return pattern.exec(text);
        },
        limitMs,
      ),
    stop,
    ended,
    async [Symbol.asyncDispose]() {
      await stop('SIGKILL');
    },
  };
}
