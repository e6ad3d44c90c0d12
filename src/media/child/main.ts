/**
 * Entry of a media child process: runs the jobs its parent sends, one at a time, and ends with its parent. Started only
 * by `pool/start-child.ts`.
 */
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { AppError } from '../../lib/errors.ts';
import type { ChildMessage, JobFunction, JobMessage, WireError } from '../pool/wire.ts';

process.on('disconnect', endWithAllChildren);
process.on('message', (job) => void runJob(job as JobMessage));
watchParent();

async function runJob(job: JobMessage): Promise<void> {
  try {
    const { default: run } = (await import(job.module)) as { default: JobFunction };
    const result = await run(job.input as never, (progress) => tell({ type: 'progress', progress }));
    tell({ type: 'done', result });
  } catch (error) {
    tell({ type: 'failed', error: wireError(error) });
  }
}

function tell(message: ChildMessage): void {
  process.send?.(message);
}

function wireError(error: unknown): WireError {
  if (error instanceof AppError) {
    const { code, status, message, param, detail, retryable } = error;
    return { app: true, code, status, message, param, detail, retryable };
  }
  const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
  const code = String((error as NodeJS.ErrnoException)?.code ?? '');
  return { app: false, code, status: 500, message, param: undefined, detail: undefined, retryable: false };
}

/** The child leads its process group: an ffmpeg it started goes with it. */
function endWithAllChildren(): void {
  try {
    process.kill(-process.pid, 'SIGKILL');
  } catch {
    process.exit(1);
  }
}

function watchParent(): void {
  if (process.platform === 'win32') return;
  const file = new URL(`./watch-parent${extname(fileURLToPath(import.meta.url))}`, import.meta.url);
  const resourceLimits = { maxOldGenerationSizeMb: 8, maxYoungGenerationSizeMb: 1 };
  new Worker(file, { workerData: { parentId: process.ppid }, resourceLimits }).unref();
}
