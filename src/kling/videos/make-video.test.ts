import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'kysely';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { catchError } from '../../../test/helpers/catch-error.ts';
import { type CallFault, Refusal } from '../../../test/helpers/stand-in-kling/faults.ts';
import {
  castOfPictures,
  closeMedia,
  openEngine,
  orderVideo,
  quickIntervals,
  specFor,
  tools,
} from '../../../test/helpers/stand-in-kling/open-engine.ts';
import { startStandIn } from '../../../test/helpers/stand-in-kling/stand-in.ts';
import { openTestDatabase, type TestDatabase } from '../../../test/helpers/test-database.ts';
import { until } from '../../../test/helpers/until.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(async () => {
  await closeMedia();
  await database.close();
});

let count = 0;
const nextNumber = () => {
  count += 1;
  return count;
};
const nextTask = () => `task-unified-1-${String(nextNumber()).padStart(8, '0')}`;
const omni = '/v1/videos/omni-video';

async function open(
  options: Parameters<typeof startStandIn>[0] = {},
  engineOptions: Parameters<typeof openEngine>[2] = {},
) {
  const standIn = await startStandIn(options);
  // An account of its own, so that one test's slots and stops are none of the next one's.
  const account = `account-${nextNumber()}`;
  const environment = { TROUPE_KLING_ACCOUNT: account, ...engineOptions.environment };
  const engine = openEngine(database.db, standIn.url, { ...engineOptions, environment });
  return {
    standIn,
    engine,
    account,
    async [Symbol.asyncDispose]() {
      await engine.close();
      await standIn[Symbol.asyncDispose]();
    },
  };
}

test('a finished video is on disk with what its header says and the ids of the upstream', async () => {
  await using world = await open();
  const draft = await world.engine.videos.makeVideo(await orderVideo(nextTask()), tools());
  expect(draft).toMatchObject({
    file: { media_type: 'video/mp4', bytes: 92_206, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) },
    details: { upstream_task_id: world.standIn.tasks()[0]?.id, final_unit_deduction: '3' },
  });
  expect(draft.duration_seconds).toBeGreaterThan(1);
  expect(draft.details.upstream_request_ids).toHaveLength(2);
});

describe('one upstream task and a finished video, when the first create', () => {
  const faults: CallFault[] = [
    ...([
      'lost_request',
      'lost_answer',
      'no_answer',
      'garbage',
      'late_work',
      'done_5000',
      'done_5001',
      'done_5002',
    ] as const),
    ...[1302, 1303, 5000, 5001, 5002],
  ];
  test.each(faults)('ends as %s', async (fault) => {
    await using world = await open();
    world.standIn.plan({ creates: [fault] });
    await world.engine.videos.makeVideo(await orderVideo(nextTask()), tools());
    expect(Object.values(world.standIn.made())).toEqual([1]);
    expect(new Set(world.standIn.creates(omni).map((one) => one.body.external_task_id)).size).toBe(1);
  });
});

test('a create without an answer is looked up before anything is sent again', async () => {
  await using world = await open();
  world.standIn.plan({ creates: ['lost_answer'] });
  await world.engine.videos.makeVideo(await orderVideo(nextTask()), tools());
  expect(world.standIn.creates(omni)).toHaveLength(1);
});

test('a lost answer, reads that lag and a second create refused as existing: the video is waited for and made once', async () => {
  await using world = await open();
  world.standIn.plan({ creates: ['lost_answer'], tasks: [{ unseen: 12 }] });
  await world.engine.videos.makeVideo(await orderVideo(nextTask()), tools());
  // Sent again once, and never once the upstream had said that the id is taken.
  expect(world.standIn.creates(omni)).toHaveLength(2);
  expect(Object.values(world.standIn.made())).toEqual([1]);
});

test('a video that was accepted is looked for until its deadline, however often the upstream does not find it', async () => {
  await using world = await open();
  world.standIn.plan({ tasks: [{ unseen: 20 }] });
  await world.engine.videos.makeVideo(await orderVideo(nextTask()), tools());
  expect(world.standIn.creates(omni)).toHaveLength(1);
});

