import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type Client,
  createClient,
  createVoice,
  deleteVoice,
  eachRow,
  grantVoice,
  listPresetElements,
  listVoices,
  revokeVoice,
  type Voice,
} from '../../client/index.ts';
import { listAuditLines } from '../../src/audit/index.ts';
import { runCommand } from '../helpers/run-command.ts';
import { type StandIn, standInCredentials, startStandIn } from '../helpers/stand-in-kling/stand-in.ts';
import { type StartedTroupe, startTroupe } from '../helpers/start-troupe.ts';
import { until } from '../helpers/until.ts';

let standIn: StandIn;
let troupe: StartedTroupe;
let bare: StartedTroupe;
let admin: Client;
let caller: Client;

beforeAll(async () => {
  standIn = await startStandIn({ taskMs: 50 });
  troupe = await startTroupe({
    environment: environmentOf(standIn),
  });
  bare = await startTroupe();
  const { key } = await troupe.grant({ account: 'operators', name: 'admin', role: 'admin' }, 0);
  admin = createClient({ baseUrl: troupe.url, key, retriesMax: 0 });
  caller = createClient({ baseUrl: troupe.url, key: troupe.key.key, retriesMax: 0 });
});
afterAll(async () => {
  await bare?.[Symbol.asyncDispose]();
  await troupe?.[Symbol.asyncDispose]();
  await standIn?.[Symbol.asyncDispose]();
});

const environmentOf = ({ url }: StandIn) => ({
  TROUPE_KLING_BASE_URL: url,
  TROUPE_KLING_API_KEY: standInCredentials.apiKey,
  TROUPE_KLING_ACCOUNT: 'studio',
});
const voicesOf = async (client: Client) =>
  await Array.fromAsync(eachRow<Voice>((page) => listVoices(client, { limit: 1, ...page })));
const own = (voices: Voice[]) => voices.filter(({ is_preset }) => !is_preset).map(({ voice_name }) => voice_name);
const desire = (voice_name: string) => ({ voice_name, voice_url: 'https://example.com/voice.mp3' });

test("the vendor's elements and voices are listed for every key, page by page", async () => {
  const presets = await listPresetElements(caller);
  expect(presets.data.length).toBeGreaterThan(0);
  expect(presets.data[0]).toMatchObject({ element_id: expect.any(String), element_name: expect.any(String) });
  const voices = await voicesOf(caller);
  expect(voices.length).toBeGreaterThan(0);
  expect(new Set(voices.map(({ voice_id }) => voice_id)).size).toBe(voices.length);
});

describe('voices of the account', () => {
  test('one is made by an admin, granted to the account that is named, and noted in the audit', async () => {
    const made = await createVoice(admin, { ...desire('Anna'), account: 'tester' });
    expect(made).toMatchObject({ status: 'made', voice: { voice_name: 'Anna', is_preset: false } });
    expect(own(await voicesOf(caller))).toContain('Anna');
    const actions = (await listAuditLines(troupe.database.db)).map(({ action }) => action);
    expect(actions.slice(0, 2)).toEqual(['kling_voice.grant', 'kling_voice.create']);
  });

  test("another account's voices are not seen, until they are granted, and no more once they are taken back", async () => {
    const { voice } = await createVoice(admin, desire('Berta'));
    const { voice_id } = voice as Voice;
    expect(own(await voicesOf(caller))).not.toContain('Berta');
    expect(own(await voicesOf(admin))).toContain('Berta');
    await grantVoice(admin, voice_id, 'tester');
    expect(own(await voicesOf(caller))).toContain('Berta');
    await revokeVoice(admin, voice_id, 'tester');
    expect(own(await voicesOf(caller))).not.toContain('Berta');
  });

  test('one is deleted, and 404 the second time', async () => {
    const { voice } = await createVoice(admin, desire('Carla'));
    await deleteVoice(admin, (voice as Voice).voice_id);
    expect(own(await voicesOf(admin))).not.toContain('Carla');
    await expect(deleteVoice(admin, (voice as Voice).voice_id)).rejects.toMatchObject({ code: 'resource_not_found' });
  });

  test.each([
    [{ voice_name: '', voice_url: 'https://example.com/a.mp3' }, 'voice_name'],
    [{ voice_name: 'a'.repeat(21), voice_url: 'https://example.com/a.mp3' }, 'voice_name'],
    [{ voice_name: 'Dora', voice_url: 'ftp://example.com/a.mp3' }, 'voice_url'],
  ])('%j is refused before anything is asked of the vendor', async (body, param) => {
    const before = standIn.received().length;
    await expect(createVoice(admin, body)).rejects.toMatchObject({ code: 'invalid_request', param });
    expect(standIn.received()).toHaveLength(before);
  });

  test('404 for an account that is not there, before the vendor charges', async () => {
    const before = standIn.received().length;
    await expect(createVoice(admin, { ...desire('Eva'), account: 'nobody' })).rejects.toMatchObject({
      code: 'account_not_found',
    });
    expect(standIn.received()).toHaveLength(before);
  });

  test('503 while the Kling API is busy, and nothing is granted', async () => {
    standIn.plan({ creates: [1303] });
    await expect(createVoice(admin, desire('Frieda'))).rejects.toMatchObject({ status: 503 });
  });
});

