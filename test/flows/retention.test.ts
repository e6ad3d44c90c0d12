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

test('what was begun at the Kling API for a deleted task goes with it, once it has ended there, nothing of it is to be removed and nothing counts it', async () => {
  await using troupe = await startTroupe({ worker: true, environment: { TROUPE_TASK_DAYS: '30' } });
  const { db } = troupe.database;
  const [old, young] = [await makeTask(troupe), await makeTask(troupe)];
  await age(troupe, old, 31);
  const insert = async (
    id: string,
    subject: string,
    rest: { purpose?: string; state?: string; days?: number; unwanted?: boolean } = {},
  ) => {
    const { purpose = 'video', state = 'succeeded', days = 31, unwanted = false } = rest;
    await sql`insert into kling_tasks (external_task_id, purpose, subject, credential, endpoint, holds_slot, state, sent_at, finished_at, unwanted_at)
      values (${id}, ${purpose}, ${subject}, 'c', 'e', false, ${state}, now() - make_interval(days => ${days}),
        case when ${state} = 'succeeded' then now() - make_interval(days => ${days}) end, case when ${unwanted} then now() end)`.execute(
      db,
    );
  };
  await insert('ended', old);
  await insert('of a living task', young);
  await insert('of an element', old, { purpose: 'provision' });
  await insert('to be removed', old, { purpose: 'element', unwanted: true });
  const list = async () =>
    (await sql<{ id: string }>`select external_task_id as id from kling_tasks order by arrival`.execute(db)).rows.map(
      ({ id }) => id,
    );
  await expire(troupe.context);
  expect((await troupe.call('GET', `/v1/tasks/${old}`)).status).toBe(404);
  expect(await list()).toEqual(['of a living task', 'of an element', 'to be removed']);
  // It was removed there; another was sent only this week, and one is still made.
  await sql`update kling_tasks set removed_at = now() where external_task_id = 'to be removed'`.execute(db);
  await age(troupe, young, 31);
  await sql`update kling_tasks set sent_at = now() - interval '6 days' where external_task_id = 'of a living task'`.execute(
    db,
  );
  await expire(troupe.context);
  expect(await list()).toEqual(['of a living task', 'of an element']);
  await sql`update kling_tasks set sent_at = now() - interval '9 days', state = 'submitted', finished_at = null
    where external_task_id = 'of a living task'`.execute(db);
  await expire(troupe.context);
  expect(await list()).toEqual(['of a living task', 'of an element']);
  await sql`update kling_tasks set state = 'succeeded', finished_at = now() - interval '9 days'
    where external_task_id = 'of a living task'`.execute(db);
  // Whether or not anything more is to be forgotten.
  await expire({ ...troupe.context, config: { ...troupe.config, flow: { ...troupe.config.flow, taskDays: 0 } } });
  expect(await list()).toEqual(['of an element']);
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

test('what requests say is forgotten after its own time, in small steps, while tasks are still listed, queried, repeated and called back for; younger and unfinished ones keep it', async () => {
  await using receiver = await startReceiver();
  await using troupe = await startTroupe({ worker: true, environment: { TROUPE_REQUEST_DAYS: '30' } });
  const { db } = troupe.database;
  const key = { 'idempotency-key': 'asked-once-and-repeated' };
  const body = imageRequest(picture, [picture], { callback_url: receiver.url('/callback') });
  const { body: first } = await troupe.submit(body, key);
  const shown = await troupe.waitForEnd(first.id);
  const callbacksOf = async () => (await troupe.call('GET', `/v1/tasks/${first.id}/callbacks`)).body;
  await until('the callback is delivered', async () => (await callbacksOf()).state === 'delivered');
  const video = { model: 'kling-v3-text-to-video', prompt: 'A secret lighthouse', duration: 5 };
  const young = await makeTask(troupe);
  await troupe.stopWorkers();
  const { body: waiting } = await troupe.submit(video);
  const many = 450;
  await sql`insert into tasks (id, account_id, api_key_id, model, type, request, billing_rule, reserved_microcredits, status, created_at, finished_at,
      charged_microcredits, result_data, results)
    select 'task-unified-1-old' || n, account_id, api_key_id, model, type, request || '{"shots": [{"prompt": "A secret shot"}], "new_field": "a secret"}',
      'per_call', 0, 'completed', now() - make_interval(days => 40, secs => n / 3), now() - interval '40 days', 0,
      '{"engine": "animatic", "duration": 5, "width": 64, "height": 64, "frame_rate": 24, "has_sound": false, "element_ids": [],
        "not_understood": ["A secret part"]}', '["results/gone/1/video.mp4"]'
    from tasks, generate_series(1, ${many}) n where id = ${waiting.id}`.execute(db);
  await age(troupe, first.id, 31);
  await age(troupe, young, 29);
  await age(troupe, waiting.id, 60);

  await expire(troupe.context);
  const request = async (id: string) => await troupe.call('GET', `/v1/tasks/${id}/request`);
  for (const id of [first.id, 'task-unified-1-old1', `task-unified-1-old${many}`]) {
    const { status, body: refused } = await request(id);
    expect([status, refused.error.code]).toEqual([410, 'request_forgotten']);
    expect(refused.error.message).toContain(new Date().toISOString().slice(0, 10));
  }
  for (const id of [young, waiting.id]) expect((await request(id)).status).toBe(200);
  const { rows } = await sql<{ text: string }>`
    select request::text || coalesce(result_data::text, '') as text from tasks where request_forgotten_at is not null`.execute(
    db,
  );
  expect(rows).toHaveLength(many + 1);
  for (const { text } of rows) expect(text).not.toMatch(/secret|My Character.*sources|inputs/);

  // All else is as it was.
  const { created: _, ...now } = (await troupe.call('GET', `/v1/tasks/${first.id}`)).body;
  const { created: __, ...before } = shown as { created: number };
  expect(now).toEqual(before);
  expect((await troupe.call('GET', '/v1/tasks/task-unified-1-old1')).body).toMatchObject({
    status: 'completed',
    task_info: { video_duration: 5 },
  });
  expect((await troupe.call('GET', '/v1/tasks?limit=100')).status).toBe(200);
  expect((await troupe.submit(body, key)).body.id).toBe(first.id);
  troupe.startWorker();
  await troupe.call('POST', `/v1/tasks/${first.id}/callbacks/resend`);
  await until('the second delivery', () => receiver.received('/callback').length === 2);
  const [one, other] = receiver.received('/callback').map(({ body: text }) => JSON.parse(text.toString()));
  expect({ ...other, created: 0 }).toEqual({ ...one, created: 0 });

  // The one that held the mark is met again once it has ended, and nothing is forgotten twice.
  await troupe.waitForEnd(waiting.id);
  await expire(troupe.context);
  expect((await request(waiting.id)).status).toBe(410);
  await expire(troupe.context);
  const { rows: marks } = await sql<{ count: number }>`
    select count(*) as count from tasks join forgotten_requests f using (account_id) where (created_at, id) <= (reached_at, reached_id)
      and request_forgotten_at is not null`.execute(db);
  expect(marks[0]?.count).toBe(many + 2);
});

test('without the setting nothing of a request is forgotten, and never before results go', async () => {
  await using troupe = await startTroupe({ worker: true });
  const id = await makeTask(troupe);
  await age(troupe, id, 4000);
  await expire(troupe.context);
  expect((await troupe.call('GET', `/v1/tasks/${id}/request`)).status).toBe(200);
  const recent = await makeTask(troupe);
  await age(troupe, recent, 9);
  const flow = { ...troupe.config.flow, requestDays: 1, resultHours: 240 };
  await expire({ ...troupe.context, config: { ...troupe.config, flow } });
  expect((await troupe.call('GET', `/v1/tasks/${recent}/request`)).status).toBe(200);
  expect((await troupe.call('GET', `/v1/tasks/${id}/request`)).status).toBe(410);
});
