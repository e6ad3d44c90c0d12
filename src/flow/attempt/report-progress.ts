import { type Claim, confirmClaim, setProgress, type Task } from '../../tasks/index.ts';
import type { Context } from '../context.ts';
import { tellChanged } from '../tell-changed.ts';

/** Writing each step would cost more than many a step; a person polls every few seconds. */
const progressEveryMs = 300;

/** An engine that waits has nothing to report; a task that was cancelled meanwhile must not keep it waiting, or begin. */
const lookEveryMs = 2_000;

export interface Progress {
  /** `percent` of the whole task, 0 to 100. */
  move(percent: number, step: string): void;
  /** Resolves when nothing is being written any more. */
  end(): Promise<unknown>;
}

/**
 * `onLost` is called when somebody else has the task by now, or its owner has cancelled it: with the next report, or
 * within about {@link lookEveryMs} where there is none.
 */
export function createProgress(
  context: Context,
  claim: Claim & Pick<Task, 'account_id'>,
  onLost: () => void,
): Progress {
  const { db } = context.database;
  // Here, since reports come from anywhere: a child tells of its work as it told of the task before.
  const span = context.tracing.active();
  let writtenAt = performance.now();
  /** The newest report, as long as it isn't written. */
  let newest: { percent: number; step: string } | undefined;
  let current = { step: 'fetch', since: performance.now() };
  let writing: Promise<unknown> = Promise.resolve();
  function write(): void {
    const report = newest;
    newest = undefined;
    writtenAt = performance.now();
    const holds = report === undefined ? confirmClaim(db, claim) : setProgress(db, claim, report.percent, report.step);
    writing = holds.then(
      (held) => {
        if (!held) onLost();
        else if (report !== undefined) tellChanged(context, claim.account_id);
      },
      () => undefined, // a lost report is no reason to fail a build
    );
  }
  function endStep(next: string): void {
    const now = performance.now();
    const seconds = (now - current.since) / 1000;
    context.metrics.stepped(current.step, seconds);
    span.step(current.step, seconds);
    current = { step: next, since: now };
  }
  const looks = setInterval(write, lookEveryMs);
  return {
    move(percent: number, step: string): void {
      if (step !== current.step) endStep(step);
      newest = { percent, step };
      if (performance.now() - writtenAt >= progressEveryMs) write();
    },
    end() {
      endStep('');
      clearInterval(looks);
      return writing;
    },
  };
}
