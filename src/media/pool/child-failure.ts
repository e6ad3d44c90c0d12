import type { Progress } from './wire.ts';

export type FailureReason = 'crashed' | 'stalled' | 'overran' | 'out_of_memory';

/**
 * A child process was lost together with its job. Never leaves the media room: `create-media.ts` turns it into an
 * `AppError` that names the source the child was working on (`progress`).
 */
export class ChildFailure extends Error {
  override readonly name = 'ChildFailure';
  readonly reason: FailureReason;
  readonly progress: Progress;

  constructor(reason: FailureReason, progress: Progress, detail: string) {
    super(detail);
    this.reason = reason;
    this.progress = progress;
  }
}