test('what was accepted and is not there for a while after its deadline has vanished, and says so', async () => {
  await using world = await open();
  world.standIn.plan({ tasks: [{ unseen: 100_000 }] });
  const task = nextTask();
  const making = catchError(world.engine.videos.makeVideo(await orderVideo(task), tools()));
  await until('a look', async () => (await readTask(task))?.look === 'absent');
  await sql`update kling_tasks set sent_at = now() - interval '3 hours', resent_at = null where subject = ${task}`.execute(
    database.db,
  );
  expect(await making).toMatchObject({ code: 'service_error', message: expect.stringContaining('no longer knows') });
});

test.each([1303, 1302, 1102])(
  'a second create refused with %i says nothing of the first, which is found',
  async (code) => {
    await using world = await open();
    world.standIn.plan({ creates: ['lost_answer', code], tasks: [{ unseen: 8 }] });
    await world.engine.videos.makeVideo(await orderVideo(nextTask()), tools());
    expect(Object.values(world.standIn.made())).toEqual([1]);
  },
);

test('a second create refused for its content, of which the first left nothing, fails with that refusal', async () => {
  await using world = await open();
  world.standIn.plan({ creates: ['lost_request', ...Array(20).fill(1301)] });
  const error = await catchError(world.engine.videos.makeVideo(await orderVideo(nextTask()), tools()));
  expect(error).toMatchObject({ code: 'content_policy_violation' });
  expect(world.standIn.tasks()).toEqual([]);
});

test('nothing is sent twice when the upstream could not be reached at first', async () => {
  await using world = await open();
  const away = openEngine(database.db, 'http://127.0.0.1:9', { environment: { TROUPE_KLING_ACCOUNT: world.account } });
  const task = nextTask();
  const stop = new AbortController();
  const first = away.videos.makeVideo(await orderVideo(task), tools(stop.signal));
  await until('a try', async () => (await readTask(task))?.sends > 1);
  stop.abort(new Error('stopped'));
  await expect(first).rejects.toThrow('stopped');
  await away.close();
  await world.engine.videos.makeVideo(await orderVideo(task), tools());
  expect(Object.values(world.standIn.made())).toEqual([1]);
});

test('a result that comes later than the end of its task is waited for, and one that never comes fails the task', async () => {
  await using world = await open();
  world.standIn.plan({ tasks: [{ empty: 3 }, { empty: 1000 }] });
  await world.engine.videos.makeVideo(await orderVideo(nextTask()), tools());
  const error = await catchError(world.engine.videos.makeVideo(await orderVideo(nextTask()), tools()));
  expect(error).toMatchObject({ code: 'generation_failed_no_content' });
});

test('reads that fail are repeated until the task has ended', async () => {
  await using world = await open();
  world.standIn.plan({ queries: [5000, 'lost_request', 5001, 1302, 1000, null] });
  await world.engine.videos.makeVideo(await orderVideo(nextTask()), tools());
  expect(world.standIn.tasks()).toHaveLength(1);
});

test('an aborted call leaves its task upstream, and the next call goes on with it', async () => {
  await using world = await open({ taskMs: 100_000 });
  const task = nextTask();
  const stop = new AbortController();
  const first = world.engine.videos.makeVideo(await orderVideo(task), tools(stop.signal));
  await until('the task upstream', () => world.standIn.tasks().length === 1);
  await until('its row', async () => (await readTask(task))?.state === 'submitted');
  stop.abort(new Error('stopped'));
  await expect(first).rejects.toThrow('stopped');
  world.standIn.finishAll();
  await world.engine.videos.makeVideo(await orderVideo(task), tools());
  expect(world.standIn.creates(omni)).toHaveLength(1);
});

test('a call that is aborted while its create is under way is found by the next one', async () => {
  await using world = await open();
  const task = nextTask();
  const stop = new AbortController();
  world.standIn.plan({ creates: ['no_answer'] });
  const first = world.engine.videos.makeVideo(await orderVideo(task), tools(stop.signal));
  await until('the task upstream', () => world.standIn.tasks().length === 1);
  stop.abort(new Error('stopped'));
  await expect(first).rejects.toThrow('stopped');
  await world.engine.videos.makeVideo(await orderVideo(task), tools());
  expect(world.standIn.creates(omni)).toHaveLength(1);
});

