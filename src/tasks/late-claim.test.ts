import { afterAll, beforeAll, expect, test } from 'vitest';
import { insertPendingTask } from '../../test/helpers/insert-pending-task.ts';
import { openTestDatabase, type TestDatabase } from '../../test/helpers/test-database.ts';
import { isTransactionOpen } from './queries.ts';
import { claimTasks, completeTasks, confirmClaim, failTask, setProgress } from './state-queries.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

test('a worker whose task was claimed again meanwhile can neither move, end nor repeat it', async () => {
  const id = await insertPendingTask(database.db);
  const [late] = await claimTasks(database.db, [id]);
  const [present] = await claimTasks(database.db, [id]);
  if (!late || !present) throw new Error('both claims must succeed');
  const error = { code: 'service_error', message: 'late', type: 'task_error' } as const;
  expect(await confirmClaim(database.db, late)).toBe(false);
  expect(await setProgress(database.db, late, 50, 'late')).toBe(false);
  expect(await failTask(database.db, late, error)).toBeNull();
  const completion = { result_data: {}, results: [], charged_microcredits: 1 };
  expect(await completeTasks(database.db, [{ ...late, ...completion }])).toEqual([]);
  expect(await confirmClaim(database.db, present)).toBe(true);
});

test('a transaction id that no transaction has had yet is not open: the server forgot it in a crash', async () => {
  expect(await isTransactionOpen(database.db, '999999999999')).toBe(false);
});
