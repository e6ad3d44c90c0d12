import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { checkLedger } from '../../src/credits/index.ts';
import { expire } from '../../src/flow/index.ts';
import { imageRequest } from '../helpers/flow-bodies.ts';
import { startTroupe } from '../helpers/start-troupe.ts';
import { until } from '../helpers/until.ts';

const picture = Buffer.from('of an engine that looks at nothing').toString('base64');

test('an old unfinished task whose job is gone gets one again, once, and ends; others keep the one they have', async () => {
  await using troupe = await startTroupe();
  const { db } = troupe.database;
  const submit = async () => (await troupe.submit(imageRequest(picture, [picture]))).body.id as string;
  const [lost, young, kept] = [await submit(), await submit(), await submit()];
  await sql`update tasks set created_at = created_at - interval '2 hours' where id = any(${[lost, kept]}::text[])`.execute(
    db,
  );
  await sql`delete from jobs.job where data ->> 'task_id' = any(${[lost, young]}::text[])`.execute(db);
  const jobs = async () => {
    const { rows } = await sql<{ id: string }>`
      select data ->> 'task_id' as id from jobs.job where name = 'build' order by created_on`.execute(db);
    return rows.map(({ id }) => id);
  };
  expect(await jobs()).toEqual([kept]);
  await Promise.all([expire(troupe.context), expire(troupe.context)]);
  await expire(troupe.context);
  expect(await jobs()).toEqual([kept, lost]);
  expect(troupe.log.filter((line) => line.includes('had lost its job'))).toHaveLength(1);

  troupe.startWorker();
  for (const id of [lost, kept]) expect((await troupe.waitForEnd(id)).status).toBe('completed');
  expect((await troupe.call('GET', `/v1/tasks/${young}`)).body.status).toBe('pending');
  expect(await jobs()).toEqual([]);
  expect(await checkLedger(db)).toEqual([]);
});

test('one whose engine the settings no longer have goes where it waits for it, and is not failed', async () => {
  await using troupe = await startTroupe();
  const { db } = troupe.database;
  const { id } = (await troupe.submit(imageRequest(picture, [picture]))).body;
  await sql`update tasks set created_at = created_at - interval '2 hours',
    request = jsonb_set(request, '{engine}', '"kling"') where id = ${id}`.execute(db);
  await sql`delete from jobs.job where data ->> 'task_id' = ${id}`.execute(db);
  await expire(troupe.context);
  const { rows } = await sql<{ name: string }>`select name from jobs.job where data ->> 'task_id' = ${id}`.execute(db);
  expect(rows).toEqual([{ name: 'upstream' }]);
  troupe.startWorker();
  await until('an attempt', () => troupe.log.some((line) => line.includes(id) && line.includes('"attempt":1')));
  expect((await troupe.call('GET', `/v1/tasks/${id}`)).body.status).toBe('processing');
});
