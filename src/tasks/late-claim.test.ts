import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestDatabase, type TestDatabase } from '../../test/helpers/test-database.ts';
import { createTaskId } from './create-task-id.ts';
import { insertTask, isTransactionOpen } from './queries.ts';
import { claimTasks, completeTask, confirmClaim, failTask, setProgress } from './state-queries.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

async function insertPending(): Promise<string> {
  const id = createTaskId(new Date());
  await insertTask(database.db, {
    id,
    account_id: 1,
    api_key_id: 1,
    model: 'kling-custom-element',
    type: 'image',
    request: {},
    request_digest: null,
    idempotency_key: null,
    callback_url: null,
    billing_rule: 'per_call',
    reserved_microcredits: 1,
    created_at: new Date(),
  });
  return id;
}

test('a worker whose task was claimed again meanwhile can neither move, end nor repeat it', async () => {
  const id = await insertPending();
  const [late] = await claimTasks(database.db, [id]);
  const [present] = await claimTasks(database.db, [id]);
  if (!late || !present) throw new Error('both claims must succeed');
  const error = { code: 'service_error', message: 'late', type: 'task_error' } as const;
  expect(await confirmClaim(database.db, late)).toBe(false);
  expect(await setProgress(database.db, late, 50, 'late')).toBe(false);
  expect(await failTask(database.db, late, error)).toBeNull();
  expect(await completeTask(database.db, late, { result_data: {}, results: [], charged_microcredits: 1 })).toBeNull();
  expect(await confirmClaim(database.db, present)).toBe(true);
});

test('a transaction id that no transaction has had yet is not open: the server forgot it in a crash', async () => {
  expect(await isTransactionOpen(database.db, '999999999999')).toBe(false);
});