describe('a key that is replaced while a task runs', () => {
  const pair = {
    TROUPE_KLING_API_KEY: '',
    TROUPE_KLING_ACCOUNT: '',
    TROUPE_KLING_ACCESS_KEY: 'access-key-0123456789abcdef',
    TROUPE_KLING_SECRET_KEY: 'secret-key-0123456789abcdef',
  };

  /** A task that one key has sent and that runs on, and an engine that has another key. */
  async function beginWithPair(world: Awaited<ReturnType<typeof open>>, baseUrl: string) {
    const first = openEngine(database.db, world.standIn.url, { environment: pair });
    const task = nextTask();
    const stop = new AbortController();
    const making = first.videos.makeVideo(await orderVideo(task), tools(stop.signal));
    await until('its row', async () => (await readTask(task))?.state === 'submitted');
    stop.abort(new Error('stopped'));
    await expect(making).rejects.toThrow('stopped');
    await first.close();
    return { task, engine: openEngine(database.db, baseUrl) };
  }

  test('leaves the task where it is, and the new key of the same account follows it on', async () => {
    await using world = await open({ taskMs: 100_000 });
    const { task, engine } = await beginWithPair(world, world.standIn.url);
    world.standIn.finishAll();
    await engine.videos.makeVideo(await orderVideo(task), tools());
    await engine.close();
    expect(world.standIn.creates(omni)).toHaveLength(1);
  });

  test("looks for the task until its deadline when it is another account's, and sends nothing there", async () => {
    await using world = await open({ taskMs: 100_000 });
    await using others = await startStandIn();
    const { task, engine } = await beginWithPair(world, others.url);
    const making = catchError(engine.videos.makeVideo(await orderVideo(task), tools()));
    await until('a look', async () => (await readTask(task))?.look === 'absent');
    await sql`update kling_tasks set sent_at = now() - interval '3 hours' where subject = ${task}`.execute(database.db);
    expect((await making).message).toContain('another Kling account');
    await engine.close();
    expect(others.creates(omni)).toEqual([]);
  });
});

test('a failed task says why, as moderation, and says the same when it is asked again', async () => {
  await using world = await open();
  const task = nextTask();
  world.standIn.plan({ tasks: [{ fails: 'Failure to pass the risk control system' }] });
  for (let call = 0; call < 2; call += 1) {
    const error = await catchError(world.engine.videos.makeVideo(await orderVideo(task), tools()));
    expect(error).toMatchObject({ code: 'content_policy_violation', retryable: false });
    expect(error.message).toContain('Failure to pass the risk control system');
    expect(error.message).toContain(world.standIn.tasks()[0]?.id);
  }
  expect(world.standIn.creates(omni)).toHaveLength(1);
});

test.each([
  [1301, 'content_policy_violation'],
  [1300, 'content_policy_violation'],
  [1200, 'invalid_parameters'],
  [1203, 'invalid_parameters'],
])('a create refused with %i fails as %s with the words of the upstream', async (code, expected) => {
  await using world = await open();
  world.standIn.plan({ creates: [code] });
  const error = await catchError(world.engine.videos.makeVideo(await orderVideo(nextTask()), tools()));
  expect(error).toMatchObject({ code: expected });
  expect(error.message).toMatch(new RegExp(`code ${code}, request [0-9a-f-]+`));
});

test.each([1000, 1100, 1101, 1102, 1103, 1202, 1304])(
  'a create refused with %i holds its video, which is told so, is logged once, and is made when the stop is over',
  async (code) => {
    const alerts: unknown[] = [];
    const log = { error: (facts: unknown) => alerts.push(facts), warn: () => {}, info: () => {} };
    await using world = await open({}, { log: log as never });
    world.standIn.refuse(() => code);
    const steps: string[] = [];
    const watched = { ...tools(), onProgress: (_: number, step: string) => void steps.push(step) };
    const making = world.engine.videos.makeVideo(await orderVideo(nextTask()), watched);
    await until('it to be held', () => steps.includes('held'));
    await until('another try', () => world.standIn.creates(omni).length > 1);
    expect(alerts).toHaveLength(1);
    const precheck = { account_id: 1, spec: (await orderVideo('')).spec, cast: [], sources: [] };
    const refusal = await until('new requests to be refused', async () =>
      catchError(Promise.resolve().then(() => world.engine.videos.checkVideo(precheck))).catch(() => null),
    );
    expect(refusal).toMatchObject({ status: 503, code: 'service_unavailable' });
    world.standIn.refuse(() => null);
    await making;
    expect(Object.values(world.standIn.made())).toEqual([1]);
  },
);

