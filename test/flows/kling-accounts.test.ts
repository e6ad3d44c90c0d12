import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parseConfig } from '../../src/config.ts';
import type { Engines } from '../../src/engines/index.ts';
import { expire } from '../../src/flow/index.ts';
import { createMetrics } from '../../src/metrics/index.ts';
import { openEngines } from '../../src/open-engines.ts';
import { imageRequest } from '../helpers/flow-bodies.ts';
import { type StandIn, standInCredentials, startStandIn } from '../helpers/stand-in-kling/stand-in.ts';
import { type MediaOrigin, startOrigin } from '../helpers/start-origin.ts';
import { type StartedTroupe, startTroupe } from '../helpers/start-troupe.ts';
import { until } from '../helpers/until.ts';

/** Pictures of somebody's element are at a Kling account as long as he wants them there, whatever its key is called. */
let origin: MediaOrigin;
let standIn: StandIn;
let another: StandIn;
const opened: Engines[] = [];

beforeAll(async () => {
  origin = await startOrigin();
  standIn = await startStandIn({ taskMs: 30 });
  another = await startStandIn({ taskMs: 30, apiKey: 'api-key-of-another-account' });
});
afterAll(async () => {
  await Promise.all(opened.map((engines) => engines.close()));
  await standIn[Symbol.asyncDispose]();
  await another[Symbol.asyncDispose]();
  await origin[Symbol.asyncDispose]();
});

const byKey = { TROUPE_KLING_API_KEY: standInCredentials.apiKey };
const byPair = {
  TROUPE_KLING_ACCESS_KEY: standInCredentials.accessKey,
  TROUPE_KLING_SECRET_KEY: standInCredentials.secretKey,
};
const start = () =>
  startTroupe({
    worker: true,
    environment: { TROUPE_ELEMENT_ENGINE: 'kling', TROUPE_KLING_BASE_URL: standIn.url, ...byKey },
  });

/** The same server after a restart with these settings. */
async function restart(troupe: StartedTroupe, environment: Record<string, string>): Promise<void> {
  const { context } = troupe;
  await troupe.stopWorkers();
  await context.engines.close();
  const config = parseConfig({
    TROUPE_ELEMENT_ENGINE: 'kling',
    TROUPE_KLING_BASE_URL: standIn.url,
    TROUPE_ALLOW_ADDRESSES: '127.0.0.0/8',
    ...environment,
  });
  const { clock, log } = context;
  const metrics = createMetrics();
  const surroundings = { config, db: context.database.db, clock, log, metrics, roles: ['api', 'worker'] };
  const { engines, media } = await openEngines(surroundings);
  opened.push(engines);
  Object.assign(context, { engines, media });
  troupe.startWorker();
}

async function makeElement(troupe: StartedTroupe): Promise<string> {
  const { body } = await troupe.submit(imageRequest(origin.url('/duck.jpg')));
  const task = await troupe.waitForEnd(body.id);
  expect(task.status, JSON.stringify(task.error)).toBe('completed');
  return task.result_data.element_id;
}
async function makeVideo(troupe: StartedTroupe, element_id: string): Promise<void> {
  const model_params = { element_list: [{ element_id }] };
  const video = { model: 'kling-o3-text-to-video', prompt: '<<<element_1>>> swims', duration: 3, model_params };
  const task = await troupe.waitForEnd((await troupe.submit(video)).body.id);
  expect(task.status, JSON.stringify(task.error)).toBe('completed');
}
const copies = (where: StandIn) => where.tasks().filter((task) => task.madeId !== null && !task.deleted).length;
const bindings = async (troupe: StartedTroupe, elementId: string) =>
  (
    await sql<{ credential: string }>`
      select credential from kling_elements where element_id = ${elementId}::bigint and deleted_at is null`.execute(
      troupe.database.db,
    )
  ).rows;
const remove = async (troupe: StartedTroupe, elementId: string) =>
  (await troupe.call('DELETE', `/v1/elements/${elementId}`)).status;

