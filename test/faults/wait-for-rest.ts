import { sql } from 'kysely';
import { waitUntil } from './wait-until.ts';
import { withDatabase } from './world.ts';

/** Resolves when no task is unfinished, no callback is due and no job is left; `limitMs` is the promise under test. */
export async function waitForRest(databaseUrl: string, limitMs: number): Promise<void> {
  await waitUntil('nothing is pending', limitMs, () => isAtRest(databaseUrl).catch(() => false), 200);
}

async function isAtRest(databaseUrl: string): Promise<boolean> {
  return await withDatabase(databaseUrl, async ({ db }) => {
    const { rows } = await sql<{ left: number }>`
      select (select count(*) from tasks where status in ('pending', 'processing'))
        + (select count(*) from callbacks where state = 'due')
        + (select count(*) from jobs.job where name in ('build', 'upstream', 'deliver') and state < 'completed') as left`.execute(
      db,
    );
    return rows[0]?.left === 0;
  });
}
