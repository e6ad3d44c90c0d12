import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { checkKling, createClient, createVoice, getKlingStatus } from '../../client/index.ts';
import { imageRequest } from '../helpers/flow-bodies.ts';
import { type StandIn, standInCredentials, startStandIn } from '../helpers/stand-in-kling/stand-in.ts';
import { type MediaOrigin, startOrigin } from '../helpers/start-origin.ts';
import { type StartedTroupe, startTroupe } from '../helpers/start-troupe.ts';
import { until } from '../helpers/until.ts';

/** A server with two accounts at the Kling API, as its callers and its operator meet it. */
let origin: MediaOrigin;
let one: StandIn;
let two: StandIn;
let troupe: StartedTroupe;
let admin: string;

const keyOfTwo = 'api-key-of-the-second-account';

beforeAll(async () => {
  origin = await startOrigin();
  one = await startStandIn({ taskMs: 30, packUnits: 200 });
  two = await startStandIn({ taskMs: 30, packUnits: 100, apiKey: keyOfTwo, idOffset: 5_000_000_000n });
  troupe = await startTroupe({
    worker: true,
    environment: {
      TROUPE_ELEMENT_ENGINE: 'kling',
      TROUPE_KLING_BASE_URL: one.url,
      TROUPE_KLING_API_KEY: standInCredentials.apiKey,
      TROUPE_KLING_ACCOUNTS: JSON.stringify([
        { name: 'second', api_key: keyOfTwo, base_url: two.url, parallel_videos: 3 },
      ]),
    },
  });
  admin = (await troupe.grant({ account: 'house', name: 'admin', role: 'admin' }, 1000)).key;
});
afterAll(async () => {
  await troupe?.[Symbol.asyncDispose]();
  await one?.[Symbol.asyncDispose]();
  await two?.[Symbol.asyncDispose]();
  await origin?.[Symbol.asyncDispose]();
});

const client = () => createClient({ baseUrl: troupe.url, key: admin });
const copies = (where: StandIn) => where.tasks().filter((task) => task.madeId !== null && !task.deleted).length;
const makeVideo = async (element_id: string) => {
  const model_params = { element_list: [{ element_id }] };
  const body = { model: 'kling-o3-text-to-video', prompt: '<<<element_1>>> swims', duration: 3, model_params };
  const task = await troupe.waitForEnd((await troupe.submit(body)).body.id);
  expect(task.status, JSON.stringify(task.error)).toBe('completed');
};

test('an element that was made at one account is made at the other when that one has to make the video, and is deleted at both', async () => {
  const { body } = await troupe.submit(imageRequest(origin.url('/duck.jpg')));
  const { element_id } = (await troupe.waitForEnd(body.id)).result_data;
  expect([copies(one), copies(two)]).toEqual([1, 0]);
  one.refuse((create) => (create.model_name === undefined ? null : 1102));
  await makeVideo(element_id);
  expect([copies(one), copies(two)]).toEqual([1, 1]);
  expect((await troupe.call('DELETE', `/v1/elements/${element_id}`)).status).toBe(200);
  expect([copies(one), copies(two)]).toEqual([0, 0]);
});

test('an admin sees each account with its balance, slots and stops, and the first one as before', async () => {
  const status = await getKlingStatus(client());
  expect(status.name).toBe('default');
  expect(status.accounts.map(({ name, base_url }) => [name, base_url])).toEqual([
    ['default', one.url],
    ['second', two.url],
  ]);
  const [first, second] = status.accounts;
  expect(first).toMatchObject({ balance: { packs: [{ total_units: 200 }] }, elements: { here: 0, elsewhere: 0 } });
  expect(second).toMatchObject({ balance: { packs: [{ total_units: 100 }] }, elements: { here: 0, elsewhere: 0 } });
  const stops = (account: typeof first) =>
    account?.products.filter(({ stop_reason }) => stop_reason !== null).map(({ product }) => product);
  expect([stops(first), stops(second)]).toEqual([['video'], []]);
  const line = second?.products.find(({ product }) => product === 'video/kling-v3-omni');
  expect(line).toMatchObject({ parallel_max: 3, in_work: 0 });
  expect(second?.costs).toHaveLength(1);
  expect(status.lost_tasks).toBe(0);
  expect(JSON.stringify(status)).not.toContain(keyOfTwo);
});

test('/metrics has the stop of the one and none of the other', async () => {
  const text = await until('the numbers', async () => {
    const answer = await fetch(`${troupe.url}/metrics`, { headers: { authorization: `Bearer ${admin}` } });
    return await answer.text();
  });
  const value = (series: string) =>
    text
      .split('\n')
      .find((line) => line.startsWith(series))
      ?.split(' ')
      .at(-1);
  expect(value('troupe_kling_stopped{account="default",product="video"}')).toBe('1');
  expect(value('troupe_kling_stopped{account="second",product="video"}')).toBe('0');
  expect(value('troupe_kling_remaining_units{account="second"}')).toBeDefined();
  expect(value('troupe_kling_tasks{account="second",product="element",state="waiting"}')).toBe('0');
});

