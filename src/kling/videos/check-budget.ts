import type { VideoPrecheck } from '../../engines/index.ts';
import { getBudgetRoom, hasBudget } from '../account/account-queries.ts';
import type { KlingSession } from '../account/kling-session.ts';
import { budgetUsedUp } from '../errors.ts';

/** Throws 503 `service_unavailable` when today's budget has no room for what costs `units` there. What is accepted may still have to wait for its turn. */
export async function checkBudget(
  { db, credential, limits: { budget } }: Pick<KlingSession, 'db' | 'credential' | 'limits'>,
  { account_id }: Pick<VideoPrecheck, 'account_id'>,
  units: number,
): Promise<void> {
  if (!hasBudget(budget)) return;
  const wanted = { owner: String(account_id), units };
  const { fits, next_day_seconds } = await getBudgetRoom(db, credential, budget, wanted);
  if (!fits) throw budgetUsedUp(next_day_seconds);
}
