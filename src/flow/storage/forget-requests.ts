import { listAccounts } from '../../accounts/index.ts';
import { transaction } from '../../db/index.ts';
import { forgetRequests, listAfterForgotten, noteForgotten, type Place, takeForgottenMark } from '../../tasks/index.ts';
import { forgetInputs, readAcceptedRequest } from '../accepted-request.ts';
import type { Context } from '../context.ts';

const dayMs = 86_400_000;

/** Tasks of one transaction: short enough for nobody to wait for it. */
const batchSize = 200;

/**
 * Forgets what the requests of ended tasks say that were accepted more than TROUPE_REQUEST_DAYS ago, and longer ago than results are kept: prompts, names and
 * addresses. The tasks stay, with all that their lists, queries and callbacks show. In small transactions; throws the reason of `signal` between two. Returns
 * how many went.
 */
export async function forgetOldRequests(context: Context, signal: AbortSignal): Promise<number> {
  const { requestDays, resultHours } = context.config.flow;
  if (requestDays === 0) return 0;
  const ageMs = Math.max(requestDays * dayMs, resultHours * 3_600_000);
  const before = new Date(context.clock.now().getTime() - ageMs);
  let gone = 0;
  for (const { id } of await listAccounts(context.database.db)) {
    let place: Progress | null = { after: null, isHeld: false };
    while (place !== null) {
      signal.throwIfAborted();
      const step = await forgetSome(context, id, before, place);
      gone += step.forgotten;
      place = step.next;
    }
  }
  return gone;
}

interface Progress {
  /** Null for where the last sweep came to. */
  after: Place | null;
  /** A task that is unfinished lies before: the next sweep begins with it. */
  isHeld: boolean;
}

async function forgetSome(
  { clock, database }: Context,
  accountId: number,
  before: Date,
  { after, isHeld }: Progress,
): Promise<{ forgotten: number; next: Progress | null }> {
  return await transaction(database.db, async (tx) => {
    const mark = await takeForgottenMark(tx, accountId);
    if (mark === null) return { forgotten: 0, next: null };
    const tasks = await listAfterForgotten(tx, accountId, after ?? mark, before, batchSize);
    const old = tasks.filter((task) => task.has_ended && !task.is_forgotten);
    const requests = old.map(({ id, request }) => ({ id, request: forgetInputs(readAcceptedRequest({ request })) }));
    if (requests.length > 0) await forgetRequests(tx, requests, clock.now());
    const firstHeld = isHeld ? 0 : tasks.findIndex((task) => !task.has_ended);
    const reached = firstHeld === -1 ? tasks.at(-1) : tasks[firstHeld - 1];
    if (reached !== undefined) await noteForgotten(tx, accountId, reached);
    const last = tasks.at(-1);
    const isOver = tasks.length < batchSize || last === undefined;
    return { forgotten: old.length, next: isOver ? null : { after: last, isHeld: firstHeld !== -1 } };
  });
}
