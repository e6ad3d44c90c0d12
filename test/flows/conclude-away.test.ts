import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createConclusions } from '../../src/flow/index.ts';
import { claimTasks } from '../../src/tasks/index.ts';
import { imageRequest } from '../helpers/flow-bodies.ts';
import { listKinds } from '../helpers/load-books.ts';
import { type MediaOrigin, startOrigin } from '../helpers/start-origin.ts';
import { type DatabaseProxy, startProxy } from '../helpers/start-proxy.ts';
import { type CallbackReceiver, startReceiver } from '../helpers/start-receiver.ts';
import { type StartedTroupe, startTroupe } from '../helpers/start-troupe.ts';
import { until } from '../helpers/until.ts';

let origin: MediaOrigin;
let receiver: CallbackReceiver;

beforeAll(async () => {
  [origin, receiver] = await Promise.all([startOrigin(), startReceiver()]);
});
afterAll(async () => {
  await Promise.all([origin[Symbol.asyncDispose](), receiver[Symbol.asyncDispose]()]);
});

interface Scene extends AsyncDisposable {
  troupe: StartedTroupe;
  proxy: DatabaseProxy;
}

/** A server with the engine that works, whose way to its database breaks on demand. */
async function openScene(environment: Record<string, string> = {}): Promise<Scene> {
  const proxy = await startProxy();
  const troupe = await startTroupe({
    databaseUrl: (url) => proxy.through(url),
    environment: { TROUPE_ELEMENT_ENGINE: 'local', ...environment },
  });
  return {
    troupe,
    proxy,
    async [Symbol.asyncDispose]() {
      proxy.mend();
      await troupe[Symbol.asyncDispose]();
      await proxy[Symbol.asyncDispose]();
    },
  };
}

let count = 0;

/** Submits a task whose first picture is served once `open` is called. */
async function submitHeld(troupe: StartedTroupe) {
  count += 1;
  const [path, callbackPath] = [`/held-${count}.jpg`, `/ended-${count}`];
  const gate = origin.gate(path, '/duck.jpg');
  const body = imageRequest(origin.url(path), [origin.url('/bear.jpg')], { callback_url: receiver.url(callbackPath) });
  const { body: task } = await troupe.submit(body);
  return { id: task.id as string, path, callbackPath, ...gate };
}

/** What the parameters of a conclusion alone hold. */
const conclusion = '"charged_microcredits"';

/** That a finished attempt has met the database in vain. */
const untilItWaits = async ({ log }: StartedTroupe) =>
  await until('the finished work to wait', () => log.some((line) => line.includes('waits for the database')));

const loadTask = async ({ database }: StartedTroupe, id: string) =>
  await database.db.selectFrom('tasks').selectAll().where('id', '=', id).executeTakeFirstOrThrow();

/** As if the heartbeat had stopped for long: the job is free for the next worker. */
async function loseHeartbeat({ database }: StartedTroupe): Promise<void> {
  await sql`update jobs.job set state = 'retry', retry_count = retry_count + 1, start_after = now()
    where state = 'active'`.execute(database.db);
}

/** Files of elements in storage, and those that a row names. */
async function listFiles({ context, database }: StartedTroupe) {
  const stored: string[] = [];
  for await (const { key } of context.storage.list('elements/')) stored.push(key);
  const rows = await database.db.selectFrom('element_files').select('storage_key').execute();
  return { stored: stored.toSorted(), named: rows.map((row) => row.storage_key).toSorted() };
}

/** Concluded once, by its first attempt, with all its files and nothing beside them. */
async function expectKept(troupe: StartedTroupe, held: Awaited<ReturnType<typeof submitHeld>>): Promise<void> {
  const { id, path, callbackPath } = held;
  expect(await troupe.waitForEnd(id)).toMatchObject({ status: 'completed' });
  // Told once, also where the transaction that took effect is the one whose answer was lost.
  const listEnds = () => troupe.log.filter((line) => line.includes('"msg":"completed"') && line.includes(id));
  await until('the worker to say so', () => listEnds().length > 0, 60_000);
  expect(listEnds()).toHaveLength(1);
  expect(await loadTask(troupe, id)).toMatchObject({ attempt: 1, tries: 1, losses: 0 });
  expect(origin.calls(path)).toBe(1);
  const { stored, named } = await listFiles(troupe);
  expect(named.length).toBeGreaterThan(2);
  expect(stored).toEqual(named);
  expect(await listKinds(troupe.database.db, troupe.key.account_id, id)).toEqual(['reserve', 'settle']);
  await until('the callback', () => receiver.received(callbackPath).length > 0);
  await until('no job to be left', async () => {
    const { rows } = await sql`select from jobs.job where data->>'task_id' = ${id}`.execute(troupe.database.db);
    return rows.length === 0;
  });
  expect(receiver.received(callbackPath)).toHaveLength(1);
}

