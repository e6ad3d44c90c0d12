import { readdir } from 'node:fs/promises';
import { sql } from 'kysely';
import type { Db } from '../db/index.ts';
import type { Check } from './schema.ts';

export interface DatabaseOptions {
  /** Null: none can be asked now, for the reason given. Throws with the sentence and the remedy where it can't be used. */
  open(): Promise<Db | { none: string; remedy: string }>;
  migrationsFolder: string;
}

/** Whether it answers, and whether its schema is this program's. */
export async function checkDatabase({ open, migrationsFolder }: DatabaseOptions): Promise<Omit<Check, 'part'>> {
  const db = await open();
  if ('none' in db) return { status: 'warning', message: db.none, remedy: db.remedy };
  const startedAt = performance.now();
  const { rows } = await sql<{ version: string; has_schema: boolean }>`
    select current_setting('server_version') as version, to_regclass('migrations') is not null as has_schema`.execute(
    db,
  );
  const answered = `PostgreSQL ${rows[0]?.version} answers in ${Math.ceil(performance.now() - startedAt)} ms`;
  const files = (await readdir(migrationsFolder)).filter((name) => /^\d{4}-.+\.sql$/.test(name));
  const done = rows[0]?.has_schema ? await listMigrations(db) : [];
  const waiting = files.filter((name) => !done.includes(name)).length;
  const newer = done.filter((name) => !files.includes(name)).length;
  if (newer > 0) {
    const message = `${answered}, and a newer version of this program has changed its schema (${newer} migrations)`;
    return { status: 'broken', message, remedy: 'install that version here too' };
  }
  if (waiting === 0) return { status: 'ok', message: `${answered}, its schema is up to date` };
  const message = `${answered}, ${waiting} migrations haven't run`;
  return { status: 'warning', message, remedy: "start the server, or run 'troupe migrate'" };
}

async function listMigrations(db: Db): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`select name from migrations`.execute(db);
  return rows.map(({ name }) => name);
}
