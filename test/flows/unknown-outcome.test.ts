import { expect, test } from 'vitest';
import { imageRequest } from '../helpers/flow-bodies.ts';
import { countRows, loadBooks } from '../helpers/load-books.ts';
import { startProxy } from '../helpers/start-proxy.ts';
import { startTroupe } from '../helpers/start-troupe.ts';
import { until } from '../helpers/until.ts';

const body = imageRequest(Buffer.from('bytes of a picture').toString('base64'), ['https://example.com/side.jpg']);
const headers = { 'idempotency-key': 'an-outcome-nobody-knows' };

test.concurrent.each([
  ['before COMMIT arrived', 'before', 0],
  ['after COMMIT took effect', 'after', 1],
] as const)(
  'cut %s and the database away for long: 500 paid_outcome_unknown without Retry-After, and a repeat with the same key finds out',
  async (_, moment, made) => {
    await using proxy = await startProxy();
    await using troupe = await startTroupe({ databaseUrl: (url) => proxy.through(url) });
    const tasks = () => countRows(troupe.database.db, 'tasks');
    proxy.cutAtCommit(moment, () => proxy.cut());
    const answer = await troupe.submit(body, headers);
    expect([answer.status, answer.body.error.code]).toEqual([500, 'paid_outcome_unknown']);
    expect(answer.headers.get('retry-after')).toBeNull();
    expect(await tasks()).toBe(made);
    proxy.mend();
    const again = await until('a repeat to succeed', async () => {
      const repeated = await troupe.submit(body, headers);
      return repeated.status === 200 && repeated;
    });
    expect(again.headers.get('idempotency-replayed')).toBe(made ? 'true' : null);
    expect(await tasks()).toBe(1);
    const books = await loadBooks(troupe.database.db, troupe.key.account_id);
    expect(books).toEqual({ available: 999, reserved: 1, spent: 0 });
    // The picture of a task that was made without our knowledge is still there.
    expect(await troupe.context.storage.find(`inputs/${again.body.id}/0`)).not.toBeNull();
  },
  60_000,
);
