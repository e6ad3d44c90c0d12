import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { checkLedger } from '../../src/credits/index.ts';
import { expire } from '../../src/flow/index.ts';
import { listUsage } from '../../src/tasks/index.ts';
import { imageRequest } from '../helpers/flow-bodies.ts';
import { startReceiver } from '../helpers/start-receiver.ts';
import { type StartedTroupe, startTroupe } from '../helpers/start-troupe.ts';
import { until } from '../helpers/until.ts';

const picture = Buffer.from('of an engine that looks at nothing').toString('base64');

/** Makes everything of a task so many days older. */
async function age({ database: { db } }: StartedTroupe, id: string, days: number): Promise<void> {
  // Days that were over when there was nothing of them are summed already.
  await sql`delete from summed_usage`.execute(db);
  await sql`update tasks set created_at = created_at - make_interval(days => ${days}),
    finished_at = finished_at - make_interval(days => ${days}) where id = ${id}`.execute(db);
}

async function makeTask(troupe: StartedTroupe, rest: Record<string, unknown> = {}): Promise<string> {
  const { body } = await troupe.submit(imageRequest(picture, [picture], rest));
  await troupe.waitForEnd(body.id);
  return body.id;
}

const readUse = async ({ database: { db } }: StartedTroupe) =>
  await listUsage(db, {
    account_id: null,
    from: new Date('2020-01-01'),
    until: new Date('2100-01-01'),
    group_by: ['model', 'status'],
    after: null,
    count_max: 100,
  });

test('ended tasks older than the setting go with callbacks and attempts; use, credits, ledger and elements stay, younger, unfinished and undelivered ones too', async () => {
  await using receiver = await startReceiver();
  await using troupe = await startTroupe({ worker: true, environment: { TROUPE_TASK_DAYS: '30' } });
  const { db } = troupe.database;
  const old = await makeTask(troupe, { callback_url: receiver.url('/callback') });
  const callbackState = async (id: string) =>
    (await sql<{ state: string }>`select state from callbacks where task_id = ${id}`.execute(db)).rows[0]?.state;
  await until('the callback is delivered', async () => (await callbackState(old)) === 'delivered');
  const young = await makeTask(troupe);
  const undelivered = await makeTask(troupe, { callback_url: receiver.url('/callback') });
  await until('the callback is delivered', async () => (await callbackState(undelivered)) === 'delivered');
  await sql`update callbacks set state = 'due', finished_at = null where task_id = ${undelivered}`.execute(db);
  await troupe.stopWorkers();
  const { body: waiting } = await troupe.submit(imageRequest(picture));
  const elementId = (await troupe.call('GET', `/v1/tasks/${old}`)).body.result_data.element_id;
  await age(troupe, old, 31);
  await age(troupe, young, 29);
  await age(troupe, undelivered, 31);
  await age(troupe, waiting.id, 31);
  const [useBefore, creditsBefore] = [await readUse(troupe), (await troupe.call('GET', '/v1/credits')).body];

  expect(useBefore).toMatchObject([
    { status: 'completed', tasks: 3 },
    { status: 'pending', tasks: 1 },
  ]);

  await expire(troupe.context);
  const statusOf = async (id: string) => (await troupe.call('GET', `/v1/tasks/${id}`)).status;
  expect(await statusOf(old)).toBe(404);
  for (const id of [young, undelivered, waiting.id]) expect([id, await statusOf(id)]).toEqual([id, 200]);
  const { rows } = await sql`select from callback_attempts where task_id = ${old}`.execute(db);
  expect(rows).toHaveLength(0);
  expect(await callbackState(old)).toBeUndefined();
  expect(await readUse(troupe)).toEqual(useBefore);
  expect((await troupe.call('GET', '/v1/credits')).body).toEqual(creditsBefore);
  expect(await checkLedger(db)).toEqual([]);
  expect((await troupe.call('GET', `/v1/elements/${elementId}`)).status).toBe(200);

  // A second sweep adds to the use of the same day and counts nothing twice.
  await age(troupe, young, 2);
  await expire(troupe.context);
  expect(await statusOf(young)).toBe(404);
  expect(await readUse(troupe)).toEqual(useBefore);
});