test('work that is done while the database is away is concluded when it is back, and not done again', async () => {
  await using scene = await openScene();
  const { troupe, proxy } = scene;
  troupe.startWorker();
  const held = await submitHeld(troupe);
  await held.asked;
  proxy.cut();
  held.open();
  await untilItWaits(troupe);
  proxy.mend();
  await expectKept(troupe, held);
});

test.each(['before', 'after'] as const)(
  'a conclusion cut %s its COMMIT takes effect: one element with its files, one charge, one callback, nothing done again',
  async (moment) => {
    await using scene = await openScene();
    const { troupe, proxy } = scene;
    troupe.startWorker();
    const held = await submitHeld(troupe);
    await held.asked;
    proxy.cutAtCommit(moment, () => proxy.cut(), conclusion);
    held.open();
    await untilItWaits(troupe);
    // By the way past the proxy: what became of the commit.
    expect((await loadTask(troupe, held.id)).status).toBe(moment === 'before' ? 'processing' : 'completed');
    proxy.mend();
    await expectKept(troupe, held);
  },
);

test('a claim that is lost while finished work waits: its files go, and those of the next attempt stay', async () => {
  await using scene = await openScene();
  const { troupe, proxy } = scene;
  const { db } = troupe.database;
  troupe.startWorker();
  const held = await submitHeld(troupe);
  await held.asked;
  proxy.cut();
  held.open();
  await untilItWaits(troupe);
  const { stored: left } = await listFiles(troupe);
  expect(left.length).toBeGreaterThan(2);
  // Another worker, which reaches the database, has taken the task; its job then is free again.
  await loseHeartbeat(troupe);
  expect(await claimTasks(db, [held.id])).toMatchObject([{ attempt: 2 }]);
  proxy.mend();
  expect(await troupe.waitForEnd(held.id)).toMatchObject({ status: 'completed' });
  expect(await loadTask(troupe, held.id)).toMatchObject({ attempt: 3 });
  const { stored, named } = await until('the files of the lost attempt to be gone', async () => {
    const files = await listFiles(troupe);
    return files.stored.some((key) => left.includes(key)) ? null : files;
  });
  expect(stored).toEqual(named);
  expect(await listKinds(db, troupe.key.account_id, held.id)).toEqual(['reserve', 'settle']);
});

test.each(['before', 'after'] as const)(
  'a database away for longer than it is waited for, cut %s COMMIT took effect: no file of an element is deleted',
  async (moment) => {
    await using scene = await openScene();
    const { troupe, proxy } = scene;
    troupe.context.conclusions = createConclusions(troupe.context, { limitMs: 300, pauseMs: 20, pauseMsMax: 20 });
    troupe.startWorker();
    const held = await submitHeld(troupe);
    await held.asked;
    proxy.cutAtCommit(moment, () => proxy.cut(), conclusion);
    held.open();
    await until('the attempt to be given up', () => troupe.log.some((line) => line.includes('a job was interrupted')));
    const { stored: made } = await listFiles(troupe);
    expect(made.length).toBeGreaterThan(2);
    await loseHeartbeat(troupe);
    proxy.mend();
    expect(await troupe.waitForEnd(held.id)).toMatchObject({ status: 'completed' });
    const { stored, named } = await listFiles(troupe);
    expect(stored).toEqual(expect.arrayContaining([...named, ...made]));
    const isKept = moment === 'after';
    expect(await loadTask(troupe, held.id)).toMatchObject({ attempt: isKept ? 1 : 2 });
    expect(named.some((key) => made.includes(key))).toBe(isKept);
    expect(await listKinds(troupe.database.db, troupe.key.account_id, held.id)).toEqual(['reserve', 'settle']);
  },
);

test('a worker that is told to stop lets finished work wait for its grace, and ends then', async () => {
  await using scene = await openScene({ TROUPE_STOP_SECONDS: '1' });
  const { troupe, proxy } = scene;
  const worker = troupe.startWorker();
  const held = await submitHeld(troupe);
  await held.asked;
  proxy.cut();
  held.open();
  await untilItWaits(troupe);
  const startedAt = performance.now();
  await worker.close();
  const tookMs = performance.now() - startedAt;
  expect(tookMs).toBeGreaterThan(900);
  // The grace, and two seconds in which what was cut off may end.
  expect(tookMs).toBeLessThan(10_000);
  expect((await loadTask(troupe, held.id)).status).toBe('processing');
  expect((await listFiles(troupe)).stored.length).toBeGreaterThan(2);
});

test('a database that comes back within the grace of a stop gets the finished work', async () => {
  await using scene = await openScene({ TROUPE_STOP_SECONDS: '120' });
  const { troupe, proxy } = scene;
  const worker = troupe.startWorker();
  const held = await submitHeld(troupe);
  await held.asked;
  proxy.cut();
  held.open();
  await untilItWaits(troupe);
  const closed = worker.close();
  proxy.mend();
  await closed;
  expect(await loadTask(troupe, held.id)).toMatchObject({ status: 'completed', attempt: 1 });
});
