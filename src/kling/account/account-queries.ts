import { sql } from 'kysely';
import type { Db } from '../../db/index.ts';

/** A product of an account: what the upstream counts and refuses by, like `video/kling-v3`; its parents are `video` and ''. */
export interface ProductKey {
  credential: string;
  product: string;
}

/** What all processes know of a product, from its own row and those of what it is part of. */
export interface ProductState {
  /** Refused for want of room a moment ago. */
  paused: boolean;
  /** Refused for a reason that only the operator can mend, and nothing was accepted since; null when all is well. */
  stop_reason: string | null;
  /** Milliseconds until it may be tried again; 0 when it may. */
  stopped_ms: number;
}

const open: ProductState = { paused: false, stop_reason: null, stopped_ms: 0 };

/** Makes sure that the product and all that it is part of have rows to lock. */
export async function insertProduct(db: Db, { credential, product }: ProductKey): Promise<void> {
  await sql`
    insert into kling_accounts (credential, product) select ${credential}, unnest(${listScopes(product)}::text[])
    on conflict do nothing`.execute(db);
}

/** What the product allows now: whether it's paused, and how long it's stopped for which reason, in milliseconds. */
export async function getProduct(db: Db, key: ProductKey): Promise<ProductState> {
  const { rows } = await sql<ProductState>`
    select coalesce(bool_or(paused_until > now()), false) as paused,
      (array_agg(stop_reason order by stopped_until desc) filter (where stop_reason is not null))[1] as stop_reason,
      greatest(0, coalesce(max(extract(epoch from stopped_until - now()))
        filter (where stopped_until > now()), 0) * 1000)::float8 as stopped_ms
    from kling_accounts where ${matchScopes(key)}`.execute(db);
  return rows[0] ?? open;
}

/** As `getProduct`, and nobody else gives out slots of the product until the transaction ends. */
export async function lockProduct(tx: Db, key: ProductKey): Promise<ProductState> {
  const { rows } = await sql`
    select from kling_accounts where credential = ${key.credential} and product = ${key.product} for update`.execute(
    tx,
  );
  if (rows.length === 0) throw new Error('the product has no row to lock');
  return await getProduct(tx, key);
}

/** Nobody else counts what a budget of these accounts has room for until the transaction ends. */
export async function lockBudget(tx: Db, credentials: readonly string[]): Promise<void> {
  await sql`
    select from kling_accounts where product = '' and credential = any(${credentials}::text[])
    order by credential for update`.execute(tx);
}

/** These still wait. */
export async function noteWaiting(tx: Db, externalTaskIds: readonly string[]): Promise<void> {
  await sql`
    update kling_tasks set waited_at = now()
    where external_task_id = any(${externalTaskIds}::text[]) and state = 'waiting'`.execute(tx);
}

/** What the claim of a waiting task for sending changes: whatever became of earlier creates, they left nothing upstream. */
export const asFirstSend = sql`state = 'sending', sends = sends + 1, sent_at = now(), resent_at = null, look = null,
  looks = 0`;

export interface SlotLimits {
  parallelMax: number;
  silentMs: number;
  /** After a stop: one create at a time, until one is accepted. */
  isTrial: boolean;
  budget: Budget;
}

/** Most units that videos may cost in a day, by UTC: all of them, and those of one account of ours. Infinity: no limit. */
export interface Budget {
  unitsPerDay: number;
  accountUnitsPerDay: number;
  /** The accounts of the vendor that share it; absent: the one that is asked about. */
  credentials?: readonly string[];
}

/** Whether there is any limit. */
export function hasBudget({ unitsPerDay, accountUnitsPerDay }: Budget): boolean {
  return Number.isFinite(unitsPerDay) || Number.isFinite(accountUnitsPerDay);
}

/**
 * Gives free slots of a product to those of `externalTaskIds` whose turn it is, whichever process they belong to: turns go
 * between the accounts of ours, so that who has fewer there comes first, and each account's own go in the order of their
 * arrival. Who takes several slots waits until so many are free, at most all there are. Those silent for `silentMs` are passed over, and those that a budget has no room for today. The product must be locked by the transaction, in an earlier
 * statement: this one then sees every slot that others have taken.
 */
