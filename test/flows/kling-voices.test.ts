import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { grantVoice } from '../../src/kling/index.ts';
import { imageRequest, videoRequest } from '../helpers/flow-bodies.ts';
import { countRows } from '../helpers/load-books.ts';
import { type StandIn, standInCredentials, startStandIn } from '../helpers/stand-in-kling/stand-in.ts';
import { type MediaOrigin, startOrigin } from '../helpers/start-origin.ts';
import { type StartedTroupe, startTroupe } from '../helpers/start-troupe.ts';
import { until } from '../helpers/until.ts';

/** The voices of one Kling account, which all accounts of a server share: whose they are here. */
let origin: MediaOrigin;
let standIn: StandIn;
let troupe: StartedTroupe;
let stranger: string;

const preset = '829824295735410756';
const custom = '829836802793406551';
const presetsPath = '/v1/general/presets-voices';

beforeAll(async () => {
  origin = await startOrigin();
  standIn = await startStandIn({ taskMs: 100 });
  troupe = await startTroupe({
    environment: {
      TROUPE_KLING_BASE_URL: standIn.url,
      TROUPE_KLING_API_KEY: standInCredentials.apiKey,
      TROUPE_KLING_ACCOUNT: 'studio',
      TROUPE_ELEMENT_ENGINE: 'kling',
      TROUPE_PUBLIC_URL: 'https://troupe.example.com',
    },
  });
  stranger = (await troupe.grant({ account: 'stranger', name: 'k' }, 100)).key;
});
afterAll(async () => {
  await troupe[Symbol.asyncDispose]();
  await standIn[Symbol.asyncDispose]();
  await origin[Symbol.asyncDispose]();
});

function submit(voiceId: string, key = troupe.key.key) {
  const body = videoRequest(origin.url('/dog.mp4'));
  const model_params = { ...body.model_params, element_voice_id: voiceId };
  return troupe.call('POST', '/v1/videos/generations', { key, body: { ...body, model_params } });
}

test("the vendor's voices are everybody's, and are asked for once", async () => {
  for (const key of [troupe.key.key, stranger]) expect((await submit(preset, key)).status).toBe(200);
  expect(standIn.received().filter((one) => one.path === presetsPath)).toHaveLength(1);
});

test('another voice is refused before anything is reserved, whether it exists or not, until it is granted to the account', async () => {
  const tasks = await countRows(troupe.database.db, 'tasks');
  const refused = await submit(custom);
  expect([refused.status, refused.body.error.code, refused.body.error.param]).toEqual([
    400,
    'invalid_request',
    'model_params.element_voice_id',
  ]);
  expect(await countRows(troupe.database.db, 'tasks')).toBe(tasks);
  const { account_id } = troupe.key;
  await grantVoice(troupe.database.db, { credential: 'studio', voice_id: custom, account_id });
  expect((await submit(custom)).status).toBe(200);
  const other = await submit(custom, stranger);
  expect(other.body.error.message).toBe(refused.body.error.message);
  const absent = await submit('1', stranger);
  expect(absent.body.error.message).toBe(other.body.error.message.replace(custom, '1'));
  // What is guessed doesn't have the list read each time.
  expect(standIn.received().filter((one) => one.path === presetsPath)).toHaveLength(1);
});

test('a voice that an element got on this machine is judged when a video first takes it to the Kling API', async () => {
  const { engines } = troupe.context;
  const { chooseElementEngine } = engines;
  engines.chooseElementEngine = () => engines.getElementEngine('nothing');
  troupe.startWorker();
  const make = async (key: string) => {
    const { body } = await troupe.call('POST', '/v1/videos/generations', {
      key,
      body: imageRequest(origin.url('/duck.jpg')),
    });
    return await until('the element', async () => {
      const task = await troupe.call('GET', `/v1/tasks/${body.id}`, { key });
      return task.body.status === 'completed' && (task.body.result_data.element_id as string);
    });
  };
  const [ours, theirs] = [await make(troupe.key.key), await make(stranger)];
  engines.chooseElementEngine = chooseElementEngine;
  await sql`update elements set voice_id = ${custom}`.execute(troupe.database.db);
  const cast = (element_id: string, key: string) =>
    troupe.call('POST', '/v1/videos/generations', {
      key,
      body: { model: 'kling-o3-text-to-video', prompt: 'hi', model_params: { element_list: [{ element_id }] } },
    });
  expect((await cast(ours, troupe.key.key)).status).toBe(200);
  const refused = await cast(theirs, stranger);
  expect([refused.status, refused.body.error.param]).toEqual([400, 'model_params.element_list[0].element_id']);
  expect(refused.body.error.message).toContain(custom);
});

test('503 while the list can not be read, and a granted voice needs no list', async () => {
  await using away = await startTroupe({
    environment: {
      TROUPE_KLING_BASE_URL: 'http://127.0.0.1:9',
      TROUPE_KLING_API_KEY: standInCredentials.apiKey,
      TROUPE_KLING_ACCOUNT: 'studio',
      TROUPE_ELEMENT_ENGINE: 'kling',
      TROUPE_PUBLIC_URL: 'https://troupe.example.com',
    },
  });
  const body = videoRequest(origin.url('/dog.mp4'));
  const send = (element_voice_id: string) =>
    away.submit({ ...body, model_params: { ...body.model_params, element_voice_id } });
  expect((await send(preset)).status).toBe(503);
  await grantVoice(away.database.db, { credential: 'studio', voice_id: preset, account_id: away.key.account_id });
  expect((await send(preset)).status).toBe(200);
});
