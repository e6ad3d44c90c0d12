import { AppError } from '../../lib/errors.ts';
import { isOutOfRoom } from '../../lib/is-out-of-room.ts';
import { ChildFailure, type FailureReason } from './child-failure.ts';
import { memoryPollMs, readGroupMemory } from './read-group-memory.ts';
import type { Child } from './start-child.ts';
import type { ChildMessage, JobMessage, Progress, WireError } from './wire.ts';

export interface JobLimits {
  /** Resident bytes of the child and what it started. */
  memoryBytesMax: number;
  /** Resident bytes with which a child is kept for the next job; default: half of {@link memoryBytesMax}. */
  keptBytesMax?: number;
  /** Time without a progress message. */
  stallMs: number;
  /** Time for the whole job. */
  runMs: number;
}

export interface JobHooks {
  signal?: AbortSignal | undefined;
  onProgress?: ((progress: Progress) => void) | undefined;
}

/**
 * Runs one job on an idle child and watches it. On every outcome but an answer the child has been killed with all it
 * started. Throws the job's own `AppError`, a {@link ChildFailure}, the signal's reason, or the system's error when the child
 * couldn't be started for want of room.
 */
export async function runJob(child: Child, job: JobMessage, limits: JobLimits, hooks: JobHooks): Promise<unknown> {
  let progress: Progress = { fraction: 0, step: 'start', param: undefined };
  const end = Promise.withResolvers<unknown>();
  // It may be rejected before it's awaited, and even if starting the job throws.
  end.promise.catch(() => undefined);
  const fail = (reason: FailureReason, detail: string) => end.reject(new ChildFailure(reason, progress, detail));
  const stall = startStallTimer(limits.stallMs, () => fail('stalled', `no progress for ${limits.stallMs} ms`));
  const overrun = setTimeout(() => fail('overran', `still running after ${limits.runMs} ms`), limits.runMs);
  const abort = () => end.reject(hooks.signal?.reason);
  const stopWatching = watchMemory(child, (bytes) => {
    if (bytes > limits.memoryBytesMax) fail('out_of_memory', `${Math.round(bytes / 2 ** 20)} MiB resident`);
  });
  const message = (received: ChildMessage) => {
    stall.refresh();
    if (received.type === 'done') end.resolve(received.result);
    else if (received.type === 'failed') end.reject(readError(received.error));
    else {
      progress = received.progress;
      tellProgress(hooks, progress, end.reject);
    }
  };
  child.listen({
    message,
    exit: (detail, cause) => (isOutOfRoom(cause) ? end.reject(cause) : fail('crashed', detail)),
  });
  hooks.signal?.addEventListener('abort', abort, { once: true });
  try {
    child.keepRunning(true);
    child.send(job);
    if (hooks.signal?.aborted) abort();
    return await end.promise;
  } catch (error) {
    if (!(error instanceof JobError)) await child.kill();
    throw error instanceof JobError ? error.cause : error;
  } finally {
    stall.stop();
    clearTimeout(overrun);
    stopWatching();
    hooks.signal?.removeEventListener('abort', abort);
    child.listen({ message: () => undefined, exit: () => undefined });
    child.keepRunning(false);
  }
}

/**
 * Calls `stalled` when `refresh` was not called for `ms`. When this process itself was held up (stopped, or the machine
 * asleep), the child's messages are still waiting to be read: they count before the clock does.
 */
function startStallTimer(ms: number, stalled: () => void) {
  let heard = 0;
  const timer = setTimeout(() => {
    const before = heard;
    setImmediate(() => setImmediate(() => heard === before && stalled()));
  }, ms);
  return {
    refresh() {
      heard += 1;
      timer.refresh();
    },
    stop: () => clearTimeout(timer),
  };
}

/** A listener that throws ends its own job, and not this process. */
function tellProgress(hooks: JobHooks, progress: Progress, reject: (error: unknown) => void): void {
  try {
    hooks.onProgress?.(progress);
  } catch (error) {
    reject(error);
  }
}

/** Marks an error the job reported itself: the child is sound and may take the next job. */
class JobError extends Error {}

function readError(error: WireError): JobError {
  const { app, ...options } = error;
  const cause = app
    ? new AppError({
        code: options.code,
        status: options.status,
        message: options.message,
        retryable: options.retryable,
        ...(options.param === undefined ? {} : { param: options.param }),
        ...(options.detail === undefined ? {} : { detail: options.detail }),
      })
    : Object.assign(new Error(options.message), options.code === '' ? {} : { code: options.code });
  return new JobError('reported by the job', { cause });
}

function watchMemory(child: Child, seen: (bytes: number) => void): () => void {
  let reading = false;
  const timer = setInterval(async () => {
    if (reading || child.ended()) return;
    reading = true;
    seen(await readGroupMemory(child.id).catch(() => 0));
    reading = false;
  }, memoryPollMs);
  return () => clearInterval(timer);
}
