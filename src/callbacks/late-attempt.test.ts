import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestDatabase, type TestDatabase } from '../../test/helpers/test-database.ts';
import { type FinishedAttempt, finishAttempts, insertCallbacks, listAttempts, openAttempts } from './queries.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

const failed = (attempt: number): FinishedAttempt => ({
  task_id: 'task-late',
  attempt,
  outcome: 'timed_out',
  status_code: null,
  detail: null,
  duration_ms: 10_000,
  state: 'due',
});

test('a sender that comes back after a later attempt was opened records its outcome and plans no further one', async () => {
  const { db } = database;
  await insertCallbacks(db, [{ task_id: 'task-late', account_id: 1, url: 'https://example.com/' }]);
  await openAttempts(db, [{ task_id: 'task-late' }], 4);
  await openAttempts(db, [{ task_id: 'task-late' }], 4);
  expect(await finishAttempts(db, [failed(1)])).toEqual(new Set());
  expect(await finishAttempts(db, [failed(2)])).toEqual(new Set(['task-late']));
  expect((await listAttempts(db, 'task-late')).map((one) => one.outcome)).toEqual(['timed_out', 'timed_out']);
});
