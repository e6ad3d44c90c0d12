import { expect, test } from 'vitest';
import { claimBuilds } from '../../src/flow/index.ts';
import { workQueues } from '../../src/tasks/index.ts';
import { imageRequest } from '../helpers/flow-bodies.ts';
import { listKinds } from '../helpers/load-books.ts';
import { startOrigin } from '../helpers/start-origin.ts';
import { startTroupe } from '../helpers/start-troupe.ts';
import { until } from '../helpers/until.ts';

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
