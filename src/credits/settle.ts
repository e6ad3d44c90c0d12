import type { Db } from '../db/index.ts';
import { checkAmount } from './check-amount.ts';
import { ledgerFault } from './errors.ts';
import { getStoredResolution } from './get-stored-resolution.ts';
import { bookSettlement } from './queries.ts';
import type { Resolution } from './schema.ts';

/**
 * Charges a finished task and gives the rest of its reservation back, exactly once: one statement the first time. When
 * the reservation has been resolved before, even by a refund, nothing is booked and the stored resolution is answered
 * with `booked: false`; the caller compares `kind` and decides. A call that races another one waits for its commit.
 *
 * `charged_microcredits` is from 0 to the reserved amount. Throws `internal_error` when it is more, or when the task has
 * no reservation. Locks the balance row (order: see `reserve`).
 */
export async function settle(
  db: Db,
  { task_id, charged_microcredits }: { task_id: string; charged_microcredits: number },
): Promise<Resolution> {
  checkAmount(charged_microcredits, 0);
  const attempt = await bookSettlement(db, task_id, charged_microcredits);
  if (!attempt) throw ledgerFault(`settle: task ${task_id} has no reservation`);
  const { account_id, reserved_microcredits, booked_microcredits } = attempt;
  if (charged_microcredits > reserved_microcredits) {
    throw ledgerFault(`settle: ${charged_microcredits} charged of ${reserved_microcredits} reserved for ${task_id}`);
  }
  if (booked_microcredits === null) return await getStoredResolution(db, task_id);
  return {
    account_id,
    task_id,
    kind: 'settle',
    reserved_microcredits,
    charged_microcredits,
    returned_microcredits: reserved_microcredits - charged_microcredits,
    booked: true,
  };
}
