import { sql } from 'kysely';
import type { Db } from '../db/index.ts';
import type { Discrepancy, OpenReservation } from './schema.ts';

/** Replays every transfer from zero and names each balance that differs. One statement, so one snapshot. */
export async function listBalanceDiscrepancies(db: Db): Promise<Discrepancy[]> {
  const { rows } = await sql<Discrepancy>`
    with moved as (
      select account_id, debit, credit, sum(amount_microcredits) as amount
      from transfers group by account_id, debit, credit
    ), sides as (
      select account_id, credit as side, amount from moved
      union all
      select account_id, debit, -amount from moved
    ), replayed as (
      select account_id, side, sum(amount) as amount from sides group by account_id, side
    ), stored as (
      select account_id, side, amount from balances cross join lateral (values
        ('granted', -granted_microcredits::numeric), ('available', available_microcredits),
        ('reserved', reserved_microcredits), ('spent', spent_microcredits)) as sides (side, amount)
    )
    select 'balance_differs' as rule, account_id, null as task_id,
      format('%s: %s by the ledger, %s stored', side, coalesce(replayed.amount, 0), coalesce(stored.amount, 0)) as detail
    from replayed full join stored using (account_id, side)
    where coalesce(replayed.amount, 0) <> coalesce(stored.amount, 0)
    union all
    select 'sum_not_zero', account_id, null, format('the four sides add up to %s', sum(amount))
    from stored group by account_id having sum(amount) <> 0
    order by account_id, rule, detail`.execute(db);
  return rows;
}

/**
 * Names each task whose transfers are not one reservation and at most one whole resolution of it, on one account. The
 * broken ones are found first, so that the words are put together for those alone.
 */
export async function listTaskDiscrepancies(db: Db): Promise<Discrepancy[]> {
  const { rows } = await sql<Discrepancy>`
    with counted as (
      select task_id, min(account_id) as account_id, max(account_id) as account_last,
        count(*) filter (where kind = 'reserve') as reservations,
        count(*) filter (where kind in ('settle', 'refund')) as resolutions,
        count(*) filter (where kind = 'release') as releases,
        coalesce(bool_or(kind = 'settle'), false) as settled,
        coalesce(sum(amount_microcredits) filter (where kind = 'reserve'), 0) as reserved,
        coalesce(sum(amount_microcredits) filter (where kind <> 'reserve'), 0) as resolved
      from transfers where task_id is not null group by task_id
    ), broken as (
      select * from counted
      where account_id <> account_last or reservations <> 1 or resolutions > 1
        or (releases > 0 and not settled) or (resolutions > 0 and resolved <> reserved)
    )
    select rule, account_id, task_id, detail from broken cross join lateral (values
      ('not_one_account', account_id <> account_last, format('accounts %s to %s', account_id, account_last)),
      ('not_one_reservation', reservations <> 1, format('%s reservations', reservations)),
      ('resolved_more_than_once', resolutions > 1, format('%s resolutions', resolutions)),
      ('release_without_settlement', releases > 0 and not settled, format('%s releases', releases)),
      ('not_wholly_resolved', resolutions > 0 and resolved <> reserved, format('%s of %s resolved', resolved, reserved))
    ) as rules (rule, applies, detail)
    where applies order by account_id, task_id, rule`.execute(db);
  return rows;
}

/**
 * Reservations that no settlement or refund has ended, oldest first, at most `count_max` (default 1000), made before
 * `created_before` (default: any): for finding those whose task is gone or has ended. Scans the ledger.
 */
export async function listOpenReservations(
  db: Db,
  { created_before = 'infinity', count_max = 1000 }: { created_before?: Date | 'infinity'; count_max?: number } = {},
): Promise<OpenReservation[]> {
  const { rows } = await sql<OpenReservation>`
    select account_id, task_id, amount_microcredits, created_at from transfers reservation
    where kind = 'reserve' and created_at < ${created_before} and not exists (
      select from transfers resolution
      where resolution.task_id = reservation.task_id and resolution.kind in ('settle', 'refund'))
    order by id limit ${count_max}`.execute(db);
  return rows;
}