test('a pause for want of room is logged, and ends when a task of the same model ends there', async () => {
  const warned: { code?: number }[] = [];
  const log = { error: () => {}, warn: (facts: { code?: number }) => warned.push(facts), info: () => {} };
  const intervals = { ...quickIntervals, backOffFirstMs: 3_600_000, backOffMaxMs: 3_600_000 };
  await using world = await open({ taskMs: 100_000 }, { log: log as never, intervals });
  const first = world.engine.videos.makeVideo(await orderVideo(nextTask()), tools());
  await until('the first upstream', () => world.standIn.tasks().length === 1);
  world.standIn.plan({ creates: [1303] });
  const second = world.engine.videos.makeVideo(await orderVideo(nextTask()), tools());
  await until('the refusal to be logged', () => warned.some(({ code }) => code === 1303));
  world.standIn.configure({ taskMs: 30 });
  world.standIn.finishAll();
  await Promise.all([first, second]);
});

test('a gateway that answers looks and creates with a page stops nobody: all videos are made, each once', async () => {
  await using world = await open(
    { parallelMax: 1, taskMs: 100 },
    { environment: { TROUPE_KLING_PARALLEL_VIDEOS: '1' } },
  );
  world.standIn.plan({ creates: ['page_403', null, 'page_403'], queries: ['page_403', 'page_404', null, 'page_403'] });
  await Promise.all(
    Array.from({ length: 4 }, async () => world.engine.videos.makeVideo(await orderVideo(nextTask()), tools())),
  );
  expect(Object.values(world.standIn.made())).toEqual([1, 1, 1, 1]);
});

test('what the upstream has not finished by the deadline fails as generation_timeout', async () => {
  await using world = await open({ taskMs: 100_000 });
  const task = nextTask();
  const order = await orderVideo(task);
  const stop = new AbortController();
  const first = world.engine.videos.makeVideo(order, tools(stop.signal));
  await until('its row', async () => (await readTask(task))?.state === 'submitted');
  stop.abort(new Error('stopped'));
  await expect(first).rejects.toThrow('stopped');
  await sql`update kling_tasks set sent_at = now() - interval '2 hours' where subject = ${task}`.execute(database.db);
  const error = await catchError(world.engine.videos.makeVideo(await orderVideo(task), tools()));
  expect(error).toMatchObject({ code: 'generation_timeout' });
});

test.each([
  [1102, 'did not accept requests of this server'],
  [1303, 'had no room for it'],
])('a video that was refused with %i until its deadline says that it was never sent, and why', async (code, words) => {
  // Nothing is sent a second time here: a stop in the middle of a create leaves a task of which more than that is known.
  const never = { backOffFirstMs: 3_600_000, backOffMaxMs: 3_600_000, stopMs: 3_600_000 };
  await using world = await open({}, { intervals: { ...quickIntervals, ...never } });
  world.standIn.refuse(() => code);
  const task = nextTask();
  const stop = new AbortController();
  const first = world.engine.videos.makeVideo(await orderVideo(task), tools(stop.signal));
  await until('a refusal', async () => {
    const row = await readTask(task);
    return row?.state === 'waiting' && row.sends > 0;
  });
  stop.abort(new Error('stopped'));
  await expect(first).rejects.toThrow('stopped');
  await sql`update kling_tasks set created_at = now() - interval '9 hours' where subject = ${task}`.execute(
    database.db,
  );
  const error = await catchError(world.engine.videos.makeVideo(await orderVideo(task), tools()));
  expect(error).toMatchObject({ code: 'generation_timeout', message: expect.stringContaining(words) });
});

test('a video whose element is held says that it is held', async () => {
  await using world = await open();
  world.standIn.refuse(() => 1101);
  const stop = new AbortController();
  const steps: string[] = [];
  const order = await orderVideo(nextTask(), { cast: [castOfPictures(`10000000000000${nextNumber()}`)] });
  const onProgress = (_: number, step: string) => void steps.push(step);
  const video = world.engine.videos.makeVideo(order, { ...tools(stop.signal), onProgress });
  await until('it to be held', () => steps.includes('held'));
  stop.abort(new Error('stopped'));
  await expect(video).rejects.toThrow('stopped');
});

