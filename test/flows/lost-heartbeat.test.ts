import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { claimBuilds } from '../../src/flow/index.ts';
import { heartbeatSeconds, type Jobs } from '../../src/jobs/index.ts';
import { type Task, workQueues } from '../../src/tasks/index.ts';
import { imageRequest } from '../helpers/flow-bodies.ts';
import { listKinds } from '../helpers/load-books.ts';
import { scriptVideoEngine } from '../helpers/script-video-engine.ts';
import { startOrigin } from '../helpers/start-origin.ts';
import { startTroupe } from '../helpers/start-troupe.ts';
import { until } from '../helpers/until.ts';
import { videoBodyOf } from '../helpers/video-requests.ts';

test('the task of a worker that stops beating runs again and is settled once', async () => {
  await using origin = await startOrigin();
  await using troupe = await startTroupe();
  const { context, database } = troupe;
  const { body: task } = await troupe.submit(imageRequest(origin.url('/duck.jpg')));
  await database.db.transaction().execute(async (tx) => {
    await claimBuilds(context, tx, workQueues.local, await context.jobs.fetch(tx, workQueues.local, 1));
  });
  const claimedAt = performance.now();
  troupe.startWorker();
  await until(
    'the task to be completed',
    async () => (await troupe.call('GET', `/v1/tasks/${task.id}`)).body.status === 'completed',
  );
  expect(performance.now() - claimedAt).toBeGreaterThan(10_000);
  expect(await listKinds(database.db, troupe.key.account_id, task.id)).toEqual(['reserve', 'settle']);
});

test.concurrent('a build that takes far longer than the silence that counts as death is claimed once', async () => {
  expect(await buildForLong(() => undefined)).toMatchObject({ status: 'completed', attempt: 1, tries: 1, losses: 0 });
});

test.concurrent('the same build without its heartbeat is claimed again, so the test before this one can fail', async () => {
  const task = await buildForLong((jobs) => {
    jobs.touch = async () => undefined;
  });
  expect(task.attempt).toBeGreaterThan(1);
});

/** The row of a task whose work takes twice the silence, with two workers to take it. */
async function buildForLong(change: (jobs: Jobs) => void): Promise<Task> {
  const engine = scriptVideoEngine('local');
  const done = Promise.withResolvers<void>();
  engine.act = () => done.promise;
  await using troupe = await startTroupe({ videoEngine: engine });
  change(troupe.context.jobs);
  const { db } = troupe.database;
  const { body: task } = await troupe.submit(videoBodyOf('kling-v3-text-to-video'));
  troupe.startWorker();
  troupe.startWorker();
  await until('the build to begin', () => engine.orders.length > 0);
  // By the database's clock, which judges the silence; a second claim ends the wait at once.
  await until('twice the silence', async () => {
    const { rows } = await sql<{ is_over: boolean }>`
      select attempt > 1 or now() > started_at + ${2 * heartbeatSeconds}::int * interval '1 second' as is_over
      from tasks where id = ${task.id}`.execute(db);
    return rows[0]?.is_over;
  });
  done.resolve();
  await troupe.waitForEnd(task.id);
  return (await db.selectFrom('tasks').selectAll().where('id', '=', task.id).executeTakeFirstOrThrow()) as Task;
}
