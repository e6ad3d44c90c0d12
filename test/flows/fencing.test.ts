import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  attemptsExhausted,
  build,
  type ClaimedTask,
  claimBuilds,
  concludeCompleted,
  concludeFailed,
  retryLater,
} from '../../src/flow/index.ts';
import { workQueues } from '../../src/tasks/index.ts';
import { imageRequest } from '../helpers/flow-bodies.ts';
import { countRows, listKinds } from '../helpers/load-books.ts';
import { type MediaOrigin, startOrigin } from '../helpers/start-origin.ts';
import { type StartedTroupe, startTroupe } from '../helpers/start-troupe.ts';

let origin: MediaOrigin;
let troupe: StartedTroupe;

beforeAll(async () => {
  origin = await startOrigin();
  troupe = await startTroupe();
});
afterAll(async () => {
  await troupe[Symbol.asyncDispose]();
  await origin[Symbol.asyncDispose]();
});

const signal = new AbortController().signal;

async function submit(): Promise<string> {
  return (await troupe.submit(imageRequest(origin.url('/duck.jpg')))).body.id;
}

/** Fetches and claims one job, as a worker does, and then nothing: a worker that is paused. */
async function claimOne(): Promise<ClaimedTask> {
  const { context, database } = troupe;
  const [claimed] = await database.db.transaction().execute(async (tx) => {
    return await claimBuilds(context, tx, workQueues.local, await context.jobs.fetch(tx, workQueues.local, 1));
  });
  if (claimed === undefined) throw new Error('there was no job');
  return claimed;
}

/** What an attempt makes that may begin. */
async function buildDraft({ task }: ClaimedTask) {
  const draft = await build(troupe.context, task, signal);
  if (draft === null) throw new Error('the attempt did not begin');
  return draft;
}

/** As if the heartbeat had stopped: the job is free for the next worker. */
async function loseHeartbeat(): Promise<void> {
  await sql`update jobs.job set state = 'retry', retry_count = retry_count + 1, start_after = now()
    where state = 'active'`.execute(troupe.database.db);
}

const loadTask = async (id: string) =>
  await troupe.database.db.selectFrom('tasks').selectAll().where('id', '=', id).executeTakeFirstOrThrow();

test.each([
  ['completes', async (late: ClaimedTask) => await concludeCompleted(troupe.context, late, await buildDraft(late))],
  ['fails', async (late: ClaimedTask) => await concludeFailed(troupe.context, late, attemptsExhausted(3))],
  ['wants to run again', async (late: ClaimedTask) => await retryLater(troupe.context, late, 0)],
])('an old attempt that %s late changes nothing, and the new one concludes', async (_, conclude) => {
  const id = await submit();
  const late = await claimOne();
  await loseHeartbeat();
  const current = await claimOne();
  expect([late.task.attempt, current.task.attempt]).toEqual([1, 2]);
  const before = await loadTask(id);
  const jobs = await countRows(troupe.database.db, 'jobs.job');
  expect(await conclude(late)).toBe(false);
  expect(await loadTask(id)).toEqual(before);
  expect(await countRows(troupe.database.db, 'jobs.job')).toBe(jobs);
  expect(await listKinds(troupe.database.db, troupe.key.account_id, id)).toEqual(['reserve']);

  expect(await concludeCompleted(troupe.context, current, await buildDraft(current))).toBe(true);
  expect(await listKinds(troupe.database.db, troupe.key.account_id, id)).toEqual(['reserve', 'settle']);
  expect(await conclude(late)).toBe(false);
  expect(await listKinds(troupe.database.db, troupe.key.account_id, id)).toEqual(['reserve', 'settle']);
  expect(await countRows(troupe.database.db, 'jobs.job')).toBe(0);
});

test('two jobs of one task are one claim', async () => {
  const id = await submit();
  const { context, database } = troupe;
  await context.jobs.send(database.db, workQueues.local, { task_id: id });
  const claims = await database.db.transaction().execute(async (tx) => {
    return await claimBuilds(context, tx, workQueues.local, await context.jobs.fetch(tx, workQueues.local, 8));
  });
  expect(claims.map((claim) => claim.task.id)).toEqual([id]);
  expect(await countRows(database.db, 'jobs.job')).toBe(1);
  expect(await concludeFailed(context, claims[0] as ClaimedTask, attemptsExhausted(3))).toBe(true);
});

test('a task whose worker was killed ten times in a row runs again as if nothing had been, and is paid once', async () => {
  const id = await submit();
  for (let attempt = 1; attempt <= 10; attempt++) {
    expect((await claimOne()).task).toMatchObject({ attempt, tries: 1, losses: attempt - 1 });
    await loseHeartbeat();
  }
  const worker = troupe.startWorker();
  expect(await troupe.waitForEnd(id)).toMatchObject({ status: 'completed' });
  expect(await listKinds(troupe.database.db, troupe.key.account_id, id)).toEqual(['reserve', 'settle']);
  await worker.close();
});

test('a task that has lost eleven workers in a row kills them: it fails and is refunded', async () => {
  const id = await submit();
  for (let attempt = 1; attempt <= 11; attempt++) {
    expect((await claimOne()).task.attempt).toBe(attempt);
    await loseHeartbeat();
  }
  const worker = troupe.startWorker();
  const task = await troupe.waitForEnd(id);
  expect(task).toMatchObject({ status: 'failed', error: { code: 'service_error' }, usage: { credits_used: 0 } });
  expect(await listKinds(troupe.database.db, troupe.key.account_id, id)).toEqual(['reserve', 'refund']);
  await worker.close();
});

test('two workers, fifty tasks: each is worked on once and settled once', async () => {
  const ids = await Promise.all(Array.from({ length: 50 }, submit));
  const workers = [troupe.startWorker(), troupe.startWorker()];
  for (const id of ids) {
    expect((await troupe.waitForEnd(id)).status).toBe('completed');
    expect((await loadTask(id)).attempt).toBe(1);
    expect(await listKinds(troupe.database.db, troupe.key.account_id, id)).toEqual(['reserve', 'settle']);
  }
  await Promise.all(workers.map((worker) => worker.close()));
});
