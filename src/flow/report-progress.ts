import type { Context } from '../context.ts';
import { type Claim, setProgress } from '../tasks/index.ts';

/** Writing each step would cost more than many a step; a person polls every few seconds. */
const progressEveryMs = 300;

export interface Progress {
  /** `percent` of the whole task, 0 to 100. */
  move(percent: number, step: string): void;
  /** Resolves when nothing is being written any more. */
  end(): Promise<unknown>;
}

/** `onLost` is called when somebody else has the task by now, or its owner has cancelled it. */
export function createProgress(context: Context, claim: Claim, onLost: () => void): Progress {
  let writtenAt = performance.now();
  let writing: Promise<unknown> = Promise.resolve();
  return {
    move(percent: number, step: string): void {
      if (performance.now() - writtenAt < progressEveryMs) return;
      writtenAt = performance.now();
      writing = setProgress(context.database.db, claim, percent, step).then(
        (holds) => holds || onLost(),
        () => undefined, // a lost report is no reason to fail a build
      );
    },
    end: () => writing,
  };
}
