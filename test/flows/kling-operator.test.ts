import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { checkKling, createClient, getKlingStatus } from '../../client/index.ts';
import { parseConfig } from '../../src/config.ts';
import { expire } from '../../src/flow/index.ts';
import { createMetrics } from '../../src/metrics/index.ts';
import { openEngines } from '../../src/open-engines.ts';
import { type StandIn, standInCredentials, startStandIn } from '../helpers/stand-in-kling/stand-in.ts';
import { type StartedTroupe, startTroupe } from '../helpers/start-troupe.ts';
import { until } from '../helpers/until.ts';

/** What an operator can learn of the Kling account, and what keeps it from being spent. */
let standIn: StandIn;
let troupe: StartedTroupe;
let admin: string;

beforeAll(async () => {
  standIn = await startStandIn({ taskMs: 50, packUnits: 20 });
  troupe = await startTroupe({
    worker: true,
    environment: {
      TROUPE_KLING_BASE_URL: standIn.url,
      TROUPE_KLING_API_KEY: standInCredentials.apiKey,
      TROUPE_KLING_ACCOUNT: 'studio',
      TROUPE_KLING_UNITS_PER_DAY: '10',
      TROUPE_KLING_ACCOUNT_UNITS_PER_DAY: '6',
      TROUPE_KLING_MARGIN: '20',
      TROUPE_CREDIT_USD: '0.01',
    },
  });
  admin = (await troupe.grant({ account: 'house', name: 'admin', role: 'admin' }, 1000)).key;
});
afterAll(async () => {
  await troupe[Symbol.asyncDispose]();
  await standIn[Symbol.asyncDispose]();
});

const client = () => createClient({ baseUrl: troupe.url, key: admin });
const body = { model: 'kling-o3-text-to-video', prompt: 'a dog runs', duration: 5 };
const submit = (key = troupe.key.key) => troupe.call('POST', '/v1/videos/generations', { key, body });

test('a video costs its users the units of the vendor and the margin, and the status has both sums of each', async () => {
  const { body: task } = await submit();
  // 3 units of 0.14 dollars and a fifth more, at a cent a credit.
  expect(task.usage.credits_reserved).toBe(50.4);
  expect((await troupe.waitForEnd(task.id)).usage.credits_used).toBe(50.4);
  const status = await getKlingStatus(client());
  expect(status.costs).toEqual([{ task_id: task.id, units: 3, usd: 0.42, charged_credits: 50.4 }]);
  expect(status).toMatchObject({
    account: 'studio',
    base_url: standIn.url,
    balance: { packs: [{ name: 'Video units', total_units: 20, status: 'online' }] },
    budget: { units_per_day: 10, account_units_per_day: 6 },
    days: [{ videos: 1, failed: 0, units: 3, usd: 0.42 }],
    failures: [],
  });
  const line = status.products.find(({ product }) => product === 'video/kling-v3-omni');
  expect(line).toMatchObject({ in_work: 0, waiting: 0, parallel_max: 5, paused: false, stop_reason: null });
});

test('an account whose units of the day are used up is refused, others are not, until nothing is left of the day', async () => {
  expect((await troupe.waitForEnd((await submit()).body.id)).status).toBe('completed');
  const refused = await submit();
  expect([refused.status, refused.body.error.code]).toEqual([503, 'service_unavailable']);
  expect(refused.body.error.message).toContain('00:00 UTC');
  expect((await submit(admin)).status).toBe(200);
  await until('the third video upstream', () => standIn.tasks().length === 3);
  expect((await submit(admin)).status).toBe(503);
});

test('what was accepted before the budget was used up is held and not sent, and goes on the next day', async () => {
  await troupe.stopWorkers();
  await sql`update kling_tasks set sent_at = sent_at - interval '1 day'`.execute(troupe.database.db);
  const other = (await troupe.grant({ account: 'other', name: 'other' }, 1000)).key;
  const ids: string[] = [];
  for (const key of [troupe.key.key, troupe.key.key, admin, other]) ids.push((await submit(key)).body.id);
  troupe.startWorker();
  const steps = async () => {
    const { rows } = await sql<{ step: string | null; status: string }>`
      select step, status from tasks where id = any(${ids}::text[])`.execute(troupe.database.db);
    return rows;
  };
  await until('three to be made and one to be held', async () => {
    const rows = await steps();
    return rows.filter(({ status }) => status === 'completed').length === 3 && rows.some(({ step }) => step === 'held');
  });
  expect(standIn.tasks()).toHaveLength(6);
  await sql`update kling_tasks set sent_at = sent_at - interval '1 day'`.execute(troupe.database.db);
  await until('all four to be made', async () => (await steps()).every(({ status }) => status === 'completed'));
  expect(standIn.tasks()).toHaveLength(7);
});

test('a balance below the threshold is warned of by the sweep', async () => {
  await expire(troupe.context);
  expect(troupe.log.some((line) => line.includes('nearly used up'))).toBe(true);
});

test('a check says in words what is right, and callers may neither check nor look', async () => {
  const { ok, checks } = await checkKling(client());
  expect(ok, JSON.stringify(checks)).toBe(false);
  expect(checks.map(({ name, level }) => [name, level])).toEqual([
    ['key', 'ok'],
    ['balance', 'error'],
    ['slots', 'ok'],
    ['voices', 'ok'],
    ['links', 'warning'],
  ]);
  expect(checks.at(-1)).toMatchObject({ setting: 'TROUPE_PUBLIC_URL' });
  for (const path of ['/v1/kling/status', '/v1/kling/check']) {
    expect((await troupe.call('GET', path)).status).toBe(403);
  }
});

test.each([
  ['a wrong key', {}, 'a-key-that-nobody-knows', 'TROUPE_KLING_API_KEY', '1002'],
  ['no way there', { TROUPE_KLING_BASE_URL: 'http://127.0.0.1:9' }, 'any', 'TROUPE_KLING_BASE_URL', '127.0.0.1:9'],
])('%s is an error that names the setting, and never the key', async (_, change, key, setting, words) => {
  const config = parseConfig({
    TROUPE_KLING_BASE_URL: standIn.url,
    TROUPE_ALLOW_ADDRESSES: '127.0.0.0/8',
    TROUPE_KLING_API_KEY: key,
    ...change,
  });
  const { clock, log, database } = troupe.context;
  const surroundings = { config, db: database.db, clock, log, metrics: createMetrics(), roles: ['api'] };
  const { engines } = await openEngines(surroundings);
  const { ok, checks } = await engines.getReports().checkAccount();
  await engines.close();
  expect(ok).toBe(false);
  expect(checks.map(({ name }) => name)).toEqual(['key', 'links']);
  expect(checks[0]).toMatchObject({ level: 'error', setting, message: expect.stringContaining(words) });
  if (key.length > 5) expect(JSON.stringify(checks)).not.toContain(key);
});

test('a margin without the price of a credit ends the start with both settings named', () => {
  expect(() => parseConfig({ TROUPE_KLING_MARGIN: '20' })).toThrow(/TROUPE_KLING_MARGIN needs TROUPE_CREDIT_USD/);
});
