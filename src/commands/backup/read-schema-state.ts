import { sql } from 'kysely';
import type { Db } from '../../db/index.ts';

/** The names of all migrations that have run and the job engine's version: two databases of one state have the same tables. */
export async function readSchemaState(db: Db): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select name from migrations union all select 'jobs ' || version from jobs.version order by name`.execute(db);
  return rows.map(({ name }) => name).sort();
}
