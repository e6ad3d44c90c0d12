import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { waitUntil } from './wait-until.ts';

export type Role = 'serve' | 'api' | 'worker';

export interface End {
  code: number | null;
  signal: NodeJS.Signals | null;
}

/** One real server process: node itself, no wrapper around it. */
export interface TroupeProcess {
  readonly role: Role;
  readonly pid: number;
  readonly startedAt: number;
  readonly ended: Promise<End>;
  hasEnded(): boolean;
  /** What it wrote so far to both outputs. */
  output(): string;
  /** Resolves when it answers HTTP, or takes work; rejects when it ends before. */
  ready(): Promise<void>;
  signal(signal: NodeJS.Signals): void;
}

const main = new URL('../../bin/troupe.mjs', import.meta.url).pathname;
const root = new URL('../..', import.meta.url).pathname;

let count = 0;

export interface StartOptions {
  environment: Readonly<Record<string, string>>;
  logFolder: string;
  /** Open files the process may have, set by `prlimit`, which then becomes the server itself. */
  filesMax?: number;
}

export function startTroupe(role: Role, { environment, logFolder, filesMax }: StartOptions): TroupeProcess {
  count += 1;
  mkdirSync(logFolder, { recursive: true });
  const logPath = join(logFolder, `${String(count).padStart(3, '0')}-${role}.log`);
  const log = openSync(logPath, 'a');
  const words = [process.execPath, main, role];
  if (filesMax !== undefined) words.unshift('prlimit', `--nofile=${filesMax}:${filesMax}`);
  const child = spawn(words[0] as string, words.slice(1), {
    cwd: root,
    env: { ...ownEnvironment(), ...environment },
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  return describe(role, child, logPath);
}

/** What a program needs to run at all; no setting of the person who runs the tests reaches the servers. */
function ownEnvironment(): NodeJS.ProcessEnv {
  const { PATH = '', HOME = '', LANG = 'C.UTF-8' } = process.env;
  return { PATH, HOME, LANG };
}

function describe(role: Role, child: ChildProcess, logPath: string): TroupeProcess {
  let end: End | undefined;
  const ended = new Promise<End>((done) => {
    const finish = (value: End) => {
      end = value;
      done(value);
    };
    child.once('exit', (code, signal) => finish({ code, signal }));
    child.once('error', () => finish({ code: 127, signal: null }));
  });
  const output = () => readFileSync(logPath, 'utf8');
  return {
    role,
    pid: child.pid ?? 0,
    startedAt: Date.now(),
    ended,
    hasEnded: () => end !== undefined,
    output,
    async ready() {
      await waitUntil(`${role} is ready`, 60_000, () => {
        if (end !== undefined) throw new Error(`${role} ended with ${end.signal ?? end.code}: ${tail(output())}`);
        return output().includes(role === 'worker' ? 'the worker is ready' : 'Troupe answers at');
      });
    },
    signal(name) {
      if (end === undefined) child.kill(name);
    },
  };
}

function tail(text: string): string {
  return text.slice(-1500).trim();
}
