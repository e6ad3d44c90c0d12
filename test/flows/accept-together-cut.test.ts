import { sql } from 'kysely';
import { expect, test } from 'vitest';
import type { CreatedKey } from '../../src/accounts/index.ts';
import { checkLedger } from '../../src/credits/index.ts';
import type { Answer } from '../helpers/call.ts';
import { imageRequest } from '../helpers/flow-bodies.ts';
import { countRows, loadBooks } from '../helpers/load-books.ts';
import { startProxy } from '../helpers/start-proxy.ts';
import { type StartedTroupe, startTroupe } from '../helpers/start-troupe.ts';
import { until } from '../helpers/until.ts';

const picture = Buffer.from('bytes of a picture').toString('base64');
const body = imageRequest(picture, ['https://example.com/side.jpg']);

/**
 * Submits for six keys of three accounts; what is ready of them is inserted in one turn of the event loop, so that these go together.
 */
async function submitTogether(troupe: StartedTroupe) {
  const { database, context } = troupe;
  const { insertions } = context;
  const { insert } = insertions;
  const keys: CreatedKey[] = [];
  for (let at = 0; at < 6; at++) keys.push(await troupe.grant({ account: `payer ${at % 3}`, name: `k${at}` }, 10));
  const repeat = () =>
    Promise.all(
      keys.map(({ key }, at) => {
        const headers = { 'idempotency-key': `one-of-a-batch-${at}` };
        return troupe.call('POST', '/v1/videos/generations', { key, body, headers });
      }),
    );
  const ready: (() => void)[] = [];
  insertions.insert = async (one) => {
    await new Promise<void>((go) => {
      if (ready.push(go) < 6) return;
      insertions.insert = insert;
      for (const next of ready) next();
    });
    return await insert(one);
  };
  const answers = await repeat();
  return {
    answers,
    repeat,
    accounts: [...new Set(keys.map(({ account_id }) => account_id))],
    countMade: async () =>
      (await sql`select from tasks where idempotency_key like 'one-of%'`.execute(database.db)).rows.length,
  };
}

const countInputs = async ({ context }: StartedTroupe) => {
  let count = 0;
  for await (const _ of context.storage.list('inputs/')) count += 1;
  return count;
};

/** Only the transaction of a batch says so. */
const saidByBatch = 'set local lock_timeout';

const statuses = (answers: readonly Answer[]) => answers.map(({ status }) => status);
const six = (status: number) => Array.from({ length: 6 }, () => status);

async function expectBooks(troupe: StartedTroupe, accounts: readonly number[], reserved: number): Promise<void> {
  for (const account of accounts) {
    expect(await loadBooks(troupe.database.db, account)).toEqual({ available: 20 - reserved, reserved, spent: 0 });
  }
  expect(await checkLedger(troupe.database.db)).toEqual([]);
}

test.concurrent.each([
  ['before COMMIT arrived: each is answered with 503, and no task, picture or charge is left', 'before', 503, 0],
  ['after COMMIT took effect: each is answered with its own task', 'after', 200, 2],
] as const)('a batch whose connection breaks %s', async (_, moment, status, reservedEach) => {
  await using proxy = await startProxy();
  await using troupe = await startTroupe({ databaseUrl: (url) => proxy.through(url) });
  proxy.cutAtCommit(moment, undefined, saidByBatch);
  const batch = await submitTogether(troupe);
  expect(statuses(batch.answers)).toEqual(six(status));
  expect(await batch.countMade()).toBe(status === 200 ? 6 : 0);
  expect(await countInputs(troupe)).toBe(status === 200 ? 6 : 0);
  await expectBooks(troupe, batch.accounts, reservedEach);
  const again = await batch.repeat();
  expect(statuses(again)).toEqual(six(200));
  expect(await batch.countMade()).toBe(6);
  if (status === 200) expect(again.map((one) => one.body.id)).toEqual(batch.answers.map((one) => one.body.id));
  await expectBooks(troupe, batch.accounts, 2);
});

test.concurrent.each([
  ['before COMMIT arrived', 'before', 0],
  ['after COMMIT took effect', 'after', 6],
] as const)(
  'a batch cut %s and the database away for long: each is answered with 500 paid_outcome_unknown, and its repeat finds out',
  async (_, moment, made) => {
    await using proxy = await startProxy();
    await using troupe = await startTroupe({ databaseUrl: (url) => proxy.through(url) });
    proxy.cutAtCommit(moment, () => proxy.cut(), saidByBatch);
    const batch = await submitTogether(troupe);
    expect(batch.answers.map((one) => one.body.error.code)).toEqual(six(0).map(() => 'paid_outcome_unknown'));
    expect(await batch.countMade()).toBe(made);
    proxy.mend();
    const again = await until('the repeats to succeed', async () => {
      const answers = await batch.repeat();
      return statuses(answers).every((status) => status === 200) && answers;
    });
    expect(await batch.countMade()).toBe(6);
    await expectBooks(troupe, batch.accounts, 2);
    // The pictures of tasks that were made without our knowledge are still there.
    for (const { body: task } of again) expect(await troupe.context.storage.find(`inputs/${task.id}/0`)).not.toBeNull();
  },
);

test('clients that go away and a server that stops change nothing for what waits in the line', async () => {
  await using troupe = await startTroupe();
  const { insertions } = troupe.context;
  const { insert } = insertions;
  const gone = new AbortController();
  let handedOver = 0;
  insertions.insert = (ready) => {
    const outcome = insert(ready);
    handedOver += 1;
    if (handedOver === 12) gone.abort();
    return outcome;
  };
  const request = {
    method: 'POST',
    body: JSON.stringify(body),
    headers: { authorization: `Bearer ${troupe.key.key}`, 'content-type': 'application/json' },
    signal: gone.signal,
  };
  const answers = Array.from({ length: 12 }, () => fetch(`${troupe.url}/v1/videos/generations`, request));
  await Promise.allSettled(answers);
  expect(handedOver).toBe(12);
  await troupe.stop();
  expect(await countRows(troupe.database.db, 'tasks')).toBe(12);
  expect(await loadBooks(troupe.database.db, troupe.key.account_id)).toEqual({
    available: 988,
    reserved: 12,
    spent: 0,
  });
});
