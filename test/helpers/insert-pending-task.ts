import type { Db } from '../../src/db/index.ts';
import { createTaskId, insertTask } from '../../src/tasks/index.ts';

/** Inserts a task of the account as nobody has claimed it yet; answers its id. */
export async function insertPendingTask(db: Db, accountId = 1): Promise<string> {
  const id = createTaskId(new Date());
  await insertTask(db, {
    id,
    account_id: accountId,
    api_key_id: 1,
    model: 'kling-custom-element',
    type: 'video',
    request: {},
    request_digest: null,
    idempotency_key: null,
    callback_url: null,
    billing_rule: 'per_call',
    reserved_microcredits: 5,
    created_at: new Date(),
  });
  return id;
}
