import { sql } from 'kysely';
import pino from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  castOfPictures,
  closeMedia,
  openEngine,
  orderVideo,
  quickIntervals,
  specFor,
  tools,
} from '../../../test/helpers/stand-in-kling/open-engine.ts';
import { type StandIn, standInCredentials, startStandIn } from '../../../test/helpers/stand-in-kling/stand-in.ts';
import { insertAccounts } from '../../../test/helpers/test-accounts.ts';
import { openTestDatabase, type TestDatabase } from '../../../test/helpers/test-database.ts';
import { until } from '../../../test/helpers/until.ts';
import { noteBalance } from '../account/report-queries.ts';
import { grantVoice } from '../voices/voice-queries.ts';

/** Two accounts of the vendor, each a server of its own: what was sent stays where it was sent, the rest goes where it can be made. */
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
const nextTask = () => `task-unified-7-${String(nextNumber()).padStart(8, '0')}`;
const nextElement = () => String(4_129_876_500_200_000 + nextNumber());
const omni = '/v1/videos/omni-video';
const elements = '/v1/general/advanced-custom-elements';

type Options = Parameters<typeof startStandIn>[0];

/** `one` is the account of the settings of one, `two` that of the list; each with keys and ids of its own. */
async function open(optionsOfOne: Options = {}, optionsOfTwo: Options = {}, settings: Record<string, string> = {}) {
  const number = nextNumber();
  const keyOfTwo = `api-key-of-two-${number}`;
  const one = await startStandIn(optionsOfOne);
  const two = await startStandIn({ idOffset: 5_000_000_000n, apiKey: keyOfTwo, ...optionsOfTwo });
  const entry = { name: 'two', api_key: keyOfTwo, base_url: two.url };
  const environment = {
    TROUPE_KLING_ACCOUNT: `one-${number}`,
    TROUPE_KLING_ACCOUNTS: JSON.stringify([entry]),
    TROUPE_KLING_PARALLEL_VIDEOS: '2',
    ...settings,
  };
  const engines: ReturnType<typeof openEngine>[] = [];
  const start = async (change: Record<string, string> = {}, log?: Parameters<typeof openEngine>[2]) => {
    const engine = openEngine(database.db, one.url, { ...log, environment: { ...environment, ...change } });
    engines.push(engine);
    await engine.greet();
    return engine;
  };
  const engine = await start();
  return {
    one,
    two,
    engine,
    start,
    entry,
    credential: `one-${number}`,
    async [Symbol.asyncDispose]() {
      await Promise.all(engines.map((each) => each.close()));
      await one[Symbol.asyncDispose]();
      await two[Symbol.asyncDispose]();
    },
  };
}

type World = Awaited<ReturnType<typeof open>>;
const videosAt = (standIn: StandIn) => standIn.tasks().filter(({ path }) => path === omni).length;
const elementsAt = (standIn: StandIn) => standIn.tasks().filter(({ path }) => path === elements);
const make = async (engine: World['engine'], task = nextTask(), change: Parameters<typeof orderVideo>[1] = {}) =>
  await engine.videos.makeVideo(await orderVideo(task, change), tools());
const rowOf = async (subject: string) => {
  const { rows } = await sql<{ state: string; credential: string; sends: number }>`
    select state, credential, sends from kling_tasks where subject = ${subject} and purpose = 'video'`.execute(
    database.db,
  );
  return rows[0];
};

test('twice as many videos at once as one account has slots: each account makes as many as it may, and nothing is made twice', async () => {
  await using world = await open({ parallelMax: 2 }, { parallelMax: 2 });
  await Promise.all(Array.from({ length: 12 }, () => make(world.engine)));
  expect(videosAt(world.one) + videosAt(world.two)).toBe(12);
  expect(videosAt(world.two)).toBeGreaterThan(2);
  expect(world.one.parallelPeak()).toBeLessThanOrEqual(2);
  expect(world.two.parallelPeak()).toBeLessThanOrEqual(2);
  const made = [...Object.keys(world.one.made()), ...Object.keys(world.two.made())];
  expect(new Set(made).size).toBe(12);
});

test('what waits at an account whose slots are taken is made at the other when a slot is free there', async () => {
  await using world = await open({ taskMs: 100_000 }, { taskMs: 100_000 });
  const running = Array.from({ length: 4 }, () => make(world.engine));
  await until('all slots to be taken', () => videosAt(world.one) === 2 && videosAt(world.two) === 2);
  const late = [make(world.engine), make(world.engine)];
  await until('both to wait', async () => {
    const { rows } =
      await sql`select from kling_tasks where credential in (${world.credential}) and state = 'waiting'`.execute(
        database.db,
      );
    return rows.length > 0;
  });
  world.two.configure({ taskMs: 30 });
  world.two.finishAll();
  await Promise.all(late);
  expect(videosAt(world.two)).toBe(4);
  world.one.finishAll();
  await Promise.all(running);
});

