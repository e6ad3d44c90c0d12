import { afterAll, beforeAll, expect, test } from 'vitest';
import { insertPendingTask } from '../../test/helpers/insert-pending-task.ts';
import { openTestDatabase, type TestDatabase } from '../../test/helpers/test-database.ts';
import { connect } from '../db/index.ts';
import { createTaskFinder } from './create-task-finder.ts';
import { createTaskId } from './create-task-id.ts';
import { cancelTask } from './state-queries.ts';

let database: TestDatabase;
let statements = 0;
beforeAll(async () => {
  database = await openTestDatabase();
  // Outside a transaction every statement borrows a connection once.
  database.pool.on('acquire', () => statements++);
});
afterAll(() => database.close());

const insertPending = (accountId: number) => insertPendingTask(database.db, accountId);

test('tasks that are asked for at once cost one statement, and each caller gets their own or null', async () => {
  const [mine, other, gone] = [await insertPending(1), await insertPending(2), createTaskId(new Date())];
  const finder = createTaskFinder(database.db);
  statements = 0;
  const found = await Promise.all([
    finder.find(1, mine),
    finder.find(1, other),
    finder.find(2, other),
    finder.find(null, other),
    finder.find(1, gone),
    finder.find(null, mine),
    finder.find(2, mine),
    ...Array.from({ length: 50 }, () => finder.find(1, mine)),
  ]);
  const ids = found.map((task) => task?.id ?? null);
  expect(ids.slice(0, 7)).toEqual([mine, null, other, other, null, mine, null]);
  expect(new Set(ids.slice(7))).toEqual(new Set([mine]));
  expect(statements).toBe(1);
});

test('one that is asked for alone costs a statement of its own', async () => {
  const id = await insertPending(1);
  const finder = createTaskFinder(database.db);
  statements = 0;
  expect(await finder.find(1, id)).toMatchObject({ id, status: 'pending' });
  expect(await finder.find(2, id)).toBeNull();
  expect(statements).toBe(2);
});

test('an answer shows what was committed before its question, however many ask', async () => {
  const finder = createTaskFinder(database.db);
  const error = { code: 'request_cancelled', message: 'm', type: 'task_error' } as const;
  const ids = await Promise.all(Array.from({ length: 40 }, () => insertPending(1)));
  const seen = await Promise.all(
    ids.map(async (id) => {
      const before = finder.find(1, id);
      await cancelTask(database.db, 1, id, error);
      const after = await finder.find(1, id);
      await before;
      return after?.status;
    }),
  );
  expect(new Set(seen)).toEqual(new Set(['cancelled']));
  await finder.settled();
});

test('a database that is away fails those who ask meanwhile, and nobody later', async () => {
  const gone = connect({ url: 'postgres://x@127.0.0.1:1/x', connectionsMax: 1, onError: () => undefined });
  const finder = createTaskFinder(gone.db);
  const id = await insertPending(1);
  const asked = await Promise.allSettled([finder.find(1, id), finder.find(1, createTaskId(new Date()))]);
  expect(asked.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  await expect(finder.find(1, id)).rejects.toThrow('ECONNREFUSED');
  await finder.settled();
  await gone.close();
});