test('a link that has run out is replaced by a fresh one', async () => {
  await using world = await open();
  const task = nextTask();
  const order = await orderVideo(task);
  await world.engine.videos.makeVideo(order, tools());
  world.standIn.expireLinks();
  const before = world.standIn.linkDownloads();
  const draft = await world.engine.videos.makeVideo(await orderVideo(task), tools());
  expect(draft.file.bytes).toBe(92_206);
  expect(world.standIn.linkDownloads()).toBe(before + 2);
});

test.each([
  ['too large', { environment: { TROUPE_KLING_RESULT_BYTES_MAX: '2048' } }, {}],
  ['no video', {}, { resultFile: new URL('../../../package.json', import.meta.url) }],
])(
  'a result that is %s fails for good after three tries, with its reason, and is fetched no more',
  async (_, engine, options) => {
    await using world = await open(options, engine);
    const error = await catchError(world.engine.videos.makeVideo(await orderVideo(nextTask()), tools()));
    expect(error).toMatchObject({ code: 'service_error', retryable: false });
    expect(error.message).toContain('could not be fetched from the Kling API: ');
    expect(world.standIn.linkDownloads()).toBe(3);
  },
);

test('a result whose fresh links are all refused is tried again for a day, and then fails for good', async () => {
  await using world = await open();
  const task = nextTask();
  await world.engine.videos.makeVideo(await orderVideo(task), tools());
  world.standIn.refuseLinks(true);
  const failAfter = async (hours: number) => {
    await sql`update kling_tasks set finished_at = now() - ${hours} * interval '1 hour' where subject = ${task}`.execute(
      database.db,
    );
    return await catchError(world.engine.videos.makeVideo(await orderVideo(task), tools()));
  };
  expect(await failAfter(23)).toMatchObject({ code: 'service_error', retryable: true });
  expect(await failAfter(25)).toMatchObject({ message: expect.stringContaining('status 403'), retryable: false });
});

test('a token is signed by the clock of the upstream once that has refused one', async () => {
  const environment = {
    TROUPE_KLING_API_KEY: '',
    TROUPE_KLING_ACCESS_KEY: 'access-key-0123456789abcdef',
    TROUPE_KLING_SECRET_KEY: 'secret-key-0123456789abcdef',
  };
  for (const clockAheadMs of [-3_600_000, 3_600_000]) {
    await using world = await open({ clockAheadMs }, { environment });
    await world.engine.videos.makeVideo(await orderVideo(nextTask()), tools());
    const tokens = new Set(world.standIn.received().map((one) => one.authorization));
    expect(tokens.size).toBe(2);
  }
});

test('the keys are in no error and no log line', async () => {
  const lines: string[] = [];
  const note = (...words: unknown[]) => lines.push(JSON.stringify(words));
  const log = { error: note, warn: note, info: note };
  const environment = { TROUPE_KLING_API_KEY: 'a-very-secret-api-key' };
  await using world = await open({}, { environment, log: log as never });
  const stop = new AbortController();
  const making = world.engine.videos.makeVideo(await orderVideo(nextTask()), tools(stop.signal));
  making.catch(() => undefined);
  await until('a line', () => lines.length > 0);
  const precheck = { account_id: 1, spec: (await orderVideo('')).spec, cast: [], sources: [] };
  const error = await until('a refusal', async () =>
    catchError(Promise.resolve().then(() => world.engine.videos.checkVideo(precheck))).catch(() => null),
  );
  stop.abort(new Error('stopped'));
  await expect(making).rejects.toThrow('stopped');
  const told = [error.message, error.stack, ...lines].join('\n');
  expect(told).not.toContain('a-very-secret');
});