test('an element is made at each account where it is used, once, however many videos of however many processes want it', async () => {
  await using world = await open({ parallelMax: 2 }, { parallelMax: 2 });
  const engines = [world.engine, await world.start()];
  const element = nextElement();
  await Promise.all(
    Array.from({ length: 8 }, (_, at) =>
      make(engines[at % 2] as World['engine'], nextTask(), { cast: [castOfPictures(element)] }),
    ),
  );
  expect(videosAt(world.one)).toBeGreaterThan(0);
  expect(videosAt(world.two)).toBeGreaterThan(0);
  expect(elementsAt(world.one)).toHaveLength(1);
  expect(elementsAt(world.two)).toHaveLength(1);
  // Each account was given its own id: the stand-in refuses another's.
  for (const standIn of [world.one, world.two]) {
    const [made] = elementsAt(standIn);
    const named = standIn.creates(omni).map(({ body }) => String(body.element_list[0].element_id));
    expect(new Set(named)).toEqual(new Set([made?.madeId]));
  }
  await world.engine.elements.forgetElement?.(element);
  expect([...elementsAt(world.one), ...elementsAt(world.two)].every(({ deleted }) => deleted)).toBe(true);
});

test('a video goes where its cast is already', async () => {
  await using world = await open();
  const element = nextElement();
  world.one.refuse(() => 1102);
  await make(world.engine, nextTask(), { cast: [castOfPictures(element)] });
  expect(videosAt(world.two)).toBe(1);
  world.one.refuse(() => null);
  await sql`update kling_accounts set stop_reason = null, stopped_until = '-infinity'`.execute(database.db);
  await make(world.engine, nextTask(), { cast: [castOfPictures(element)] });
  expect([videosAt(world.one), videosAt(world.two)]).toEqual([0, 2]);
  // Without it the first is as good.
  await make(world.engine);
  expect(videosAt(world.one)).toBe(1);
});

test.each([1102, 1000, 1103])(
  'an account that is refused (%i) stops for itself only: the video is made at the other',
  async (code) => {
    await using world = await open();
    world.one.plan({ rate: 1, anyOf: [code], queryFaults: [] });
    const drafts = await Promise.all([make(world.engine), make(world.engine), make(world.engine)]);
    expect(drafts).toHaveLength(3);
    expect([videosAt(world.one), videosAt(world.two)]).toEqual([0, 3]);
    // And it takes some again when that was mended, without a word of anybody.
    world.one.plan({});
    await until('the first to take one again', async () => {
      await make(world.engine);
      return videosAt(world.one) > 0;
    });
  },
);

test('with a wrong key the cast can not be made there: the video moves on before it is sent, with its cast', async () => {
  await using world = await open();
  world.one.plan({ rate: 1, anyOf: [1000], queryFaults: [1000] });
  const element = nextElement();
  await make(world.engine, nextTask(), { cast: [castOfPictures(element)] });
  expect([videosAt(world.one), videosAt(world.two)]).toEqual([0, 1]);
  expect(elementsAt(world.one)).toHaveLength(0);
  expect(elementsAt(world.two)).toHaveLength(1);
});

test('when no account takes any, the task is held and says so, and goes on at whichever is mended', async () => {
  await using world = await open();
  world.one.refuse(() => 1102);
  world.two.refuse(() => 1102);
  const steps: string[] = [];
  const held = world.engine.videos.makeVideo(await orderVideo(nextTask()), {
    ...tools(),
    onProgress: (_, step) => void steps.push(step),
  });
  await until('it to be held', () => steps.includes('held'));
  world.two.refuse(() => null);
  await held;
  expect([videosAt(world.one), videosAt(world.two)]).toEqual([0, 1]);
});

test('new requests are refused only while every account is stopped', async () => {
  await using world = await open();
  const engine = await world.start({}, { intervals: { ...quickIntervals, stopMs: 600_000 } });
  const check = async () => {
    const precheck = { account_id: 1, spec: specFor('kling-o3-text-to-video'), cast: [], sources: [] };
    return await Promise.resolve(engine.videos.checkVideo(precheck)).then(
      () => 200,
      (error) => error.status,
    );
  };
  world.one.refuse(() => 1102);
  await make(engine);
  expect(videosAt(world.two)).toBe(1);
  expect(await check()).toBe(200);
  world.two.refuse(() => 1102);
  const stop = new AbortController();
  const held = engine.videos.makeVideo(await orderVideo(nextTask()), tools(stop.signal));
  await until('a refusal', async () => (await check()) === 503);
  stop.abort(new Error('enough'));
  await expect(held).rejects.toThrow('enough');
});

