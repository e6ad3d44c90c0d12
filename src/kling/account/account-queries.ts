import { sql } from 'kysely';
import type { Db } from '../../db/index.ts';

/** What all processes know of the upstream account. */
export interface KlingAccount {
  /** Refused for want of room a moment ago. */
  paused: boolean;
  /** Refused for a reason that only the operator can mend; null when it may be tried. */
  stop_reason: string | null;
  /** Milliseconds until it may be tried again. */
  stopped_ms: number;
}

const columns = sql`paused_until > now() as paused,
  case when stopped_until > now() then stop_reason end as stop_reason,
  case when stopped_until > now() then (extract(epoch from stopped_until - now()) * 1000)::float8 else 0 end as stopped_ms`;

/** Makes the account's row, which its locks need; does nothing when it is there. */
export async function insertAccount(db: Db, credential: string): Promise<void> {
  await sql`insert into kling_accounts (credential) values (${credential}) on conflict do nothing`.execute(db);
}

/** An account that was never used answers like one that is open. */
export async function getAccount(db: Db, credential: string): Promise<KlingAccount> {
  const { rows } = await sql<KlingAccount>`
    select ${columns} from kling_accounts where credential = ${credential}`.execute(db);
  return rows[0] ?? { paused: false, stop_reason: null, stopped_ms: 0 };
}

/** As `getAccount`, and nobody else gives out slots of the account until the transaction ends. */
export async function lockAccount(tx: Db, credential: string): Promise<KlingAccount> {
  const { rows } = await sql<KlingAccount>`
    select ${columns} from kling_accounts where credential = ${credential} for update`.execute(tx);
  if (rows[0] === undefined) throw new Error('the account has no row to lock');
  return rows[0];
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

/**
 * Gives free slots to those of `externalTaskIds` whose turn it is: the oldest waiting tasks of the account come first,
 * whichever process they belong to, except those silent for `silentMs`. The account must be locked by the transaction,
 * in an earlier statement: this one then sees every slot that others have taken.
 */
export async function grantSlots(
  tx: Db,
  credential: string,
  externalTaskIds: readonly string[],
  { parallelMax, silentMs }: { parallelMax: number; silentMs: number },
): Promise<string[]> {
  const { rows } = await sql<{ external_task_id: string }>`
    with held as (
      select count(*) as slots from kling_tasks
      where credential = ${credential} and state in ('sending', 'submitted') and holds_slot
    ), next as (
      select external_task_id from kling_tasks
      where credential = ${credential} and state = 'waiting' and holds_slot
        and waited_at > now() - ${silentMs}::float8 * interval '1 ms'
      order by arrival
      limit greatest(0, ${parallelMax}::bigint - (select slots from held))
    )
    update kling_tasks set ${asFirstSend}
    where external_task_id in (select external_task_id from next)
      and external_task_id = any(${externalTaskIds}::text[])
      -- Once more, of the row itself: it is read again when somebody who has just cancelled the task held it.
      and state = 'waiting'
    returning external_task_id`.execute(tx);
  return rows.map((row) => row.external_task_id);
}

/** Of `externalTaskIds`, those that wait no longer. */
export async function listNotWaiting(tx: Db, externalTaskIds: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ external_task_id: string }>`
    select external_task_id from kling_tasks
    where external_task_id = any(${externalTaskIds}::text[]) and state <> 'waiting'`.execute(tx);
  return rows.map((row) => row.external_task_id);
}

/** Nobody sends for a while: `firstMs`, twice as long after each further refusal, `longestMs` at most. */
export async function pauseAccount(
  db: Db,
  credential: string,
  { firstMs, longestMs }: { firstMs: number; longestMs: number },
): Promise<void> {
  await sql`
    update kling_accounts set pauses = pauses + 1, paused_until = now()
      + least(${longestMs}::float8, ${firstMs}::float8 * 2 ^ least(pauses, 20)) * interval '1 ms'
    where credential = ${credential} and paused_until <= now()`.execute(db);
}

/** Nobody tries before `ms` have passed. Returns whether it was open until now. */
export async function stopAccount(db: Db, credential: string, reason: string, ms: number): Promise<boolean> {
  const { rows } = await sql<{ was_open: boolean }>`
    update kling_accounts account
    set stopped_until = now() + ${ms}::float8 * interval '1 ms', stop_reason = ${reason}
    from (select credential, stop_reason from kling_accounts where credential = ${credential} for update) before
    where account.credential = before.credential
    returning before.stop_reason is distinct from ${reason} as was_open`.execute(db);
  return rows[0]?.was_open ?? false;
}

/** The upstream has taken something: whatever stood in the way is over. */
export async function openAccount(db: Db, credential: string): Promise<void> {
  await sql`
    update kling_accounts set pauses = 0, paused_until = '-infinity', stopped_until = '-infinity', stop_reason = null
    where credential = ${credential} and (pauses > 0 or stop_reason is not null)`.execute(db);
}
