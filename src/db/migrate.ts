import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'kysely';
import { type Db, transaction } from './connect.ts';
import { withAdvisoryLock } from './with-advisory-lock.ts';

/**
 * Brings the database to the newest schema: runs each `NNNN-name.sql` of `folder` that hasn't run yet, in order, each in
 * a transaction of its own. Safe to call from many processes at once: one works, the others wait. Returns the names run.
 * Throws when a migration that ran before has been changed or is missing: migrations only go forward.
 */
export async function migrate(db: Db, folder: string): Promise<string[]> {
  const files = (await readdir(folder)).filter((name) => /^\d{4}-.+\.sql$/.test(name)).sort();
  return await withAdvisoryLock(db, async (session) => {
    await sql`create table if not exists migrations (
      name text primary key, text text not null, run_at timestamptz not null default now())`.execute(session);
    return await runPending(session, folder, files);
  });
}

async function runPending(session: Db, folder: string, files: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ name: string; text: string }>`select name, text from migrations order by name`.execute(
    session,
  );
  const done = new Map(rows.map((row) => [row.name, row.text]));
  const missing = rows.find((row) => !files.includes(row.name));
  if (missing) throw new Error(`migration ${missing.name} has run on this database but is not in ${folder}`);
  const ran: string[] = [];
  for (const name of files) {
    const text = await readFile(join(folder, name), 'utf8');
    const before = done.get(name);
    if (before === text) continue;
    if (before !== undefined) throw new Error(`migration ${name} was changed after it had run; add a new one instead`);
    await transaction(session, async (tx) => {
      await sql.raw(text).execute(tx);
      await sql`insert into migrations (name, text) values (${name}, ${text})`.execute(tx);
    });
    ran.push(name);
  }
  return ran;
}
