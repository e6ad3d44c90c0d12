import { type AuthenticatedKey, getKeyAllowance } from '../../accounts/index.ts';
import { getBalance, presentCredits } from '../../credits/index.ts';
import type { Context } from '../context.ts';

/** In credits: what a key may still spend and has spent, and the same of its account, with what unfinished tasks hold. */
export interface ShownCredits {
  token: { remaining_credits: number; used_credits: number; unlimited_credits: boolean };
  user: { remaining_credits: number; used_credits: number; reserved_credits: number };
}

/** A key may spend the least of what its own limits leave and what its account has. */
export async function showCredits(
  { database: { db }, clock }: Context,
  { key_id, account_id }: AuthenticatedKey,
): Promise<ShownCredits> {
  const [allowance, balance] = await Promise.all([
    getKeyAllowance(db, key_id, clock.now()),
    getBalance(db, account_id),
  ]);
  const ownRests = [allowance.remaining_microcredits, allowance.remaining_today_microcredits];
  const rests = [balance.available_microcredits, ...ownRests.filter((rest) => rest !== null)];
  return {
    token: {
      remaining_credits: presentCredits(Math.min(...rests)),
      used_credits: presentCredits(allowance.used_microcredits),
      unlimited_credits: rests.length === 1,
    },
    user: {
      remaining_credits: presentCredits(balance.available_microcredits),
      used_credits: presentCredits(balance.spent_microcredits),
      reserved_credits: presentCredits(balance.reserved_microcredits),
    },
  };
}
