import { isConnectionLost } from '../../db/index.ts';
import { createBatches } from '../../lib/create-batches.ts';
import type { Task } from '../../tasks/index.ts';
import { completeTogether } from './complete-together.ts';
import type { CompletedTask, ConclusionPlace } from './completed-task.ts';

/** Concludes completed tasks, those that end together in one transaction. */
export interface Conclusions {
  /** Null when the claim was lost meanwhile: then nothing was written. Throws when the transaction failed or may have. */
  complete(completed: CompletedTask): Promise<Task | null>;
  /** Resolves when nothing is under way. */
  settled(): Promise<void>;
}

/** Transactions at once: while one is being committed, the next is written; see docs/decisions/0056-accepting-in-batches.md. */
const placesMax = 2;

/** Milliseconds, for one that waits for a row which somebody holds, or for a connection. */
const heldUpMs = 1000;

/** Tasks in one transaction. */
const sizeMax = 50;

/** `alone`: nothing was written of a batch that one of it has undone or held up; the others are none the worse for it. */
type Outcome = { is: 'done'; task: Task | null } | { is: 'failed'; error: unknown } | { is: 'alone' };

/** Opens nothing; its transactions use `place`. */
export function createConclusions(place: ConclusionPlace): Conclusions {
  const batches = createBatches<CompletedTask, Outcome>({ placesMax, heldUpMs, sizeMax, run });

  async function run(batch: readonly CompletedTask[]): Promise<Outcome[]> {
    try {
      return (await completeTogether(place, batch)).map((task) => ({ is: 'done', task }));
    } catch (error) {
      // Whether a transaction took effect whose connection broke at its end, nobody knows: the claims tell whoever tries again.
      if (batch.length === 1 || isConnectionLost(error)) return batch.map(() => ({ is: 'failed', error }));
      return batch.map(() => ({ is: 'alone' }));
    }
  }

  return {
    async complete(completed) {
      const outcome = await batches.add(completed);
      if (outcome.is === 'failed') throw outcome.error;
      return outcome.is === 'done' ? outcome.task : ((await completeTogether(place, [completed]))[0] ?? null);
    },
    settled: () => batches.settled(),
  };
}
