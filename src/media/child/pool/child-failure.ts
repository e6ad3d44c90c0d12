/**
 * Why a child was lost. `overworked`: it used more processor time than its job may, in one step or in all. `stalled`,
 * `overran`: by the clock alone, so the machine may be to blame. `not_started`: before its job began.
 */
import type { Progress } from '../../progress.ts';
export type FailureReason = 'crashed' | 'not_started' | 'overworked' | 'stalled' | 'overran' | 'out_of_memory';

/**
 * A child process was lost together with its job, or couldn't begin it. Never leaves the media room: `create-media.ts`
 * turns it into an `AppError`, which names the source the child was working on (`progress`) where that may be the cause.
 */
export class ChildFailure extends Error {
  override readonly name = 'ChildFailure';
  readonly reason: FailureReason;
  readonly progress: Progress;
  /** Of `overworked`: how many seconds of processor time there were. */
  readonly limitSeconds: number | undefined;

  constructor(reason: FailureReason, progress: Progress, detail: string, limitSeconds?: number) {
    super(detail);
    this.limitSeconds = limitSeconds;
    this.reason = reason;
    this.progress = progress;
  }
}
