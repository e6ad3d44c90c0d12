import { listAccounts } from '../../accounts/index.ts';
import { transaction } from '../../db/index.ts';
import { sumUsage } from '../../tasks/index.ts';
import type { Context } from '../context.ts';

/**
 * Adds up what was used on each day that is over, a day in a transaction, for reports of use. Throws the reason of `signal` between two.
 * Returns how many days were summed: one a day, or all there are at the first sweep of an older database.
 */
export async function sumPastDays({ clock, database }: Context, signal: AbortSignal): Promise<number> {
  for (let days = 0; ; days++) {
    signal.throwIfAborted();
    const accountIds = (await listAccounts(database.db)).map(({ id }) => id);
    const day = await transaction(database.db, (tx) => sumUsage(tx, accountIds, clock.now()));
    if (day === null) return days;
  }
}