test('packs that are too small by what the account told leave it for the other', async () => {
  await using world = await open();
  const pack = { name: 'Video units', total_units: 100, remaining_units: 2, ends_at: null, status: 'online' };
  await noteBalance(database.db, world.credential, [pack]);
  await make(world.engine);
  expect([videosAt(world.one), videosAt(world.two)]).toEqual([0, 1]);
});

test('what was sent stays with its account: an answer that gets lost is looked up there, and sent again there alone', async () => {
  await using world = await open();
  world.one.plan({ creates: ['lost_request'] });
  const task = nextTask();
  await make(world.engine, task);
  expect([videosAt(world.one), videosAt(world.two)]).toEqual([1, 0]);
  expect(world.two.received().filter(({ method }) => method === 'POST')).toHaveLength(0);
  expect((await rowOf(task))?.sends).toBe(2);
});

test('an account that is stopped while its videos are in work still has them looked for and fetched', async () => {
  await using world = await open({ taskMs: 100_000 });
  const task = nextTask();
  const running = make(world.engine, task);
  await until('it to be sent', async () => (await rowOf(task))?.state === 'submitted');
  world.one.plan({ queries: [1102, 1000, 1102] });
  await until('a stop', async () => {
    const { rows } = await sql`
      select from kling_accounts where credential = ${world.credential} and stop_reason is not null`.execute(
      database.db,
    );
    return rows.length > 0;
  });
  world.one.finishAll();
  await running;
  expect([videosAt(world.one), videosAt(world.two)]).toEqual([1, 0]);
});

test('a key that is taken out of the settings while a task is in doubt holds it, and nothing of it is sent to the other account', async () => {
  await using world = await open({}, { taskMs: 100_000 }, { TROUPE_KLING_DEADLINE_SECONDS: '600' });
  // The second takes it, and says nothing.
  world.one.refuse(() => 1102);
  const task = nextTask();
  world.two.plan({ creates: ['lost_answer'], queryFaults: ['lost_request'], rate: 1 });
  const stop = new AbortController();
  const begun = world.engine.videos.makeVideo(await orderVideo(task), tools(stop.signal));
  await until('it to be in doubt', async () => (await rowOf(task))?.state === 'sending' && videosAt(world.two) === 1);
  stop.abort(new Error('the process ends'));
  await expect(begun).rejects.toThrow('the process ends');
  await world.engine.close();
  world.one.refuse(() => null);

  const lines: string[] = [];
  const log = pino({ level: 'warn' }, { write: (line: string) => void lines.push(line) });
  const without = await world.start({ TROUPE_KLING_ACCOUNTS: '' }, { log });
  expect(lines.join('')).toContain('that the settings do not name');
  const steps: string[] = [];
  const ended = new AbortController();
  const order = await orderVideo(task);
  const held = without.videos.resumeVideo?.(order, {
    ...tools(ended.signal),
    onProgress: (_, step) => void steps.push(step),
  });
  const looks = () =>
    world.one.received().filter(({ method, path }) => method === 'GET' && path.startsWith(`${omni}/`));
  await until('it to be looked for in vain for a while', () => looks().length > 6);
  expect(steps).toContain('held');
  expect((await without.reports.showStatus()).lost_tasks).toBeGreaterThan(0);
  ended.abort(new Error('the process ends'));
  await expect(held).rejects.toThrow('the process ends');
  expect(world.one.creates(omni).filter(({ body }) => body.external_task_id.includes(task))).toHaveLength(0);
  expect(videosAt(world.one)).toBe(0);
  await without.close();

  // The key is back: it is followed to its end where it was sent, and was made once.
  world.two.plan({});
  world.two.finishAll();
  const back = await world.start();
  const draft = (await back.videos.resumeVideo?.(order, tools())) ?? (await back.videos.makeVideo(order, tools()));
  expect(draft.duration_seconds).toBe(5);
  expect([videosAt(world.one), videosAt(world.two)]).toEqual([0, 1]);
});

test('what only waited at an account whose key is taken out goes to another', async () => {
  await using world = await open();
  const task = nextTask();
  await sql`
    insert into kling_tasks (external_task_id, purpose, subject, credential, endpoint, product, holds_slot)
    values (${`troupe-${task}`}, 'video', ${task}, 'long-gone', ${omni}, 'video/kling-v3-omni', true)`.execute(
    database.db,
  );
  await make(world.engine, task);
  expect(videosAt(world.one) + videosAt(world.two)).toBe(1);
});