describe('elements', () => {
  test('an element of another engine is made upstream once, and its long id is sent digit by digit', async () => {
    await using world = await open();
    const cast = [castOfPictures('4129876500123456')];
    const first = await orderVideo(nextTask(), { cast });
    const second = await orderVideo(nextTask(), { cast });
    await Promise.all([first, second].map((order) => world.engine.videos.makeVideo(order, tools())));
    const made = world.standIn.tasks().filter((task) => task.path.endsWith('custom-elements'));
    expect(made).toHaveLength(1);
    expect(made[0]?.madeId).toMatch(/^\d{18,19}$/);
    for (const create of world.standIn.creates(omni)) {
      expect(create.text).toContain(`"element_list":[{"element_id":${made[0]?.madeId}}]`);
    }
  });

  test('an element that the upstream refuses fails the video in the field that named it, and is tried anew later', async () => {
    await using world = await open();
    const cast = [castOfPictures('4129876500123457')];
    world.standIn.plan({ tasks: [{ fails: 'sensitive content' }] });
    const error = await catchError(world.engine.videos.makeVideo(await orderVideo(nextTask(), { cast }), tools()));
    expect(error).toMatchObject({ code: 'content_policy_violation', param: 'model_params.element_list[0].element_id' });
    expect(error.message).toMatch(/^model_params\.element_list\[0\]\.element_id: /);
    await world.engine.videos.makeVideo(await orderVideo(nextTask(), { cast }), tools());
  });

  test('an element that never became ready upstream is tried anew by a later video', async () => {
    await using world = await open({ taskMs: 100_000 });
    const cast = [castOfPictures('4129876500123459')];
    const first = catchError(world.engine.videos.makeVideo(await orderVideo(nextTask(), { cast }), tools()));
    const row = await until('its row', async () => {
      const task = await readTask('4129876500123459');
      return task?.state === 'submitted' && task;
    });
    await sql`update kling_tasks set sent_at = now() - interval '3 hours'
      where external_task_id = ${row.external_task_id}`.execute(database.db);
    expect(await first).toMatchObject({ code: 'generation_timeout' });
    world.standIn.configure({ taskMs: 30 });
    await world.engine.videos.makeVideo(await orderVideo(nextTask(), { cast }), tools());
  });

  test('an element that somebody has deleted at the vendor is made there again once, and the video is made', async () => {
    await using world = await open();
    const cast = [castOfPictures('4129876500123471'), castOfPictures('4129876500123472')];
    await world.engine.videos.makeVideo(await orderVideo(nextTask(), { cast }), tools());
    const [lost] = world.standIn.tasks();
    if (lost !== undefined) lost.deleted = true;
    await world.engine.videos.makeVideo(await orderVideo(nextTask(), { cast }), tools());
    expect(world.standIn.creates('/v1/general/advanced-custom-elements')).toHaveLength(3);
    expect(world.standIn.creates(omni)).toHaveLength(3);
  });

  test('what is refused though its elements are all there fails with the words of the upstream and our id, after one create', async () => {
    await using world = await open();
    const cast = [castOfPictures('4129876500123473')];
    await world.engine.videos.makeVideo(await orderVideo(nextTask(), { cast }), tools());
    const id = world.standIn.tasks()[0]?.madeId;
    world.standIn.refuse(() => {
      throw new Refusal(1201, `element ${id} is not suitable`);
    });
    const error = await catchError(world.engine.videos.makeVideo(await orderVideo(nextTask(), { cast }), tools()));
    expect(error).toMatchObject({ code: 'invalid_parameters' });
    expect(error.message).toContain('element 4129876500123473 is not suitable');
    expect(world.standIn.creates(omni)).toHaveLength(2);
  });

  test('an element that was deleted upstream is made anew by the next video', async () => {
    await using world = await open();
    const cast = [castOfPictures('4129876500123458')];
    await world.engine.videos.makeVideo(await orderVideo(nextTask(), { cast }), tools());
    await world.engine.elements.forgetElement?.('4129876500123458');
    await world.engine.elements.forgetElement?.('4129876500123458');
    await world.engine.videos.makeVideo(await orderVideo(nextTask(), { cast }), tools());
    expect(world.standIn.tasks().filter((task) => task.path.endsWith('custom-elements'))).toHaveLength(2);
  });
});

