/**
 * Entry of a media child process: runs the jobs its parent sends, one at a time, and ends with its parent. Started only
 * by `pool/start-child.ts`.
 */
import nodeModule from 'node:module';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { AppError } from '../../lib/errors.ts';
import type { ChildMessage, JobMessage, JobModule, ParentMessage, WireError } from './pool/wire.ts';
import { spaceReports } from './space-reports.ts';

process.on('disconnect', endWithAllChildren);
process.on(
  'message',
  (message: ParentMessage) => void (message.type === 'run' ? runJob(message) : prepare(message.module)),
);
// What stops a server is often sent to all its processes at once. The parent ends this one when its job is done or given back.
for (const name of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(name, () => undefined);
watchParent();

/** A module that can't be loaded says so when its job is run. */
async function prepare(module: string): Promise<void> {
  try {
    const job = (await import(module)) as JobModule;
    await job.prepare?.();
  } catch {
    // Said again, with its reason, by the job.
  }
  tell({ type: 'ready', module });
  // A child is killed in the end and never gets to leave what it has compiled to the next ones.
  nodeModule.flushCompileCache?.();
}

async function runJob(job: JobMessage): Promise<void> {
  try {
    const { default: run } = (await import(job.module)) as JobModule;
    const report = spaceReports((progress) => tell({ type: 'progress', progress }));
    const result = await run(job.input as never, report);
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