test('a key that is replaced by a pair of the same account: the element is used as it is there, and its deletion deletes it there', async () => {
  await using troupe = await start();
  const elementId = await makeElement(troupe);
  const made = copies(standIn);
  await restart(troupe, byPair);
  await until('the account to be known again', () =>
    troupe.log.some((line) => line.includes('used before with another key or name')),
  );
  await makeVideo(troupe, elementId);
  expect(copies(standIn)).toBe(made);
  expect(await remove(troupe, elementId)).toBe(200);
  expect([copies(standIn), await bindings(troupe, elementId)]).toEqual([made - 1, []]);
});

test('deleted at once after the key was replaced, before anything else was asked: it is deleted there', async () => {
  await using troupe = await start();
  const elementId = await makeElement(troupe);
  const made = copies(standIn);
  standIn.plan({ queries: [5000] });
  await restart(troupe, byPair);
  expect(await remove(troupe, elementId)).toBe(200);
  expect([copies(standIn), await bindings(troupe, elementId)]).toEqual([made - 1, []]);
});

test('made twice there, since nobody had told that the key is of the same account: both copies are deleted', async () => {
  await using troupe = await start();
  const elementId = await makeElement(troupe);
  const made = copies(standIn);
  // As a version that told accounts by their keys alone has left it.
  await sql`update kling_elements set credential = 'older' where element_id = ${elementId}::bigint`.execute(
    troupe.database.db,
  );
  await sql`update kling_tasks set credential = 'older'`.execute(troupe.database.db);
  await makeVideo(troupe, elementId);
  expect([copies(standIn), await bindings(troupe, elementId)]).toEqual([
    made + 1,
    expect.objectContaining({ length: 2 }),
  ]);
  expect(await remove(troupe, elementId)).toBe(200);
  expect([copies(standIn), await bindings(troupe, elementId)]).toEqual([made - 1, []]);
});

test("another account's copy stays on the list, a start warns of it, and the sweep deletes it once its key is back", async () => {
  await using troupe = await start();
  const elementId = await makeElement(troupe);
  const made = copies(standIn);
  const elsewhere = { TROUPE_KLING_BASE_URL: another.url, TROUPE_KLING_API_KEY: 'api-key-of-another-account' };
  await restart(troupe, elsewhere);
  await until('a warning', () => troupe.log.some((line) => line.includes('at another Kling account')));
  expect(await remove(troupe, elementId)).toBe(200);
  expect([copies(standIn), (await bindings(troupe, elementId)).length]).toEqual([made, 1]);
  await restart(troupe, byKey);
  await expire(troupe.context);
  expect([copies(standIn), await bindings(troupe, elementId)]).toEqual([made - 1, []]);
});

test('deleted while the settings have no credentials: the sweep deletes it there once they are back', async () => {
  await using troupe = await start();
  const elementId = await makeElement(troupe);
  const made = copies(standIn);
  await restart(troupe, { TROUPE_ELEMENT_ENGINE: 'local' });
  expect(await remove(troupe, elementId)).toBe(200);
  expect(copies(standIn)).toBe(made);
  await restart(troupe, byKey);
  await expire(troupe.context);
  expect([copies(standIn), await bindings(troupe, elementId)]).toEqual([made - 1, []]);
});

test('while the Kling API can not be asked whose a copy is, nothing is deleted, and the answer says so', async () => {
  await using troupe = await start();
  const elementId = await makeElement(troupe);
  await restart(troupe, { ...byPair, TROUPE_KLING_BASE_URL: 'http://127.0.0.1:9' });
  expect(await remove(troupe, elementId)).toBe(503);
  await restart(troupe, byPair);
  expect(await remove(troupe, elementId)).toBe(200);
  expect(await bindings(troupe, elementId)).toEqual([]);
});

test('a wrong key is told by the log of the start, and holds what is asked for instead of failing it', async () => {
  await using troupe = await start();
  await restart(troupe, { TROUPE_KLING_API_KEY: 'a-key-that-nobody-knows' });
  const line = await until('an error line', () => troupe.log.find((one) => one.includes('refuses this account')));
  expect(line).toContain('1002');
  expect(line).not.toContain('a-key-that-nobody-knows');
});
