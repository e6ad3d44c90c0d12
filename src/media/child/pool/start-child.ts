import { type ChildProcess, fork } from 'node:child_process';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findCodeCache } from '../../../lib/find-code-cache.mjs';
import type { ChildMessage, ParentMessage } from './wire.ts';

/** A child process that runs one job after another. It leads its own process group, so that nothing survives it. */
export interface Child {
  readonly id: number;
  send(message: ParentMessage): void;
  /** Takes the place of the earlier listeners. */
  listen(listeners: { message(message: ChildMessage): void; exit(detail: string, cause?: Error): void }): void;
  /** Whether the process is known to have ended. */
  ended(): boolean;
  /** SIGKILL to the child and everything it started; resolves when it is gone. Safe to repeat. */
  kill(): Promise<void>;
  /** While busy a child keeps this program running; an idle one does not. */
  keepRunning(keep: boolean): void;
}

/**
 * Starts one child. It gets no part of our environment but what finds programs and temporary folders: a child reads
 * hostile files, so it holds no database address and no key.
 */
export function startChild(): Child {
  const entry = new URL(`../main${extname(fileURLToPath(import.meta.url))}`, import.meta.url);
  const forked = fork(entry, [], {
    detached: true,
    env: childEnvironment(),
    execArgv: [`--max-old-space-size=${heapMib}`],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  const lastWords = keepTail(forked);
  const exited = new Promise<void>((resolve) => {
    forked.once('exit', () => resolve());
    forked.once('error', () => resolve());
  });
  let listeners: Parameters<Child['listen']>[0] | undefined;
  let gone = false;
  const finish = (how: string, cause?: Error) => {
    if (gone) return;
    gone = true;
    killGroup(forked.pid);
    listeners?.exit(`${how}${lastWords()}`, cause);
  };
  forked.on('message', (message) => listeners?.message(message as ChildMessage));
  forked.on('exit', (code, signal) => finish(signal === null ? `exit code ${code}` : `signal ${signal}`));
  forked.on('error', (error) => finish(error.message, error));
  return {
    id: forked.pid ?? 0,
    // A failed send means that the child is ending, which 'exit' reports. One that couldn't be started for want of open
    // files has no channel, not even the method; 'error' reports it.
    send: (message) => void (forked.connected && forked.send(message, () => undefined)),
    listen: (next) => {
      listeners = next;
    },
    ended: () => gone,
    async kill() {
      if (!gone) killGroup(forked.pid);
      keepRunning(forked, true);
      await exited;
    },
    keepRunning: (keep) => keepRunning(forked, keep),
  };
}

/** JavaScript heap of a child in MiB. Pixels live outside of it; what is left are small objects. */
const heapMib = 160;

const passedOn = ['PATH', 'TMPDIR', 'TEMP', 'SystemRoot', 'LD_LIBRARY_PATH'];

function childEnvironment(): Record<string, string> {
  const environment: Record<string, string> = {
    // One job at a time and one libvips thread: two threads leave room for file access beside decoding.
    UV_THREADPOOL_SIZE: '2',
    // Fewer glibc arenas: memory freed by one job is found again by the next.
    MALLOC_ARENA_MAX: '2',
    // glibc would raise this by itself and then keep freed pictures: large buffers go back to the system at once.
    MALLOC_MMAP_THRESHOLD_: String(2 ** 20),
    VIPS_CONCURRENCY: '1',
    // Large pictures are decoded in memory, where they are counted, and never spill into temporary files.
    VIPS_DISC_THRESHOLD: '16g',
    LC_ALL: 'C',
  };
  const codeCache = findCodeCache();
  if (codeCache !== null) environment.NODE_COMPILE_CACHE = codeCache;
  for (const name of passedOn) {
    const value = process.env[name];
    if (value !== undefined) environment[name] = value;
  }
  return environment;
}

/** The last 2,000 characters a child wrote to stderr, for the operator's log. */
function keepTail(forked: ChildProcess): () => string {
  let tail = '';
  forked.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
    tail = (tail + chunk).slice(-2000);
  });
  return () => (tail === '' ? '' : `: ${tail.trim()}`);
}

function killGroup(groupId: number | undefined): void {
  if (groupId === undefined) return;
  try {
    process.kill(process.platform === 'win32' ? groupId : -groupId, 'SIGKILL');
  } catch {
    // Already gone.
  }
}

function keepRunning(forked: ChildProcess, keep: boolean): void {
  const stderr = forked.stderr as unknown as { ref(): void; unref(): void } | null;
  const change = keep ? 'ref' : 'unref';
  forked[change]();
  forked.channel?.[change]();
  stderr?.[change]();
}
