import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { insertPendingTask } from '../../test/helpers/insert-pending-task.ts';
import { openTestDatabase, type TestDatabase } from '../../test/helpers/test-database.ts';
import type { Db } from '../db/index.ts';
import type { TaskError } from './schema.ts';
import {
  cancelTask,
  claimTasks,
  completeTasks,
  confirmClaim,
  failTask,
  releaseTask,
  resumeTask,
  setProgress,
} from './state-queries.ts';
import { isFinished, moves, statesBefore, type TaskStatus, taskStatuses } from './states.ts';
import type { Task } from './tables.ts';

const completion = { result_data: {}, results: [], charged_microcredits: 5 };
const error: TaskError = { code: 'service_error', message: 'm', type: 'task_error' };
let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(async () => {
  await database.close();
});

/** A task in `status`, with `attempt` 1 unless it is pending. */
async function makeTask(status: TaskStatus): Promise<{ id: string; attempt: number }> {
  const { db } = database;
  const id = await insertPendingTask(db);
  const claim = { id, attempt: status === 'pending' ? 0 : 1 };
  if (status !== 'pending') await claimTasks(db, [id]);
  if (status === 'completed') await completeTasks(db, [{ ...claim, ...completion }]);
  if (status === 'failed') await failTask(db, claim, error);
  if (status === 'cancelled') await cancelTask(db, 1, id, error);
  return claim;
}

/** The statement that makes each move; answers whether it did. */
const statements: Record<TaskStatus, (db: Db, claim: { id: string; attempt: number }) => Promise<boolean>> = {
  // Of a task that nobody has claimed there is no claim to release.
  pending: async (db, claim) => claim.attempt > 0 && (await releaseTask(db, claim, 'failed')),
  processing: async (db, { id }) => (await claimTasks(db, [id])).length === 1,
  completed: async (db, claim) => (await completeTasks(db, [{ ...claim, ...completion }])).length === 1,
  failed: async (db, claim) => (await failTask(db, claim, error)) !== null,
  cancelled: async (db, { id }) => (await cancelTask(db, 1, id, error)) !== null,
};

const readTask = (id: string) =>
  database.db.selectFrom('tasks').selectAll().where('id', '=', id).executeTakeFirstOrThrow();

describe('the statements make the moves of the table and no others', () => {
  const pairs = taskStatuses.flatMap((from) =>
    Object.entries(statements).map(([to, move]) => ({ from, to: to as TaskStatus, move })),
  );
  test.each(pairs)('$from to $to', async ({ from, to, move }) => {
    const claim = await makeTask(from);
    const before = await readTask(claim.id);
    expect(before.status).toBe(from);
    const allowed = moves[from].includes(to);
    expect(await move(database.db, claim)).toBe(allowed);
    const after = await readTask(claim.id);
    if (allowed) expect(after.status).toBe(to);
    else expect(after).toEqual(before);
  });
});

test('finished states lead nowhere, and every state can be reached', () => {
  expect(taskStatuses.filter(isFinished)).toEqual(['completed', 'failed', 'cancelled']);
  for (const status of taskStatuses) expect(statesBefore(status)).not.toEqual([]);
});

describe('a claim that was lost', () => {
  test('moves no progress, completes nothing, fails nothing and does not hold', async () => {
    const old = await makeTask('processing');
    await claimTasks(database.db, [old.id]);
    const before = await readTask(old.id);
    expect(await setProgress(database.db, old, 50, 'late')).toBe(false);
    expect(await confirmClaim(database.db, old)).toBe(false);
    expect(await statements.completed(database.db, old)).toBe(false);
    expect(await statements.failed(database.db, old)).toBe(false);
    expect(await readTask(old.id)).toEqual(before);
    expect(await confirmClaim(database.db, { id: old.id, attempt: 2 })).toBe(true);
  });
});

test('progress goes forward only', async () => {
  const claim = await makeTask('processing');
  for (const [sent, kept] of [
    [40, 40],
    [20, 40],
    [60, 60],
  ] as const) {
    await setProgress(database.db, claim, sent, 'step');
    expect((await readTask(claim.id)).progress).toBe(kept);
  }
});

test('a task that waits keeps its claim, is pending, and has its try back', async () => {
  const { db } = database;
  const claim = await makeTask('processing');
  expect(await readTask(claim.id)).toMatchObject({ attempt: 1, tries: 1 });
  expect(await releaseTask(db, claim, 'waits')).toBe(true);
  expect(await readTask(claim.id)).toMatchObject({ status: 'pending', progress: 0, step: null, attempt: 1, tries: 0 });
  expect(await confirmClaim(db, claim)).toBe(true);
  expect(await setProgress(db, claim, 20, 'fetched')).toBe(false);
  // Stopped while it waited: nothing is given back twice.
  expect(await releaseTask(db, claim, 'stopped')).toBe(true);
  expect(await resumeTask(db, claim)).toBe(true);
  expect(await readTask(claim.id)).toMatchObject({ status: 'processing', attempt: 1, tries: 1 });
  expect(await releaseTask(db, claim, 'failed')).toBe(true);
  expect(await readTask(claim.id)).toMatchObject({ status: 'pending', tries: 1 });
  await claimTasks(db, [claim.id]);
  expect(await releaseTask(db, claim, 'failed')).toBe(false);
  expect(await resumeTask(db, claim)).toBe(false);
  expect(await readTask(claim.id)).toMatchObject({ status: 'processing', attempt: 2, tries: 2 });
});

test('a claim that was lost without a word uses up no try, and is counted until one says how it ended', async () => {
  const { db } = database;
  const { id } = await makeTask('processing');
  const claim = async () => (await claimTasks(db, [id]))[0] as Task;
  expect(await claim()).toMatchObject({ attempt: 2, tries: 1, losses: 1 });
  const third = await claim();
  expect(third).toMatchObject({ attempt: 3, tries: 1, losses: 2 });
  expect(await releaseTask(db, third, 'waits')).toBe(true);
  expect(await resumeTask(db, third)).toBe(true);
  expect(await readTask(id)).toMatchObject({ tries: 1, losses: 2 });
  expect(await releaseTask(db, third, 'failed')).toBe(true);
  expect(await claim()).toMatchObject({ attempt: 4, tries: 2, losses: 0 });
  const fifth = await claim();
  expect(fifth).toMatchObject({ attempt: 5, tries: 2, losses: 1 });
  expect(await releaseTask(db, fifth, 'stopped')).toBe(true);
  expect(await readTask(id)).toMatchObject({ status: 'pending', tries: 1, losses: 0 });
});

test("somebody else's task can not be cancelled", async () => {
  const { id } = await makeTask('pending');
  expect(await cancelTask(database.db, 2, id, error)).toBeNull();
  expect((await readTask(id)).status).toBe('pending');
});
