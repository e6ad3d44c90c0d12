import { isConnectionLost, type Patience, retryWhileAway } from '../../db/index.ts';
import { createBatches } from '../../lib/create-batches.ts';
import type { Task } from '../../tasks/index.ts';
import { completeTogether } from './complete-together.ts';
import type { CompletedTask, ConclusionPlace } from './completed-task.ts';

/** Concludes completed tasks, those that end together in one transaction. */
export interface Conclusions {
  /**
   * Null when the claim was lost meanwhile: then nothing was written, ever. A database that is away is asked again until it answers, for
   * five minutes at most or until `signal`; `onAway` is told of each try in vain. Throws when the transaction failed or, with the error of a
   * lost connection, when it may have.
   */
  complete(completed: CompletedTask, signal?: AbortSignal, onAway?: (error: Error) => void): Promise<Task | null>;
  /** Resolves when nothing is under way. */
  settled(): Promise<void>;
}

/** Transactions at once: while one is being committed, the next is written; see docs/decisions/0056-accepting-in-batches.md. */
const placesMax = 2;

/** Milliseconds, for one that waits for a row which somebody holds, or for a connection. */
const heldUpMs = 1000;

/** Tasks in one transaction. */
const sizeMax = 50;

/**
 * Five minutes: what a database needs to start again, to recover from a crash or to hand over to another. Asked twice a second, so that the
 * answer comes before another worker has taken the task, whose job counts as abandoned by then.
 */
const usualPatience: Patience = { limitMs: 300_000, pauseMs: 100, pauseMsMax: 500 };

/** `alone`: nothing was written of a batch that one of it has undone or held up; the others are none the worse for it. */
type Outcome = { is: 'done'; task: Task | null } | { is: 'failed'; error: unknown } | { is: 'alone' };

/** Opens nothing; its transactions use `place`. `patience` is that with a database that is away. */
export function createConclusions(place: ConclusionPlace, patience: Patience = usualPatience): Conclusions {
  const batches = createBatches<CompletedTask, Outcome>({ placesMax, heldUpMs, sizeMax, run });

  async function run(batch: readonly CompletedTask[]): Promise<Outcome[]> {
    try {
      return (await completeTogether(place, batch)).map((task) => ({ is: 'done', task }));
    } catch (error) {
      // Whether a transaction took effect whose connection broke at its end, nobody knows: the next try asks by the claims.
      if (batch.length === 1 || isConnectionLost(error)) return batch.map(() => ({ is: 'failed', error }));
      return batch.map(() => ({ is: 'alone' }));
    }
  }

  async function tryOnce(completed: CompletedTask): Promise<Task | null> {
    const outcome = await batches.add(completed);
    if (outcome.is === 'failed') throw outcome.error;
    return outcome.is === 'done' ? outcome.task : ((await completeTogether(place, [completed]))[0] ?? null);
  }

  return {
    complete: (completed, signal, onAway = () => undefined) =>
      retryWhileAway(() => tryOnce(completed), onAway, { ...patience, signal }),
    settled: () => batches.settled(),
  };
}
