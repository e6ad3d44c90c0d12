import { sql } from 'kysely';
import { type Db, transaction } from '../../db/index.ts';
import type { ResourcePack } from '../api/read-costs.ts';
import { listScopes, lockProduct, type ProductKey } from './account-queries.ts';

/** How an account of the vendor stands with a product. */
export interface AccountLoad {
  credential: string;
  paused: boolean;
  stopped: boolean;
  /** It was stopped, and one create at a time may try whether it still is. */
  is_trial: boolean;
  in_work: number;
  sending: number;
  /** By who has been heard of for `silentMs`. */
  waiting: number;
  /** As it told last; null before. */
  balance: ResourcePack[] | null;
  /** Expected of what waits or is in work there, and taken since the balance was told. */
  units_ahead: number;
}

/** Of each of `credentials`, in no order. */
export async function listLoads(
  db: Db,
  credentials: readonly string[],
  product: string,
  silentMs: number,
): Promise<AccountLoad[]> {
  const { rows } = await sql<AccountLoad>`
    with named as (select unnest(${credentials}::text[]) as credential), state as (
      select credential, bool_or(paused_until > now()) as paused, bool_or(stopped_until > now()) as stopped,
        bool_or(stop_reason is not null) as is_trial
      from kling_accounts where credential = any(${credentials}::text[]) and product = any(${listScopes(product)}::text[])
      group by credential
    ), packs as (
      select credential, balance, balance_at from kling_accounts
      where credential = any(${credentials}::text[]) and product = '' and balance is not null
    ), unfinished as (
      select credential,
        sum(slots) filter (where product = ${product} and state in ('sending', 'submitted')) as in_work,
        count(*) filter (where product = ${product} and state = 'sending') as sending,
        count(*) filter (where product = ${product} and state = 'waiting') as waiting,
        sum(expected_units) as units
      from kling_tasks
      where credential = any(${credentials}::text[]) and (state in ('sending', 'submitted')
        or state = 'waiting' and waited_at > now() - ${silentMs}::float8 * interval '1 ms')
      group by credential
    ), taken as (
      select task.credential, sum(coalesce(units, expected_units)) as units
      from kling_tasks task join packs on packs.credential = task.credential
      where purpose = 'video' and state = 'succeeded' and finished_at > balance_at
        and sent_at > balance_at - interval '1 day'
      group by task.credential
    )
    select named.credential, coalesce(paused, false) as paused, coalesce(stopped, false) as stopped,
      coalesce(is_trial, false) as is_trial, coalesce(in_work, 0)::float8 as in_work,
      coalesce(sending, 0)::float8 as sending, coalesce(waiting, 0)::float8 as waiting, balance,
      (coalesce(unfinished.units, 0) + coalesce(taken.units, 0))::float8 as units_ahead
    from named left join state using (credential) left join packs using (credential)
      left join unfinished using (credential) left join taken using (credential)`.execute(db);
  return rows;
}

/**
 * What waits to be sent from one account is to be sent from another: false, and nothing changed, when it waits there no longer, or when
 * the other has no free place of the product any more. `slotsMax` null: it needs none.
 */
export async function moveToAccount(
  db: Db,
  { external_task_id, from }: { external_task_id: string; from: string },
  to: ProductKey,
  { slotsMax, silentMs }: { slotsMax: number | null; silentMs: number },
): Promise<boolean> {
  return await transaction(db, async (tx) => {
    await lockProduct(tx, to);
    const { rows } = await sql`
      update kling_tasks set credential = ${to.credential}, waited_at = now()
      where external_task_id = ${external_task_id} and state = 'waiting' and credential = ${from}
        and (${slotsMax}::bigint is null or ${slotsMax}::bigint > (
          select coalesce(sum(other.slots), 0) from kling_tasks other
          where other.credential = ${to.credential} and other.product = ${to.product} and other.holds_slot
            and (other.state in ('sending', 'submitted')
              or other.state = 'waiting' and other.waited_at > now() - ${silentMs}::float8 * interval '1 ms')))
      returning 1`.execute(tx);
    return rows.length > 0;
  });
}
