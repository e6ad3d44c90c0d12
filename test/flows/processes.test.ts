import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { grantKey } from '../../src/flow/index.ts';
import { createCaller } from '../helpers/call.ts';
import { imageRequest } from '../helpers/flow-bodies.ts';
import { listKinds, loadBooks } from '../helpers/load-books.ts';
import { runTroupe } from '../helpers/run-process.ts';
import { type MediaOrigin, startOrigin } from '../helpers/start-origin.ts';
import { type CallbackReceiver, startReceiver } from '../helpers/start-receiver.ts';
import { startHttp } from '../helpers/start-server.ts';
import { openTestDatabase, type TestDatabase } from '../helpers/test-database.ts';
import { until } from '../helpers/until.ts';

let database: TestDatabase;
let origin: MediaOrigin;
let receiver: CallbackReceiver;
let folder: string;
let environment: Record<string, string>;

beforeAll(async () => {
  database = await openTestDatabase(4);
  origin = await startOrigin();
  receiver = await startReceiver();
  folder = await mkdtemp(join(tmpdir(), 'troupe-processes-'));
  const ca = join(folder, 'ca.pem');
  await writeFile(ca, receiver.ca);
  environment = {
    DATABASE_URL: database.url,
    TROUPE_DATABASE_CONNECTIONS: '8',
    TROUPE_DATA_DIR: join(folder, 'data'),
    PORT: '0',
    TROUPE_ALLOW_ADDRESSES: '127.0.0.0/8',
    TROUPE_ELEMENT_ENGINE: 'nothing',
    NODE_EXTRA_CA_CERTS: ca,
  };
});
afterAll(async () => {
  await database.close();
  await receiver[Symbol.asyncDispose]();
  await origin[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

test('two api and two worker processes share one PostgreSQL: every task is done once and called back once, and all four stop in order', async () => {
  await using apiOne = runTroupe(['api'], environment);
  await using apiTwo = runTroupe(['api'], environment);
  await using workerOne = runTroupe(['worker'], environment);
  await using workerTwo = runTroupe(['worker'], environment);
  const key = await grantKey(database.db, { account: 'shared', name: 'k' }, 40_000_000, new Date());
  const calls: ReturnType<typeof createCaller>[] = [];
  for (const api of [apiOne, apiTwo]) {
    const [, url] = await api.waitFor(/answers at (http:\S+),/);
    calls.push(createCaller(url as string, key.key));
  }
  const ids: string[] = [];
  for (let index = 0; index < 40; index++) {
    const body = imageRequest(origin.url('/duck.jpg'), undefined, { callback_url: receiver.url(`/${index}`) });
    const answer = await calls[index % 2]?.('POST', '/v1/videos/generations', { body });
    expect(answer?.status).toBe(200);
    ids.push(answer?.body.id);
  }
  await until('all to be completed', async () => {
    const answer = await calls[0]?.('GET', '/v1/tasks?status=completed');
    return answer?.body.total === 40;
  });
  for (const [index, id] of ids.entries()) {
    expect(await listKinds(database.db, key.account_id, id)).toEqual(['reserve', 'settle']);
    await until('the callback', () => receiver.received(`/${index}`).length > 0);
  }
  for (const index of ids.keys()) expect(receiver.received(`/${index}`)).toHaveLength(1);
  expect(await loadBooks(database.db, key.account_id)).toEqual({ available: 0, reserved: 0, spent: 40 });
  expect(apiOne.output()).toContain('WARNING: TROUPE_ALLOW_ADDRESSES');
  const all = [apiOne, apiTwo, workerOne, workerTwo];
  const stops = await Promise.all(all.map(async (one) => ({ one, ...(await one.stop()) })));
  for (const { one, code } of stops) expect(code, one.output()).toBe(0);
  for (const one of all) expect(one.output()).not.toContain(key.key);
});

test('a server that finds its port taken says so and ends, instead of working on unheard', async () => {
  await using taken = await startHttp((_, response) => response.end());
  await using server = runTroupe(['serve'], { ...environment, PORT: String(taken.port) });
  expect(await server.ended).toBe(1);
  expect(server.output()).toMatch(
    /troupe: port \d+ of 127\.0\.0\.1 is taken, .* set PORT to another, .*\(EADDRINUSE\)/,
  );
});

test('all mistakes of the configuration are told at once, and nothing is started', async () => {
  await using server = runTroupe(['serve'], { ...environment, PORT: 'x', TROUPE_STOP_SECONDS: '-1' });
  expect(await server.ended).toBe(2);
  expect(server.output()).toMatch(/2 mistake\(s\).*PORT must be.*TROUPE_STOP_SECONDS must be/s);
});