export async function grantSlots(
  tx: Db,
  { credential, product }: ProductKey,
  externalTaskIds: readonly string[],
  { parallelMax, silentMs, isTrial, budget }: SlotLimits,
): Promise<string[]> {
  const { rows } = await sql<{ external_task_id: string }>`
    with ${spentToday(credential, budget)}, held as (
      select owner, sum(least(slots, ${parallelMax}::bigint)) as slots, count(*) filter (where state = 'sending') as sending from kling_tasks
      where credential = ${credential} and product = ${product} and state in ('sending', 'submitted') and holds_slot
      group by owner
    ), free as (
      select case when ${isTrial} then 1 - least(1, coalesce(sum(sending), 0))
        else greatest(0, ${parallelMax}::bigint - coalesce(sum(slots), 0)) end::bigint as slots from held
    ), next as (
      select external_task_id, turn, arrival, taken from (
        select external_task_id, arrival, turn, taken,
          sum(expected_units) over (order by turn, arrival) + (select coalesce(sum(units), 0) from spent) as all_units
        from (
          select external_task_id, arrival, expected_units,
            case when ${isTrial} then 1 else least(slots, ${parallelMax}::bigint) end as taken,
            coalesce((select slots from held where held.owner = waiting.owner), 0)
              + row_number() over (partition by owner order by arrival) as turn,
            sum(expected_units) over (partition by owner order by arrival)
              + coalesce((select units from spent where spent.owner = waiting.owner), 0) as own_units
          from kling_tasks waiting
          where credential = ${credential} and product = ${product} and state = 'waiting' and holds_slot
            and waited_at > now() - ${silentMs}::float8 * interval '1 ms'
        ) turns
        where own_units <= ${String(budget.accountUnitsPerDay)}::numeric
      ) affordable
      where all_units <= ${String(budget.unitsPerDay)}::numeric
    )
    update kling_tasks set ${asFirstSend}
    where external_task_id in (
        select external_task_id from (
          select external_task_id, sum(taken) over (order by turn, arrival) as all_taken from next
        ) counted
        where all_taken <= (select slots from free))
      and external_task_id = any(${externalTaskIds}::text[])
      -- Once more, of the row itself: it is read again when somebody who has just cancelled the task, or moved it to another
      -- account, held it.
      and state = 'waiting' and credential = ${credential}
    returning external_task_id`.execute(tx);
  return rows.map((row) => row.external_task_id);
}

/** Units of today by account of ours: as the upstream told, as expected where it hasn't yet, nothing for what has failed there. */
function spentToday(credential: string, budget: Budget) {
  return sql`spent as (
    select owner, sum(coalesce(units, expected_units)) as units from kling_tasks
    where ${hasBudget(budget)} and credential = any(${budget.credentials ?? [credential]}::text[]) and purpose = 'video'
      and state in ('sending', 'submitted', 'succeeded')
      and sent_at >= date_trunc('day', now() at time zone 'UTC') at time zone 'UTC'
      and sent_at < (date_trunc('day', now() at time zone 'UTC') + interval '1 day') at time zone 'UTC'
    group by owner)`;
}

/** Of `externalTaskIds`, those that wait and that a budget has no room for today. */
export async function listOverBudget(
  db: Db,
  credential: string,
  budget: Budget,
  externalTaskIds: readonly string[],
): Promise<string[]> {
  const { rows } = await sql<{ external_task_id: string }>`
    with ${spentToday(credential, budget)}
    select external_task_id from kling_tasks waiting
    where external_task_id = any(${externalTaskIds}::text[]) and state = 'waiting' and (
      expected_units + (select coalesce(sum(units), 0) from spent) > ${String(budget.unitsPerDay)}::numeric
      or expected_units + coalesce((select units from spent where spent.owner = waiting.owner), 0)
        > ${String(budget.accountUnitsPerDay)}::numeric)`.execute(db);
  return rows.map((row) => row.external_task_id);
}