test('an element that began to wait at an account long ago, for a video that went elsewhere, is made when the next one needs it', async () => {
  await using world = await open();
  const element = nextElement();
  await sql`
    insert into kling_tasks (external_task_id, purpose, subject, credential, endpoint, product, holds_slot, created_at)
    values (${`troupe-old-${element}`}, 'provision', ${element}, ${world.credential}, ${elements}, 'element', false,
      now() - interval '1 day')`.execute(database.db);
  await make(world.engine, nextTask(), { cast: [castOfPictures(element)] });
  expect([videosAt(world.one), elementsAt(world.one).length]).toEqual([1, 1]);
});

test('a key of the list that is replaced by a pair of the same account: its tasks and elements go on there', async () => {
  const number = nextNumber();
  const pair = { accessKey: `access-${number}`, secretKey: `secret-${number}` };
  await using world = await open({}, { taskMs: 100_000, ...pair });
  world.one.refuse(() => 1102);
  const element = nextElement();
  const task = nextTask();
  world.two.configure({ taskMs: 20 });
  await make(world.engine, nextTask(), { cast: [castOfPictures(element)] });
  world.two.configure({ taskMs: 100_000 });
  const stop = new AbortController();
  const begun = world.engine.videos.makeVideo(await orderVideo(task), tools(stop.signal));
  await until('it to be sent', async () => (await rowOf(task))?.state === 'submitted');
  stop.abort(new Error('the process ends'));
  await expect(begun).rejects.toThrow('the process ends');
  await world.engine.close();

  const entry = { name: 'renamed', access_key: pair.accessKey, secret_key: pair.secretKey, base_url: world.two.url };
  const renewed = await world.start({ TROUPE_KLING_ACCOUNTS: JSON.stringify([entry]) });
  world.two.finishAll();
  await renewed.videos.resumeVideo?.(await orderVideo(task), tools());
  world.two.configure({ taskMs: 20 });
  await make(renewed, nextTask(), { cast: [castOfPictures(element)] });
  expect(elementsAt(world.two)).toHaveLength(1);
  expect([videosAt(world.one), videosAt(world.two)]).toEqual([0, 3]);
});

test('two keys of one account in the settings are told as an error', async () => {
  await using world = await open();
  await make(world.engine);
  const lines: string[] = [];
  const twin = { name: 'twin', access_key: standInCredentials.accessKey, secret_key: standInCredentials.secretKey };
  const log = pino({ level: 'error' }, { write: (line: string) => void lines.push(line) });
  const accounts = JSON.stringify([{ ...twin, base_url: world.one.url }]);
  await world.start({ TROUPE_KLING_ACCOUNTS: accounts }, { log });
  expect(lines.join('')).toContain('keys of the same Kling account');
  expect(lines.join('')).not.toContain(standInCredentials.secretKey);
});

test.each([
  ['by its key', {}],
  ['under a name of its own', { TROUPE_KLING_ACCOUNT: 'studio' }],
])(
  'the same key twice, once %s, keeps a server from its start, with a message that names the account and not the key',
  (_, name) => {
    const twin = [{ name: 'twin', api_key: standInCredentials.apiKey }];
    const start = () =>
      openEngine(database.db, 'http://127.0.0.1:9', {
        environment: { TROUPE_KLING_ACCOUNTS: JSON.stringify(twin), ...name },
      });
    expect(start).toThrow("'twin' has the key of another");
    expect(start).not.toThrow(standInCredentials.apiKey);
  },
);

test('an element with a voice of one account is made at that one, whichever has more room', async () => {
  await using world = await open();
  const status = await world.engine.reports.showStatus();
  const two = status.accounts.find(({ name }) => name === 'two');
  const voice_id = `82982429573541${nextNumber()}`;
  const [account_id = 0] = await insertAccounts(database.db, 1);
  await grantVoice(database.db, { credential: two?.account ?? '', voice_id, account_id });
  await make(world.engine, nextTask(), { cast: [{ ...castOfPictures(nextElement()), voice_id }] });
  expect([videosAt(world.one), videosAt(world.two)]).toEqual([0, 1]);
});

test('a budget of the day is one for all accounts', async () => {
  await using world = await open({}, {}, { TROUPE_KLING_UNITS_PER_DAY: '6' });
  // 3 units each.
  await Promise.all([make(world.engine), make(world.engine)]);
  const steps: string[] = [];
  const stop = new AbortController();
  const third = world.engine.videos.makeVideo(await orderVideo(nextTask()), {
    ...tools(stop.signal),
    onProgress: (_, step) => void steps.push(step),
  });
  await until('the third to be held', () => steps.includes('held'));
  expect(videosAt(world.one) + videosAt(world.two)).toBe(2);
  stop.abort(new Error('enough'));
  await expect(third).rejects.toThrow('enough');
});