describe('slots', () => {
  test('never more run upstream than the account has, and the first to come is the first to go', async () => {
    await using world = await open({ parallelMax: 100 }, { environment: { TROUPE_KLING_PARALLEL_VIDEOS: '2' } });
    const orders = await Promise.all(Array.from({ length: 8 }, () => orderVideo(nextTask())));
    await Promise.all(orders.map((order) => world.engine.videos.makeVideo(order, tools())));
    expect(world.standIn.parallelPeak()).toBe(2);
    const { rows } = await sql<{ external_task_id: string }>`
      select external_task_id from kling_tasks where credential = ${world.account} order by arrival`.execute(
      database.db,
    );
    const sent = world.standIn.creates(omni).map((one) => one.body.external_task_id);
    // Two that are let through together may overtake each other on the way.
    for (const [at, { external_task_id }] of rows.entries()) {
      expect(Math.abs(sent.indexOf(external_task_id) - at)).toBeLessThanOrEqual(1);
    }
  });

  test('a task that vanished upstream and that nobody can wait for any more holds no slot', async () => {
    await using world = await open({}, { environment: { TROUPE_KLING_PARALLEL_VIDEOS: '1' } });
    await world.engine.videos.makeVideo(await orderVideo(nextTask()), tools());
    const vanished = nextTask();
    await sql`
      insert into kling_tasks (external_task_id, purpose, subject, credential, endpoint, product, state, holds_slot,
        upstream_task_id, created_at, sent_at)
      values (${`lost-${vanished}`}, 'video', ${vanished}, ${world.account}, ${omni}, 'video/kling-v3-omni', 'submitted', true,
        '404', now() - interval '1 day', now() - interval '1 day')`.execute(database.db);
    await world.engine.videos.makeVideo(await orderVideo(nextTask()), tools());
    expect((await readTask(vanished))?.state).toBe('failed');
  });

  test('a task that nobody follows any more gives its slot back when it has ended', async () => {
    await using world = await open({ taskMs: 100_000 }, { environment: { TROUPE_KLING_PARALLEL_VIDEOS: '1' } });
    const abandoned = nextTask();
    const stop = new AbortController();
    const first = world.engine.videos.makeVideo(await orderVideo(abandoned), tools(stop.signal));
    await until('its row', async () => (await readTask(abandoned))?.state === 'submitted');
    stop.abort(new Error('cancelled'));
    await expect(first).rejects.toThrow('cancelled');
    world.standIn.finishAll();
    world.standIn.configure({ taskMs: 30 });
    await world.engine.videos.makeVideo(await orderVideo(nextTask()), tools());
    expect((await readTask(abandoned))?.state).toBe('succeeded');
  });
});

test('a picture that breaks a rule of its model fails the video by its field, and nothing is sent', async () => {
  await using world = await open();
  const order = await orderVideo(nextTask());
  const path = join(order.workFolder, 'small.jpg');
  const small = await sharp({ create: { width: 400, height: 200, channels: 3, background: '#7799cc' } })
    .jpeg()
    .toBuffer();
  await writeFile(path, small);
  const sources = [{ role: 'reference_image' as const, param: 'image_urls[0]', path, bytes: small.length }];
  const error = await catchError(world.engine.videos.makeVideo({ ...order, sources }, tools()));
  expect(error).toMatchObject({ code: 'image_dimension_mismatch', param: 'image_urls[0]' });
  expect(world.standIn.creates(omni)).toEqual([]);
});

test('a first frame that a telephone has stored lying on its side is sent upright', async () => {
  await using world = await open();
  const order = await orderVideo(nextTask(), { spec: specFor('kling-o3-image-to-video') });
  const path = join(order.workFolder, 'lying.jpg');
  const lying = await sharp({ create: { width: 640, height: 400, channels: 3, background: '#7799cc' } })
    .withMetadata({ orientation: 6 })
    .jpeg()
    .toBuffer();
  await writeFile(path, lying);
  const sources = (['image_start', 'image_end'] as const).map((role) => ({
    role,
    param: role,
    path,
    bytes: lying.length,
  }));
  await world.engine.videos.makeVideo({ ...order, sources }, tools());
  for (const { image_url } of world.standIn.creates(omni)[0]?.body.image_list ?? []) {
    const { width, height, orientation } = await sharp(Buffer.from(image_url, 'base64')).metadata();
    expect([width, height, orientation]).toEqual([400, 640, undefined]);
  }
});

async function readTask(subject: string) {
  // biome-ignore lint/suspicious/noExplicitAny: a row as it is
  const { rows } = await sql<any>`select * from kling_tasks where subject = ${subject}`.execute(database.db);
  return rows[0];
}
