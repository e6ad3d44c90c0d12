import { type RawBuilder, sql } from 'kysely';
import type { Db } from '../db/index.ts';

/**
 * Adds to a key's use when the key is on and both limits allow it; false, and nothing written, otherwise. `day` is the
 * UTC date. The day doesn't go backwards by one: a process whose clock is a little behind counts on the newer day, or it would
 * start that day's count again at zero. A day further ahead was written by a clock that was wrong, and would hold the key for years.
 */
export async function addKeyUse(db: Db, keyId: number, amount: number, now: Date, day: string): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update api_keys set
      used_microcredits = used_microcredits + ${amount}::bigint,
      used_today_microcredits =
        case when ${countsToday(day)} then used_today_microcredits else 0 end + ${amount}::bigint,
      used_today_on = case when ${countsToday(day)} then used_today_on else ${day}::date end
    where id = ${keyId}
      and disabled_at is null
      and (expires_at is null or expires_at > ${now}::timestamptz)
      and (total_limit_microcredits is null or used_microcredits + ${amount}::bigint <= total_limit_microcredits)
      and (daily_limit_microcredits is null or ${amount}::bigint <= daily_limit_microcredits -
        case when ${countsToday(day)} then used_today_microcredits else 0 end)`.execute(db);
  return numAffectedRows === 1n;
}

/** Whether a key's count of a day is still that of `day`, a date as text. */
export const countsToday = (day: string) => counts(sql`${day}::date`);

const counts = (day: RawBuilder<unknown>) => sql`(used_today_on between ${day} and ${day} + 1)`;

/** What is to be added to a key's use. */
export interface SummedUse {
  key_id: number;
  amount_microcredits: number;
  /** When the key must not have expired. */
  at: Date;
  /** Its UTC date. */
  day: string;
}

/** As `addKeyUse` for several keys, each once. Returns the ids of those that it did so for. */
export async function addKeyUses(db: Db, uses: readonly SummedUse[]): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    update api_keys set
      used_microcredits = used_microcredits + amount,
      used_today_microcredits = case when ${counts(sql`day`)} then used_today_microcredits else 0 end + amount,
      used_today_on = case when ${counts(sql`day`)} then used_today_on else day end
    from unnest(
      ${uses.map((use) => use.key_id)}::bigint[],
      ${uses.map((use) => use.amount_microcredits)}::bigint[],
      ${uses.map((use) => use.at.toISOString())}::timestamptz[],
      ${uses.map((use) => use.day)}::date[]) as uses (key_id, amount, at, day)
    where id = key_id
      and disabled_at is null
      and (expires_at is null or expires_at > at)
      and (total_limit_microcredits is null or used_microcredits + amount <= total_limit_microcredits)
      and (daily_limit_microcredits is null or amount <= daily_limit_microcredits -
        case when ${counts(sql`day`)} then used_today_microcredits else 0 end)
    returning id`.execute(db);
  return rows.map(({ id }) => id);
}

/** Locks these keys by ascending id, until `tx` ends. */
export async function lockKeyUses(tx: Db, keyIds: readonly number[]): Promise<void> {
  await sql`select from api_keys where id = any(${keyIds}::bigint[]) order by id for no key update`.execute(tx);
}

/** Takes use back, never below zero, and from the day's count only while it still counts `day`. */
export async function subtractKeyUse(db: Db, keyId: number, amount: number, day: string): Promise<void> {
  await sql`
    update api_keys set
      used_microcredits = greatest(0, used_microcredits - ${amount}::bigint),
      used_today_microcredits = case when used_today_on = ${day}::date
        then greatest(0, used_today_microcredits - ${amount}::bigint) else used_today_microcredits end
    where id = ${keyId}`.execute(db);
}

export interface KeyUse {
  key_name: string;
  total_limit_microcredits: number | null;
  used_microcredits: number;
  daily_limit_microcredits: number | null;
  /** 0 when the stored count is of an earlier day. */
  used_today_microcredits: number;
  expires_at: Date | null;
  disabled_at: Date | null;
}

/**
 * What the key may spend and has spent, today's as of the UTC day `day` (`2026-03-01`); null when there is no such key.
 */
export async function findKeyUse(db: Db, keyId: number, day: string): Promise<KeyUse | null> {
  const { rows } = await sql<KeyUse>`
    select name as key_name, total_limit_microcredits, used_microcredits, daily_limit_microcredits,
      case when ${countsToday(day)} then used_today_microcredits else 0 end as used_today_microcredits,
      expires_at, disabled_at
    from api_keys where id = ${keyId}`.execute(db);
  return rows[0] ?? null;
}

/** The UTC date of a moment as PostgreSQL reads it: `2026-01-31`. */
export function utcDay(moment: Date): string {
  return moment.toISOString().slice(0, 10);
}
