import { allSettledOrThrow, type Db } from '../db/index.ts';
import { checkAmount } from './check-amount.ts';
import { ledgerFault } from './errors.ts';
import { getStoredResolution } from './get-stored-resolution.ts';
import { bookSettlements, lockBalances } from './queries.ts';
import type { Resolution, Settlement } from './schema.ts';

/**
 * Charges finished tasks and gives the rest of each reservation back, exactly once: a transfer or two for each and one change of
 * each account's balance, in their order. A task whose reservation has been resolved before, even by a refund, gets nothing booked
 * and the stored resolution with `booked: false`; the caller compares `kind` and decides.
 *
 * Throws `internal_error`, so that the transaction is undone, when a charge is more than was reserved, or when a task has no
 * reservation. Locks the balances of `accountIds`, whose tasks these are, by ascending id (order: see `reserve`). Several tasks at
 * once are to be locked by the caller: racing a refund of one of them, this would wait for it while it waits for a balance.
 */
export async function settleTogether(
  tx: Db,
  settlements: readonly Settlement[],
  accountIds: readonly number[] = [],
): Promise<Resolution[]> {
  for (const { charged_microcredits } of settlements) checkAmount(charged_microcredits, 0);
  if (settlements.length === 0) return [];
  // Two statements in one trip: the second sees the rows as of when the first had all locks.
  const several = new Set(accountIds);
  const [, rows] = await allSettledOrThrow(
    several.size > 1 && lockBalances(tx, [...several]),
    bookSettlements(tx, settlements),
  );
  const attempts = new Map(rows.map((row) => [row.task_id, row]));
  const resolutions: Resolution[] = [];
  for (const { task_id, charged_microcredits } of settlements) {
    const attempt = attempts.get(task_id);
    if (!attempt) throw ledgerFault(`settle: task ${task_id} has no reservation`);
    const { account_id, reserved_microcredits, booked_microcredits } = attempt;
    if (charged_microcredits > reserved_microcredits) {
      throw ledgerFault(`settle: ${charged_microcredits} charged of ${reserved_microcredits} reserved for ${task_id}`);
    }
    resolutions.push(
      booked_microcredits === null
        ? await getStoredResolution(tx, task_id)
        : {
            account_id,
            task_id,
            kind: 'settle',
            reserved_microcredits,
            charged_microcredits,
            returned_microcredits: reserved_microcredits - charged_microcredits,
            booked: true,
          },
    );
  }
  return resolutions;
}
