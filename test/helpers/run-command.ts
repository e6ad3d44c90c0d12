import { AsyncLocalStorage } from 'node:async_hooks';
import { expect } from 'vitest';
import { findCommand, runCommands } from '../../cli/index.ts';
import { loadCommands } from '../../src/load-commands.ts';
import { type Environment, inheritEnvironment, type Ran, runTroupe } from './run-command-line.ts';

/** What each test file has run as a process of its own. */
const ranAlone = new Map<string, Set<string>>();

/**
 * Runs `troupe` with these words, as a caller would, and waits for its end. Each command of a test file is a process of its own
 * the first time, which proves how it starts, that it ends by itself and with which code; from then on it runs in this process,
 * since most of the time of a command is that of loading the program.
 */
export async function runCommand(words: readonly string[], environment: Environment): Promise<Ran> {
  const commands = await loadCommands(words);
  const { name } = findCommand(commands, words) ?? {};
  const { testPath = '' } = expect.getState();
  const known = ranAlone.get(testPath) ?? new Set();
  ranAlone.set(testPath, known);
  if (name === undefined || !known.has(name) || Object.keys(environment).some(isOfProcess)) {
    if (name !== undefined) known.add(name);
    return await runTroupe(words, environment);
  }
  const output = { stdout: '', stderr: '' };
  listenToOutput();
  const code = await outputs.run(output, () => runCommands(commands, words, inheritEnvironment(environment)));
  return { code, ...output };
}

/** What ends a process, or is read by Node.js, by libraries or by the system, and not from the environment that a command is given. */
function isOfProcess(name: string): boolean {
  return name === 'TROUPE_FAILPOINT' || !/^(?:TROUPE_|DATABASE_URL$|PORT$|HOME$|XDG_)/.test(name);
}

const outputs = new AsyncLocalStorage<Record<'stdout' | 'stderr', string>>();
let isListening = false;

/** From now on what a command writes here goes to its output, and everything else where it went. */
function listenToOutput(): void {
  if (isListening) return;
  isListening = true;
  for (const name of ['stdout', 'stderr'] as const) {
    const stream = process[name];
    const write = stream.write.bind(stream) as (...args: unknown[]) => boolean;
    stream.write = ((...args: unknown[]) => {
      const output = outputs.getStore();
      if (output === undefined) return write(...args);
      output[name] += typeof args[0] === 'string' ? args[0] : Buffer.from(args[0] as Uint8Array).toString();
      const written = args.at(-1);
      if (typeof written === 'function') process.nextTick(written as () => void);
      return true;
    }) as typeof stream.write;
  }
}
