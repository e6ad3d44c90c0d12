import { sql } from 'kysely';
import type { Db } from '../db/index.ts';
import type { Check } from './schema.ts';

export interface ClockOptions {
  now(): Date;
  /** The database, where it may run on another machine; else null. */
  other(): Promise<Db | null>;
}

/** Milliseconds apart: tokens and links of a minute go wrong, and times in answers look odd. */
const broken = 30_000;
const odd = 2_000;

/** This machine's clock beside the database's. */
export async function checkClock({ now, other }: ClockOptions): Promise<Omit<Check, 'part'>> {
  const db = await other();
  if (db === null) {
    const message = `it is ${now().toISOString()} here; there is no other clock to compare it with`;
    return { status: 'ok', message };
  }
  const before = now().getTime();
  const { rows } = await sql<{ now: Date }>`select clock_timestamp() as now`.execute(db);
  const middle = (before + now().getTime()) / 2;
  const apart = Math.round(middle - (rows[0]?.now.getTime() ?? middle));
  const message = `${Math.abs(apart) / 1000} s ${apart < 0 ? 'behind' : 'ahead of'} the database's`;
  if (Math.abs(apart) < odd) return { status: 'ok', message };
  const remedy = 'let both machines keep time by NTP (timedatectl set-ntp true)';
  return { status: Math.abs(apart) < broken ? 'warning' : 'broken', message, remedy };
}
