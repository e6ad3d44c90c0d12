import { AppError, type ErrorCode } from '../../../lib/errors.ts';
import { isOutOfRoom } from '../../../lib/is-out-of-room.ts';
import type { Progress } from '../../progress.ts';
import { awaitReady } from './await-ready.ts';
import { ChildFailure, type FailureReason } from './child-failure.ts';
import type { Child } from './start-child.ts';
import { type JobLimits, watchJob } from './watch-job.ts';
import type { ChildMessage, JobMessage, WireError } from './wire.ts';

export interface JobHooks {
  signal?: AbortSignal | undefined;
  /** Ends the wait in line alone: a job that has begun is finished, and its child stays. */
  waitSignal?: AbortSignal | undefined;
  onProgress?: ((progress: Progress) => void) | undefined;
}

/**
 * Has an idle child load the job's code, then runs the job on it and watches it. On every outcome but an answer the child has
 * been killed with all it started, unless the job hadn't begun. Throws the job's own `AppError`, a {@link ChildFailure}, the
 * signal's reason, or the system's error when the child couldn't be started for want of room.
 */
export async function runJob(child: Child, job: JobMessage, limits: JobLimits, hooks: JobHooks): Promise<unknown> {
  await awaitReady(child, job.module, limits.startMs, hooks.signal);
  let progress: Progress = { fraction: 0, step: 'start', param: undefined };
  const end = Promise.withResolvers<unknown>();
  // It may be rejected before it's awaited, and even if starting the job throws.
  end.promise.catch(() => undefined);
  const fail = (reason: FailureReason, detail: string, limitSeconds?: number) => {
    end.reject(new ChildFailure(reason, progress, detail, limitSeconds));
  };
  const abort = () => end.reject(hooks.signal?.reason);
  const message = (received: ChildMessage) => {
    watch.heard();
    if (received.type === 'done') end.resolve(received.result);
    else if (received.type === 'failed') end.reject(readError(received.error));
    else if (received.type === 'progress') {
      progress = received.progress;
      tellProgress(hooks, progress, end.reject);
    }
  };
  child.listen({
    message,
    exit: (detail, cause) => (isOutOfRoom(cause) ? end.reject(cause) : fail('crashed', detail)),
  });
  const watch = watchJob(child, limits, fail);
  hooks.signal?.addEventListener('abort', abort, { once: true });
  try {
    child.keepRunning(true);
    child.send({ type: 'run', ...job });
    if (hooks.signal?.aborted) abort();
    return await end.promise;
  } catch (error) {
    if (!(error instanceof JobError)) await child.kill();
    throw error instanceof JobError ? error.cause : error;
  } finally {
    watch.stop();
    hooks.signal?.removeEventListener('abort', abort);
    child.listen({ message: () => undefined, exit: () => undefined });
    child.keepRunning(false);
  }
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
    ? // biome-ignore lint/plugin/errors: the child made this error by a factory; here it is put together again.
      new AppError({
        code: options.code as ErrorCode,
        status: options.status,
        message: options.message,
        retryable: options.retryable,
        ...(options.param === undefined ? {} : { param: options.param }),
        ...(options.detail === undefined ? {} : { detail: options.detail }),
      })
    : Object.assign(new Error(options.message), options.code === '' ? {} : { code: options.code });
  return new JobError('reported by the job', { cause });
}
