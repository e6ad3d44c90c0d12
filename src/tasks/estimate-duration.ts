import type { Db } from '../db/index.ts';
import { findUsualDuration } from './queries.ts';

/** Old enough to cost nothing, young enough that a changed load shows within a poll or two. */
const staleMs = 10_000;

export interface DurationEstimates {
  /** Seconds that a task of `model` usually takes: measured history, or `fallbackSeconds` before there is any. */
  estimate(model: string, fallbackSeconds: number): number;
}

/** Answers at once from memory and refreshes in the background, so that no request waits for statistics. */
export function createDurationEstimates(db: Db, clock: { now(): Date }): DurationEstimates {
  const known = new Map<string, { seconds: number | null; at: number }>();

  async function refresh(model: string, at: number): Promise<void> {
    const before = known.get(model)?.seconds ?? null;
    known.set(model, { seconds: before, at });
    const seconds = await findUsualDuration(db, model).catch(() => before);
    known.set(model, { seconds, at });
  }

  return {
    estimate(model, fallbackSeconds) {
      const now = clock.now().getTime();
      const found = known.get(model);
      if (found === undefined || now - found.at > staleMs) void refresh(model, now);
      return found?.seconds ?? fallbackSeconds;
    },
  };
}
