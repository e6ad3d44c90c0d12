import type { Progress } from '../progress.ts';

/**
 * Milliseconds between two words of the same step. To tell one costs both processes some 50 µs, and an animatic has one for each frame; who
 * listens writes three a second at most.
 */
const apartMs = 100;

/** Passes a job's reports on to `tell`: the first of each step at once, of one that goes on those that are {@link apartMs} apart. */
export function spaceReports(
  tell: (progress: Progress) => void,
  now: () => number = () => performance.now(),
): (progress: Progress) => void {
  let last: { progress: Progress; at: number } | undefined;
  return (progress) => {
    const at = now();
    if (last !== undefined && at - last.at < apartMs && isSameStep(last.progress, progress)) return;
    last = { progress, at };
    tell(progress);
  };
}

function isSameStep(one: Progress, other: Progress): boolean {
  const isSameModel = one.model?.task === other.model?.task && one.model?.name === other.model?.name;
  return one.step === other.step && one.param === other.param && isSameModel;
}
