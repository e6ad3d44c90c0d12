import { createBatches } from '../../lib/create-batches.ts';
import { insertAlone } from './insert-alone.ts';
import { insertTogether, type JointInsertion } from './insert-together.ts';
import type { Insertion, InsertionPlace, ReadyTask } from './ready-task.ts';

/** Takes tasks that are ready into the database, those that come together in one transaction. */
export interface Insertions {
  /** Inserts, enqueues and books the task, or nothing of it. Never throws. */
  insert(ready: ReadyTask): Promise<Insertion>;
  /** Resolves when nothing is under way. */
  settled(): Promise<void>;
}

/**
 * Transactions of batches at once: while one is being committed, the next is written. More would be smaller ones that wait for
 * one another's balances; see docs/decisions/0056-accepting-in-batches.md.
 */
const placesMax = 2;

/**
 * Milliseconds, for one that waits for a row which somebody holds, or for a connection. Long against a batch on a busy machine:
 * leaving too soon would only make more of them wait for one another.
 */
const heldUpMs = 1000;

/** Tasks in one transaction. */
const sizeMax = 50;

/** Times that a task goes in a batch which others' want of credits undoes; then it goes alone. */
const joinsMax = 2;

/** Milliseconds that an account's tasks go alone after one had to, so that it undoes or holds up no more batches. */
const apartMs = 1000;

/** Opens nothing; its transactions use `place`. */
export function createInsertions(place: InsertionPlace): Insertions {
  const apart = new Map<number, number>();
  const batches = createBatches<ReadyTask, JointInsertion>({
    placesMax,
    heldUpMs,
    sizeMax,
    run: async (batch) => {
      const [first] = batch;
      return first && batch.length === 1 ? [await insertAlone(place, first)] : await insertTogether(place, batch);
    },
  });

  function setApart(accountId: number): void {
    const now = performance.now();
    for (const [id, until] of apart) if (until <= now) apart.delete(id);
    apart.set(accountId, now + apartMs);
  }

  function mayJoin({ task, holdFiles }: ReadyTask): boolean {
    // What is rare, or could wait for a batch that waits for it: two batches may have two names and two keys crosswise.
    if (holdFiles !== null || task.external_task_id || task.dry_run) return false;
    return (apart.get(task.account_id) ?? 0) <= performance.now();
  }

  return {
    async insert(ready) {
      for (let joins = 0; joins < joinsMax && mayJoin(ready); joins++) {
        const outcome = await batches.add(ready);
        if (outcome.is === 'alone') {
          setApart(ready.task.account_id);
          break;
        }
        if (outcome.is !== 'again') return outcome;
      }
      return await insertAlone(place, ready);
    },
    settled: () => batches.settled(),
  };
}
