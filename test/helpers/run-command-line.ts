import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';

export interface Ran {
  code: number | null;
  stdout: string;
  stderr: string;
}

export type Environment = Readonly<Record<string, string>>;

/** Runs `troupe` with these words as a process of its own, as a caller would, and waits for its end. */
export async function runTroupe(words: readonly string[], environment: Environment, cwd?: string): Promise<Ran> {
  const { child, output } = startProcess(['bin/troupe.mjs', ...words], environment, cwd);
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, ...output };
}

export interface RunningServer extends AsyncDisposable {
  url: string;
  /** The key of the first start; empty when there was none. */
  key: string;
}

/** Starts `troupe serve` on a free port and resolves once it answers. */
export async function startServe(environment: Environment): Promise<RunningServer> {
  const { child, output } = startProcess(['bin/troupe.mjs', 'serve'], { PORT: '0', ...environment });
  const exited = once(child, 'exit');
  while (!output.stdout.includes('answers at')) {
    if (child.exitCode !== null) throw new Error(`serve ended with ${child.exitCode}: ${output.stderr}`);
    await Promise.race([once(child.stdout as NodeJS.ReadableStream, 'data'), exited]);
  }
  return {
    url: /answers at (\S+),/.exec(output.stdout)?.[1] ?? '',
    key: /sk-\w+/.exec(output.stdout)?.[0] ?? '',
    async [Symbol.asyncDispose]() {
      child.kill('SIGTERM');
      await exited;
    },
  };
}

/** What a caller's process has, without settings of whoever runs the tests, and `environment` on top. */
export function inheritEnvironment(environment: Environment): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(([name]) => !/^(TROUPE_|DATABASE_URL$|npm_)/.test(name));
  return { ...Object.fromEntries(inherited), ...environment };
}

/** A Node process in the repository's folder, without settings of the caller's own. */
export function startProcess(
  words: readonly string[],
  environment: Environment,
  cwd?: string,
): { child: ChildProcess; output: { stdout: string; stderr: string } } {
  const root = new URL('../..', import.meta.url);
  const [script = '', ...rest] = words;
  const child = spawn(process.execPath, [new URL(script, root).pathname, ...rest], {
    cwd: cwd ?? root,
    env: inheritEnvironment(environment),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk) => {
    output.stdout += chunk;
  });
  child.stderr.on('data', (chunk) => {
    output.stderr += chunk;
  });
  return { child, output };
}
