import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** Runs a program to its end; what it printed, on both streams. Rejects where there is no such program. */
export async function runProgram(
  program: string,
  words: readonly string[],
  { cwd, environment = {} }: { cwd: string; environment?: Readonly<Record<string, string>> },
): Promise<{ code: number | null; output: string }> {
  const child = spawn(program, words, {
    cwd,
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      output += chunk;
    });
  }
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, output };
}
