import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { inVain, isOver } from './wait-until.ts';
import { withDatabase } from './world.ts';

/** As many limits may pass while something still moves; whatever goes on for ever is wrong as well. */
const limitsMax = 10;

/**
 * Resolves when no task is unfinished, no callback is due and no job is left. Throws when nothing has moved for `limitMs` of
 * a quiet machine, which says what is stuck, or when things have moved for ten times that without an end.
 */
export async function waitForRest(databaseUrl: string, limitMs: number): Promise<void> {
  const startedAt = Date.now();
  let seen: string | undefined;
  let movedAt = startedAt;
  let failure = 'nothing failed';
  for (;;) {
    const state = await readState(databaseUrl).catch((error: Error) => {
      failure = error.message;
      return seen;
    });
    if (state === '') return;
    if (state !== seen) movedAt = Date.now();
    seen = state;
    if (await isOver(movedAt, limitMs))
      throw new Error(
        `stuck, nothing has moved for ${since(movedAt)} s: ${seen ?? 'the database was never reached'} (${failure})`,
      );
    if (await isOver(startedAt, limitsMax * limitMs)) throw inVain(`rest; left are ${seen}`, Date.now() - startedAt);
    await sleep(200);
  }
}

const since = (at: number) => Math.round((Date.now() - at) / 1000);

/** What is unfinished, with how far it has come; empty at rest. */
async function readState(databaseUrl: string): Promise<string> {
  return await withDatabase(databaseUrl, async ({ db }) => {
    const { rows } = await sql<{ part: string; count: number; moves: number }>`
      select status as part, count(*) as count, coalesce(sum(attempt * 1000 + progress), 0) as moves
      from tasks where status in ('pending', 'processing') group by status
      union all select 'callbacks', count(*), coalesce(sum(attempts), 0) from callbacks where state = 'due' having count(*) > 0
      union all select 'jobs', count(*), coalesce(sum(retry_count), 0) from jobs.job
      where name in ('build', 'upstream', 'deliver') and state < 'completed' having count(*) > 0
      order by part`.execute(db);
    return rows.map(({ part, count, moves }) => `${count} ${part} (${moves})`).join(', ');
  });
}
