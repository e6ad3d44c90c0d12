import type { Db } from '../db/index.ts';
import { ledgerFault } from './errors.ts';
import { getStoredResolution } from './get-stored-resolution.ts';
import { bookRefund } from './queries.ts';
import type { Resolution } from './schema.ts';

/**
 * Gives the whole reservation of a failed or cancelled task back, exactly once: one statement the first time. When the
 * reservation has been resolved before, even by a settlement, nothing is booked and the stored resolution is answered
 * with `booked: false`; the key's allowance must be returned only when `booked`.
 *
 * Throws `internal_error` when the task has no reservation. Locks the balance row (order: see `reserve`).
 */
export async function refund(db: Db, { task_id }: { task_id: string }): Promise<Resolution> {
  const attempt = await bookRefund(db, task_id);
  if (!attempt) throw ledgerFault(`refund: task ${task_id} has no reservation`);
  if (attempt.booked_microcredits === null) return await getStoredResolution(db, task_id);
  const { account_id, reserved_microcredits } = attempt;
  return {
    account_id,
    task_id,
    kind: 'refund',
    reserved_microcredits,
    charged_microcredits: 0,
    returned_microcredits: reserved_microcredits,
    booked: true,
  };
}
