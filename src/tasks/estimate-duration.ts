import type { Db } from '../db/index.ts';
import { findUsualDuration } from './queries.ts';

/** Old enough to cost nothing, young enough that a changed load shows within a poll or two. */
const staleMs = 10_000;

/** How long tasks take, for the estimate that a caller gets with a new one. */
export interface DurationEstimates {
  /** Seconds that `engine` usually takes for a task of `model`: measured, or `fallbackSeconds` before there are any. */
  estimate(model: string, engine: string, fallbackSeconds: number): number;
}

/** Answers at once from memory and refreshes in the background, so that no request waits for statistics. */
export function createDurationEstimates(db: Db, clock: { now(): Date }): DurationEstimates {
  const known = new Map<string, { seconds: number | null; at: number }>();

  async function refresh(key: string, at: number, look: () => Promise<number | null>): Promise<void> {
    const before = known.get(key)?.seconds ?? null;
    known.set(key, { seconds: before, at });
    const seconds = await look().catch(() => before);
    known.set(key, { seconds, at });
  }

  return {
    estimate(model, engine, fallbackSeconds) {
      const now = clock.now().getTime();
      const key = `${model} ${engine}`;
      const found = known.get(key);
      if (found === undefined || now - found.at > staleMs) {
        void refresh(key, now, () => findUsualDuration(db, model, engine));
      }
      return found?.seconds ?? fallbackSeconds;
    },
  };
}
