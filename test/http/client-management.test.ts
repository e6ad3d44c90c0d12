import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  type Client,
  changeKey,
  createAccount,
  createClient,
  createKey,
  deleteKey,
  eachRow,
  getKey,
  getMe,
  getUsage,
  listAccounts,
  listKeys,
  listTransfers,
  moveCredits,
} from '../../client/index.ts';
import { type StartedTroupe, startTroupe } from '../helpers/start-troupe.ts';

let troupe: StartedTroupe;
let client: Client;

beforeAll(async () => {
  troupe = await startTroupe();
  const { key } = await troupe.grant({ account: 'tester', name: 'admin', role: 'admin' }, 0);
  client = createClient({ baseUrl: troupe.url, key });
});
afterAll(async () => {
  await troupe?.[Symbol.asyncDispose]();
});

test('the typed client calls every route of keys, accounts, usage and ledger', async () => {
  expect(await getMe(client)).toMatchObject({ role: 'admin', name: 'admin' });
  const account = await createAccount(client, 'studio');
  expect(await moveCredits(client, account.account_id, { credits: 5, note: 'n' })).toMatchObject({
    remaining_credits: 5,
  });
  const idempotencyKey = 'client-0123456789';
  for (let turn = 0; turn < 2; turn += 1) {
    const moved = await moveCredits(client, account.account_id, { credits: -1 }, { idempotencyKey });
    expect(moved.remaining_credits).toBe(4);
  }
  const { key, key_id } = await createKey(client, { name: 'made', role: 'manager', account: 'studio' });
  const own = createClient({ baseUrl: troupe.url, key, retriesMax: 0 });
  expect(await getKey(own, key_id)).toMatchObject({ key_id, account: { name: 'studio' } });
  expect(await changeKey(own, key_id, { name: 'renamed' })).toMatchObject({ name: 'renamed' });
  await expect(deleteKey(own, key_id)).rejects.toMatchObject({ code: 'permission_denied', status: 403 });
  const ids: number[] = [];
  for await (const row of eachRow((page) => listKeys(client, { limit: 1, ...page }))) ids.push(row.key_id);
  expect(ids).toContain(key_id);
  expect((await listAccounts(client, { limit: 1 })).data).toMatchObject([{ name: 'studio' }]);
  expect((await listTransfers(own)).data.map(({ kind }) => kind)).toEqual(['withdraw', 'top_up']);
  expect((await getUsage(own, { group_by: 'day,model' })).data).toEqual([]);
  await deleteKey(client, key_id);
  await expect(getMe(own)).rejects.toMatchObject({ code: 'unauthorized' });
});