test('the log says which account is refused', () => {
  const line = troupe.log.find((one) => one.includes('refuses this account'));
  expect(JSON.parse(line ?? '{}')).toMatchObject({ kling_account: 'default', product: 'video' });
});

test('a check looks at each account and names it, and one wrong key is an error of its account alone', async () => {
  one.refuse(() => null);
  two.plan({ queries: [1000, 1000] });
  const { ok, checks } = await checkKling(client());
  expect(ok).toBe(false);
  const found = checks.map(({ account, name, level }) => [account, name, level]);
  expect(found.filter(([account]) => account === 'second')).toEqual([['second', 'key', 'error']]);
  expect(checks.find(({ account }) => account === 'second')).toMatchObject({ setting: 'TROUPE_KLING_ACCOUNTS' });
  expect(found.filter(([account]) => account === 'default').map(([, name]) => name)).toEqual([
    'key',
    'balance',
    'slots',
    'voices',
  ]);
  expect(found.at(-1)?.slice(0, 2)).toEqual([undefined, 'links']);
});

test('the doctor says which account does not answer', async () => {
  two.plan({ queries: [1000] });
  const { checks } = await troupe.context.examine();
  expect(checks.find(({ part }) => part === 'kling')).toMatchObject({
    status: 'broken',
    message: expect.stringContaining(`second: ${two.url}`),
  });
});

test('a voice of the second account is granted at that account', async () => {
  const created = await fetch(`${two.url}/v1/general/custom-voices`, {
    method: 'POST',
    headers: { authorization: `Bearer ${keyOfTwo}`, 'content-type': 'application/json' },
    body: JSON.stringify({ voice_name: 'Ann', voice_url: 'https://media.example/ann.mp3' }),
  });
  expect(created.status).toBe(200);
  const listed = await until('the voice in the list', async () => {
    const { body } = await troupe.call('GET', '/v1/voices', { key: admin });
    return body.data.find(({ voice_name }: { voice_name: string }) => voice_name === 'Ann');
  });
  const body = { account: 'house' };
  const granted = await troupe.call('POST', `/v1/voices/${listed.voice_id}/grants`, { key: admin, body });
  expect(granted.status, JSON.stringify(granted.body)).toBe(200);
  const { accounts } = await getKlingStatus(client());
  const { rows } = await sql<{ credential: string }>`
    select credential from kling_voice_grants where voice_id = ${listed.voice_id}`.execute(troupe.database.db);
  expect(rows).toEqual([{ credential: accounts[1]?.account }]);
  const back = await troupe.call('DELETE', `/v1/voices/${listed.voice_id}/grants?account=house`, { key: admin });
  expect(back.body.granted).toBe(false);
});

test('a voice is made at the account that is named, else at the first that takes it, and one that refuses it is not asked again', async () => {
  const order = (kling_account?: string) => ({
    voice_name: 'Bea',
    voice_url: 'https://media.example/bea.mp3',
    ...(kling_account === undefined ? {} : { kling_account }),
  });
  const asked = (where: StandIn) => where.creates('/v1/general/custom-voices').length;
  const before = [asked(one), asked(two)];
  const named = await createVoice(client(), order('second'));
  expect(named).toMatchObject({ status: 'made', kling_account: 'second', voice: { voice_name: 'Bea' } });
  expect([asked(one), asked(two)]).toEqual([before[0], (before[1] ?? 0) + 1]);
  const { rows } = await sql<{ credential: string }>`
    select credential from kling_voice_grants where voice_id = ${named.voice?.voice_id}`.execute(troupe.database.db);
  expect(rows).toEqual([{ credential: (await getKlingStatus(client())).accounts[1]?.account }]);
  expect(await createVoice(client(), order())).toMatchObject({ kling_account: 'default' });
  one.refuse(() => 1102);
  expect(await createVoice(client(), order())).toMatchObject({ status: 'made', kling_account: 'second' });
  const held = await troupe.call('POST', '/v1/voices', { key: admin, body: order('default') });
  expect([held.status, held.body.error.code]).toEqual([503, 'service_unavailable']);
  one.refuse(() => null);
  const nowhere = await troupe.call('POST', '/v1/voices', { key: admin, body: order('third') });
  expect([nowhere.status, nowhere.body.error]).toMatchObject([
    400,
    { param: 'kling_account', message: "kling_account: is 'third', must be one of default, second" },
  ]);
  // What is wrong with the request itself would be wrong at every account.
  one.refuse(() => 1301);
  const sent = asked(two);
  const wrong = await troupe.call('POST', '/v1/voices', { key: admin, body: order() });
  expect([wrong.status, wrong.body.error.param, asked(two)]).toEqual([400, 'voice_url', sent]);
  one.refuse(() => null);
  for (const where of [one, two])
    for (const task of where.tasks()) if (task.body.voice_name === 'Bea') task.deleted = true;
});

test('while one account does not answer, the voices of the other are listed', async () => {
  one.plan({ queries: [1000, 1000] });
  const { status, body } = await troupe.call('GET', '/v1/voices', { key: admin });
  expect(status, JSON.stringify(body)).toBe(200);
  expect(body.data.map(({ voice_name }: { voice_name: string }) => voice_name)).toEqual(['Ann', 'Narrator']);
});
