import { afterAll, beforeAll, expect, test } from 'vitest';
import { imageRequest } from '../helpers/flow-bodies.ts';
import { countRows, loadBooks } from '../helpers/load-books.ts';
import { type StartedTroupe, startTroupe } from '../helpers/start-troupe.ts';

let troupe: StartedTroupe;
const body = imageRequest('https://example.com/front.jpg');
const picture = Buffer.from('\xff\xd8\xff any bytes: nobody looks into them yet', 'latin1').toString('base64');
const key = (name: string) => ({ 'idempotency-key': name.padEnd(16, '.') });

beforeAll(async () => {
  troupe = await startTroupe();
});
afterAll(async () => {
  await troupe[Symbol.asyncDispose]();
});

const countFiles = async () => {
  let count = 0;
  for await (const _ of troupe.context.storage.list('inputs/')) count += 1;
  return count;
};

test('the same key and body answers the first task, says so, and charges once', async () => {
  const { key: apiKey, account_id } = await troupe.grant({ account: 'one', name: 'k' }, 1);
  const submit = () =>
    troupe.call('POST', '/v1/videos/generations', { key: apiKey, body: { ...body, extra: 1 }, headers: key('repeat') });
  const first = await submit();
  const second = await submit();
  expect([first.status, second.status]).toEqual([200, 200]);
  expect(second.body.id).toBe(first.body.id);
  expect(first.headers.get('idempotency-replayed')).toBeNull();
  expect(second.headers.get('idempotency-replayed')).toBe('true');
  expect(second.headers.get('troupe-ignored-fields')).toBe('extra');
  expect(await loadBooks(troupe.database.db, account_id)).toEqual({ available: 0, reserved: 1, spent: 0 });
});

test('a repeated request finds its task even when the queue of its key has filled up meanwhile', async () => {
  await using full = await startTroupe({ environment: { TROUPE_KEY_UNFINISHED_TASKS: '2' } });
  const first = await full.submit(body, key('full'));
  expect((await full.submit(body)).status).toBe(200);
  expect((await full.submit(body)).status).toBe(429);
  const again = await full.submit(body, key('full'));
  expect([again.status, again.body.id]).toEqual([200, first.body.id]);
});

test('409 for the same key with another body, and nothing was created, charged or stored', async () => {
  await troupe.submit(body, key('conflict'));
  const before = await loadBooks(troupe.database.db, troupe.key.account_id);
  const tasks = await countRows(troupe.database.db, 'tasks');
  const files = await countFiles();
  const answer = await troupe.submit(imageRequest(picture), key('conflict'));
  expect(answer.status).toBe(409);
  expect(answer.body.error).toMatchObject({ code: 'idempotency_conflict', param: 'Idempotency-Key' });
  expect(await loadBooks(troupe.database.db, troupe.key.account_id)).toEqual(before);
  expect(await countRows(troupe.database.db, 'tasks')).toBe(tasks);
  expect(await countFiles()).toBe(files);
});

test('the same JSON with its keys in another order is the same request', async () => {
  const turn = (object: object) => Object.fromEntries(Object.entries(object).toReversed());
  const first = await troupe.submit(body, key('key-order'));
  const { model_params } = body as { model_params: object };
  const again = await troupe.submit(turn({ ...body, model_params: turn(model_params) }), key('key-order'));
  expect([again.status, again.body.id]).toEqual([200, first.body.id]);
  expect(again.headers.get('idempotency-replayed')).toBe('true');
});

test('the same key of another account makes a task of its own', async () => {
  const other = await troupe.grant({ account: 'other tenant', name: 'k' }, 1);
  const mine = await troupe.submit(body, key('shared'));
  const theirs = await troupe.call('POST', '/v1/videos/generations', { key: other.key, body, headers: key('shared') });
  expect([mine.status, theirs.status]).toEqual([200, 200]);
  expect(theirs.body.id).not.toBe(mine.body.id);
});

test('64 times at once: one task, one reservation, equal answers, and the pictures of one request', async () => {
  const { key: apiKey, account_id } = await troupe.grant({ account: 'sixty-four', name: 'k' }, 64);
  const tasks = await countRows(troupe.database.db, 'tasks');
  const files = await countFiles();
  const request = imageRequest(picture);
  const answers = await Promise.all(
    Array.from({ length: 64 }, () =>
      troupe.call('POST', '/v1/videos/generations', { key: apiKey, body: request, headers: key('sixty-four') }),
    ),
  );
  expect(answers.every(({ status }) => status === 200)).toBe(true);
  expect(new Set(answers.map((answer) => answer.body.id)).size).toBe(1);
  expect(answers.filter((answer) => answer.headers.get('idempotency-replayed') === null)).toHaveLength(1);
  expect(await countRows(troupe.database.db, 'tasks')).toBe(tasks + 1);
  expect(await loadBooks(troupe.database.db, account_id)).toEqual({ available: 63, reserved: 1, spent: 0 });
  expect(await countFiles()).toBe(files + 2);
});

test.each([
  [15, 400],
  [16, 200],
  [96, 200],
  [97, 400],
])('a key of %i characters is answered with %i', async (length, status) => {
  const answer = await troupe.submit(body, { 'idempotency-key': 'k'.repeat(length) });
  expect(answer.status).toBe(status);
  if (status === 400) expect(answer.body.error.param).toBe('Idempotency-Key');
});

test('400 for a key with other characters', async () => {
  expect((await troupe.submit(body, { 'idempotency-key': 'has a space in it!' })).status).toBe(400);
});
