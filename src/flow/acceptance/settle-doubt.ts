import type { Db } from '../../db/index.ts';
import { findTask, isTransactionOpen, type NewTask } from '../../tasks/index.ts';
import { noTaskCreated, paidOutcomeUnknown } from '../errors.ts';

/** How long to go on asking, and how often. Longer, and the client's own patience would end first. */
const doubt = { limitMs: 10_000, pauseMs: 250 };

/**
 * The connection broke around COMMIT: asks until the transaction is over, then looks for the task. In two statements, since
 * one would look for the task as of before it asked. Returns once the task is known to exist. Throws `service_unavailable` when it
 * doesn't, `paid_outcome_unknown` when nobody can be asked.
 */
export async function settleDoubt(db: Db, task: NewTask, transactionId: string, cause: unknown): Promise<void> {
  const deadline = performance.now() + doubt.limitMs;
  while (performance.now() < deadline) {
    const exists = await isTransactionOpen(db, transactionId)
      .then(async (open) => (open ? null : (await findTask(db, task.account_id, task.id)) !== null))
      .catch(() => null);
    if (exists === true) return;
    if (exists === false) throw noTaskCreated(cause);
    await new Promise((done) => setTimeout(done, doubt.pauseMs));
  }
  throw paidOutcomeUnknown(cause);
}
