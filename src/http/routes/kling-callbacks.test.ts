import fastify from 'fastify';
import { sql } from 'kysely';
import pino from 'pino';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { signCallback } from '../../../test/helpers/stand-in-kling/stand-in.ts';
import { openTestDatabase, type TestDatabase } from '../../../test/helpers/test-database.ts';
import { section } from '../../kling/config.ts';
import { parseSection } from '../../lib/settings.ts';
import { presentRefusal } from '../forms/gateway/present-error.ts';
import { sendError } from '../send-error.ts';
import { registerKlingCallbacks } from './kling-callbacks.ts';

const secret = 'whsec_dGVzdHNlY3JldHRlc3RzZWNyZXR0ZXN0c2VjcmV0MTI=';
const body = '{"task_id":"893605946402811985","task_status":"succeed"}';
let database: TestDatabase;

beforeAll(async () => {
  database = await openTestDatabase();
  await sql`
    insert into kling_tasks (external_task_id, purpose, subject, credential, endpoint, holds_slot, state, upstream_task_id)
    values ('one', 'video', 'task', 'a', '/v1/videos/omni-video', true, 'submitted', '893605946402811985')`.execute(
    database.db,
  );
});
beforeEach(async () => {
  await sql`update kling_tasks set hinted_at = null`.execute(database.db);
});
afterAll(() => database.close());

async function post(text: string, headers: Record<string, string>, secrets: string): Promise<number> {
  const app = fastify();
  app.setErrorHandler((error, request, reply) =>
    sendError(pino({ level: 'silent' }), error, request, reply, presentRefusal),
  );
  const settings = parseSection(section, { TROUPE_KLING_WEBHOOK_SECRETS: secrets }, []);
  registerKlingCallbacks(app, { database, clock: { now: () => new Date() } }, settings);
  const { statusCode } = await app.inject({ method: 'POST', url: '/v1/kling/callbacks', payload: text, headers });
  await app.close();
  return statusCode;
}

const isHinted = async () => {
  const { rows } = await sql<{ hinted: boolean }>`select hinted_at is not null as hinted from kling_tasks`.execute(
    database.db,
  );
  return rows[0]?.hinted;
};

test('a signed callback brings the next look forward and changes nothing else', async () => {
  expect(await post(body, signCallback(body, secret), secret)).toBe(204);
  expect(await isHinted()).toBe(true);
  const { rows } = await sql<{ state: string }>`select state from kling_tasks`.execute(database.db);
  expect(rows).toEqual([{ state: 'submitted' }]);
});

test.each([
  ['unsigned', body, signCallback(body, undefined)],
  ['forged', body, signCallback(body, 'whsec_b3RoZXJzZWNyZXRvdGhlcnNlY3JldG90aGVyc2VjcmU=')],
  ['changed', body.replace('succeed', 'failed'), signCallback(body, secret)],
  ['late', body, signCallback(body, secret, new Date(Date.now() - 400_000))],
])('401 for a callback that is %s, and no effect', async (_, text, headers) => {
  expect(await post(text, headers, secret)).toBe(401);
  expect(await isHinted()).toBe(false);
});

test('without secrets an unsigned callback is a hint as well', async () => {
  expect(await post(body, signCallback(body, undefined), '')).toBe(204);
  expect(await isHinted()).toBe(true);
});

test.each(['', 'no json', '{}', '{"task_id":"1","task_status":"succeed"}'])(
  '%j is taken and has no effect',
  async (text) => {
    expect(await post(text, signCallback(text, secret), secret)).toBe(204);
    expect(await isHinted()).toBe(false);
  },
);