/** Whether videos of `units` still fit into today's budget, and seconds until the next day begins. */
export async function getBudgetRoom(
  db: Db,
  credential: string,
  budget: Budget,
  { owner, units }: { owner: string; units: number },
): Promise<{ fits: boolean; next_day_seconds: number }> {
  const { rows } = await sql<{ fits: boolean; next_day_seconds: number }>`
    with ${spentToday(credential, budget)}
    select ${units}::numeric + coalesce(sum(units), 0) <= ${String(budget.unitsPerDay)}::numeric
        and ${units}::numeric + coalesce(sum(units) filter (where owner = ${owner}), 0)
          <= ${String(budget.accountUnitsPerDay)}::numeric as fits,
      ceil(extract(epoch from (date_trunc('day', now() at time zone 'UTC') + interval '1 day') at time zone 'UTC' - now()))::float8
        as next_day_seconds
    from spent`.execute(db);
  return rows[0] ?? { fits: true, next_day_seconds: 0 };
}

/** Of `externalTaskIds`, those that wait no longer at this account. */
export async function listNotWaiting(
  tx: Db,
  credential: string,
  externalTaskIds: readonly string[],
): Promise<string[]> {
  const { rows } = await sql<{ external_task_id: string }>`
    select external_task_id from kling_tasks
    where external_task_id = any(${externalTaskIds}::text[])
      and (state <> 'waiting' or credential <> ${credential})`.execute(tx);
  return rows.map((row) => row.external_task_id);
}

/**
 * Nobody sends for a while: `firstMs`, twice as long after each further refusal, `longestMs` at most. Returns whether it was
 * open until now.
 */
export async function pauseProduct(
  db: Db,
  { credential, product }: ProductKey,
  { firstMs, longestMs }: { firstMs: number; longestMs: number },
): Promise<boolean> {
  const { rows } = await sql`
    update kling_accounts set pauses = pauses + 1, paused_until = now()
      + least(${longestMs}::float8, ${firstMs}::float8 * 2 ^ least(pauses, 20)) * interval '1 ms'
    where credential = ${credential} and product = ${product} and paused_until <= now() returning 1`.execute(db);
  return rows.length > 0;
}

/** A task of ours has ended there, so that there is room again for one of its product. */
export async function endPause(db: Db, { credential, product }: ProductKey): Promise<void> {
  await sql`
    update kling_accounts set paused_until = '-infinity'
    where credential = ${credential} and product = ${product} and paused_until > now()`.execute(db);
}

/** Nobody tries before `ms` have passed. Returns whether it was open until now. */
export async function stopProduct(
  db: Db,
  { credential, product }: ProductKey,
  reason: string,
  ms: number,
): Promise<boolean> {
  const { rows } = await sql<{ was_open: boolean }>`
    update kling_accounts account
    set stopped_until = now() + ${ms}::float8 * interval '1 ms', stop_reason = ${reason}
    from (select credential, product, stop_reason from kling_accounts
      where credential = ${credential} and product = ${product} for update) before
    where account.credential = before.credential and account.product = before.product
    returning before.stop_reason is distinct from ${reason} as was_open`.execute(db);
  return rows[0]?.was_open ?? false;
}

/** The upstream has taken something: whatever stood in its way is over, for all that it is part of as well. */
export async function openProduct(db: Db, key: ProductKey): Promise<void> {
  await sql`
    update kling_accounts set pauses = 0, paused_until = '-infinity', stopped_until = '-infinity', stop_reason = null
    where ${matchScopes(key)} and (pauses > 0 or stop_reason is not null)`.execute(db);
}

/** `video/kling-v3`: '', `video` and itself. */
export function listScopes(product: string): string[] {
  const parts = product.split('/');
  return ['', ...parts.map((_, at) => parts.slice(0, at + 1).join('/'))];
}

function matchScopes({ credential, product }: ProductKey) {
  return sql`credential = ${credential} and product = any(${listScopes(product)}::text[])`;
}