test('without the setting no task goes; with fewer days than results live tasks stay a week longer than their results', async () => {
  await using troupe = await startTroupe({ worker: true });
  const id = await makeTask(troupe);
  await age(troupe, id, 4000);
  await expire(troupe.context);
  expect((await troupe.call('GET', `/v1/tasks/${id}`)).status).toBe(200);
  const flow = { ...troupe.config.flow, taskDays: 1, resultHours: 48 };
  const context = { ...troupe.context, config: { ...troupe.config, flow } };
  const recent = await makeTask(troupe);
  await age(troupe, recent, 8);
  await expire(context);
  expect((await troupe.call('GET', `/v1/tasks/${id}`)).status).toBe(404);
  expect((await troupe.call('GET', `/v1/tasks/${recent}`)).status).toBe(200);
});

test('one sweep takes all that is old, however many there are and whatever callback is still due in front of them', async () => {
  await using troupe = await startTroupe({ environment: { TROUPE_TASK_DAYS: '30' } });
  const { db } = troupe.database;
  await sql`insert into tasks (id, account_id, api_key_id, model, type, request, billing_rule, reserved_microcredits, status, created_at, finished_at,
      charged_microcredits, result_data, results)
    select 'task-unified-1-old' || n, ${troupe.key.account_id}, ${troupe.key.key_id}, 'kling-custom-element', 'video',
      '{"kind":"element","engine":"nothing","sources":[]}', 'per_call', 0, 'completed', now() - make_interval(days => 100, secs => -n),
      now() - interval '99 days', 0, '{}', '[]' from generate_series(1, 450) n`.execute(db);
  await sql`insert into callbacks (task_id, account_id, url, state) select 'task-unified-1-old1', ${troupe.key.account_id}, 'https://example.com', 'due'`.execute(
    db,
  );
  await expire(troupe.context);
  const { rows } = await sql<{ id: string }>`select id from tasks`.execute(db);
  expect(rows).toEqual([{ id: 'task-unified-1-old1' }]);
});

test('attempts older than their own setting go in small steps, those of callbacks that are due and younger ones stay, and what became of each callback too', async () => {
  await using receiver = await startReceiver();
  await using troupe = await startTroupe({ worker: true, environment: { TROUPE_ATTEMPT_DAYS: '30' } });
  const { db } = troupe.database;
  const id = await makeTask(troupe, { callback_url: receiver.url('/callback') });
  const callbackOf = async () => (await troupe.call('GET', `/v1/tasks/${id}/callbacks`)).body;
  await until('the callback is delivered', async () => (await callbackOf()).state === 'delivered');
  await troupe.stopWorkers();
  await expire(troupe.context);
  expect((await callbackOf()).attempts).toHaveLength(1);
  await sql`insert into tasks (id, account_id, api_key_id, model, type, request, billing_rule, reserved_microcredits, status, created_at, finished_at,
      charged_microcredits, result_data, results, callback_url)
    select 'task-unified-1-old' || n, ${troupe.key.account_id}, ${troupe.key.key_id}, 'kling-custom-element', 'video',
      '{"kind":"element","engine":"nothing","sources":[]}', 'per_call', 0, 'completed', now(), now(), 0, '{}', '[]', 'https://example.com'
      from generate_series(1, 2100) n`.execute(db);
  await sql`insert into callbacks (task_id, account_id, url, state, attempts, finished_at)
    select id, account_id, 'https://example.com', case when id = 'task-unified-1-old7' then 'due' else 'given_up' end, 1,
      case when id = 'task-unified-1-old7' then null else now() end
      from tasks where id like 'task-unified-1-old%'`.execute(db);
  await sql`insert into callback_attempts (task_id, attempt, started_at, outcome) select task_id, 1, now() - interval '31 days', 'timed_out'
    from callbacks where task_id like 'task-unified-1-old%'`.execute(db);
  await expire(troupe.context);
  const { rows } = await sql<{ task_id: string }>`select task_id from callback_attempts order by task_id`.execute(db);
  expect(rows.map(({ task_id }) => task_id).toSorted()).toEqual(['task-unified-1-old7', id].toSorted());
  expect(await callbackOf()).toMatchObject({ state: 'delivered', attempts: [{ attempt: 1 }] });
  const gone = await troupe.call('GET', '/v1/tasks/task-unified-1-old9/callbacks');
  expect([gone.status, gone.body]).toEqual([200, expect.objectContaining({ state: 'given_up', attempts: [] })]);
});
