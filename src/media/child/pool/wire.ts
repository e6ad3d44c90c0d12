import type { Progress } from '../../progress.ts';

/** What parent and child processes say to each other over Node's IPC channel. Everything is plain JSON. */

/** Parent to child: load what a module's job needs and say `ready`, or run its job. */
export type ParentMessage = { type: 'prepare'; module: string } | ({ type: 'run' } & JobMessage);

/** A job: the default export of `module` (a file URL), run on `input`. */
export interface JobMessage {
  module: string;
  input: unknown;
}

/** The public part of an `AppError`, or the sentence of any other error with the system's code, such as `ENOSPC`. */
export interface WireError {
  app: boolean;
  code: string;
  status: number;
  message: string;
  param: string | undefined;
  detail: string | undefined;
  retryable: boolean;
}

/** Child to parent. */
export type ChildMessage =
  /** The code of the module's job is loaded. */
  | { type: 'ready'; module: string }
  | { type: 'progress'; progress: Progress }
  | { type: 'done'; result: unknown }
  | { type: 'failed'; error: WireError };

/** What a job module exports: the job, and perhaps a function that loads what the job will need. */
export interface JobModule {
  default: JobFunction;
  prepare?(): Promise<void>;
}

type JobFunction = (input: never, report: (progress: Progress) => void) => Promise<unknown>;