describe('a voice that takes long', () => {
  test('keeps no server from stopping: it is answered as in progress with the task that the vendor has', async () => {
    await using slow = await startStandIn({ taskMs: 3_600_000 });
    const stopping = await startTroupe({ environment: { ...environmentOf(slow), TROUPE_STOP_SECONDS: '600' } });
    try {
      const { key } = await stopping.grant({ account: 'operators', name: 'admin', role: 'admin' }, 0);
      const ordered = createVoice(createClient({ baseUrl: stopping.url, key, retriesMax: 0 }), desire('Gerda'));
      const isLooked = () =>
        Promise.resolve(
          slow.received().some(({ method, path }) => method === 'GET' && /custom-voices\/./.test(path)) || null,
        );
      await until('the first look', isLooked);
      await Promise.all([
        stopping.stop(),
        expect(ordered).resolves.toMatchObject({ status: 'in_progress', voice: null }),
      ]);
    } finally {
      await stopping[Symbol.asyncDispose]();
    }
  });

  test('is ordered once though the vendor is busy when it is asked for, and nobody is told to repeat the order', async () => {
    const before = standIn.received().filter(({ method }) => method === 'POST').length;
    standIn.plan({ queries: [1303] });
    await expect(createVoice(admin, desire('Hanna'))).resolves.toMatchObject({ status: 'made' });
    expect(standIn.received().filter(({ method }) => method === 'POST')).toHaveLength(before + 1);
  });
});

test('404 engine_not_available on a server without a Kling account, on each of them', async () => {
  const { key } = await bare.grant({ account: 'operators', name: 'admin', role: 'admin' }, 0);
  const client = createClient({ baseUrl: bare.url, key, retriesMax: 0 });
  const calls = [
    () => listPresetElements(client),
    () => listVoices(client),
    () => createVoice(client, desire('Anna')),
    () => deleteVoice(client, '1'),
    () => grantVoice(client, '1', 'operators'),
    () => revokeVoice(client, '1', 'operators'),
  ];
  for (const call of calls) await expect(call()).rejects.toMatchObject({ status: 404, code: 'engine_not_available' });
});

test('the command line does the same over the API', async () => {
  const environment = { TROUPE_URL: troupe.url, TROUPE_API_KEY: admin.key ?? '' };
  const run = async (...words: string[]) => await runCommand(words, environment);
  expect((await run('elements', 'presets')).stdout).toMatch(/^\d+ +image_refer/m);
  const made = await run('voices', 'create', '--name', 'Gerda', '--url', 'https://example.com/a.mp3', '--json');
  const { voice_id } = JSON.parse(made.stdout).voice;
  expect((await run('voices', 'grant', voice_id, '--account', 'tester')).stdout).toBe('granted\n');
  expect((await run('voices', 'list')).stdout).toContain('Gerda');
  expect((await run('voices', 'revoke', voice_id, '--account', 'tester')).stdout).toBe('revoked\n');
  expect((await run('voices', 'delete', voice_id)).stdout).toBe('deleted\n');
});
