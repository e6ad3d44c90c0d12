import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  type Client,
  createClient,
  estimatePrice,
  getModel,
  listCatalogModels,
  listCatalogPrices,
} from '../../client/index.ts';
import { listModels } from '../../src/models/index.ts';
import { type AnswerChecker, createAnswerChecker } from '../helpers/check-answers.ts';
import { type StartedTroupe, startTroupe } from '../helpers/start-troupe.ts';
import { videoBodyOf } from '../helpers/video-requests.ts';

let troupe: StartedTroupe;
let inDollars: StartedTroupe;
let checker: AnswerChecker;
let client: Client;

beforeAll(async () => {
  troupe = await startTroupe();
  inDollars = await startTroupe({ environment: { TROUPE_CREDIT_USD: '0.0147' } });
  checker = createAnswerChecker((await troupe.call('GET', '/openapi.json', { key: null })).body);
  client = createClient({ baseUrl: troupe.url, key: troupe.key.key });
});
afterAll(async () => {
  await troupe[Symbol.asyncDispose]();
  await inDollars[Symbol.asyncDispose]();
});

const ids = listModels().map(({ id }) => id);

const estimate = (body: object, from = troupe) => from.call('POST', '/v1/agent-estimates', { body });

test('one model is told with its price; an unknown one is 404, one that the key may not use 403', async () => {
  expect(await getModel(client, 'kling-custom-element')).toMatchObject({ id: 'kling-custom-element', credits: 1 });
  const known = await troupe.call('GET', '/v1/models/kling-o3-text-to-video');
  expect(checker.check('GET', '/v1/models/{model_id}', known)).toBe('');
  const { body: list } = await troupe.call('GET', '/v1/models');
  expect(list.data).toContainEqual(known.body);
  const unknown = await troupe.call('GET', '/v1/models/kling-v9');
  expect(checker.check('GET', '/v1/models/{model_id}', unknown)).toBe('');
  expect(unknown).toMatchObject({ status: 404, body: { error: { code: 'model_not_found', param: 'model_id' } } });
  const limited = await troupe.grant({ account: 'tester', name: 'l', allowed_models: ['kling-custom-element'] }, 0);
  const options = { key: limited.key };
  expect((await troupe.call('GET', '/v1/models/kling-custom-element', options)).status).toBe(200);
  expect(await troupe.call('GET', '/v1/models/kling-o3-text-to-video', options)).toMatchObject({
    status: 403,
    body: { error: { code: 'model_access_denied' } },
  });
  expect((await troupe.call('GET', '/v1/models/kling-custom-element', { key: null })).status).toBe(401);
});

test("the public catalog needs no key and has the fields that the hosted service's tools read", async () => {
  const answer = await troupe.call('GET', '/v1/catalog/models', { key: null });
  expect(checker.check('GET', '/v1/catalog/models', answer)).toBe('');
  const { meta, models } = answer.body;
  expect(meta.catalog_version).toMatch(/^cat_[0-9a-f]{16}$/);
  expect(meta.schema_version).not.toBe('');
  expect(Date.parse(meta.fresh_until)).toBeGreaterThan(Date.parse(meta.updated_at));
  expect(models.map(({ model_id }: { model_id: string }) => model_id)).toEqual(ids);
  for (const model of models) {
    expect(model).toMatchObject({ provider: 'kling', lifecycle: 'active', aliases: [], deprecates_at: null });
    const type = model.model_id.startsWith('kling-image-') ? 'image' : 'video';
    expect(model.capabilities).toContain(type);
    expect(model.protocols).toEqual([`evolink-${type}-generations`]);
  }
  const videos = await listCatalogModels(client, { capability: 'video', lifecycle: 'active' });
  const pictures = await listCatalogModels(client, { capability: 'image' });
  expect([...videos.models, ...pictures.models]).toEqual(models);
  expect(pictures.models).toHaveLength(4);
  expect((await listCatalogModels(client, { capability: 'element' })).models).toHaveLength(1);
});

test('prices are told for each quality and sound in credits, and in dollars where a credit has a price', async () => {
  const answer = await troupe.call('GET', '/v1/catalog/pricing', { key: null });
  expect(checker.check('GET', '/v1/catalog/pricing', answer)).toBe('');
  const told = new Set(answer.body.prices.map(({ model_id }: { model_id: string }) => model_id));
  expect([...told].sort()).toEqual([...ids].sort());
  const { prices } = await listCatalogPrices(client, { model_id: 'kling-v3-text-to-video' });
  const byQuality = prices.map(({ quality, sound, unit, currency, price, minimum_credits }) =>
    [quality, sound, unit, currency, price, minimum_credits].join(' '),
  );
  expect(byQuality).toEqual([
    '720p off second CREDITS 5.4 16.2',
    '720p on second CREDITS 8.1 16.2',
    '1080p off second CREDITS 7.2036 16.2',
    '1080p on second CREDITS 10.8 16.2',
    '4k off second CREDITS 27 16.2',
    '4k on second CREDITS 27 16.2',
  ]);
  const { body } = await inDollars.call('GET', '/v1/catalog/pricing?model_id=kling-custom-element', { key: null });
  expect(body.prices).toMatchObject([{ unit: 'request', currency: 'USD', price: '0.0147', credits: '1' }]);
  expect((await listCatalogPrices(client, { model_id: 'gpt-image-2' })).prices).toEqual([]);
});

test('a client that has the catalog already is told so without a body; other prices are another version', async () => {
  const path = '/v1/catalog/pricing';
  const first = await troupe.call('GET', path, { key: null });
  const etag = first.headers.get('etag') ?? '';
  expect(etag).toBe(`"${first.body.meta.catalog_version}"`);
  expect(first.headers.get('cache-control')).toBe('public, max-age=300');
  const again = await fetch(`${troupe.url}${path}`, { headers: { 'if-none-match': `W/${etag}` } });
  expect([again.status, await again.text(), again.headers.get('etag')]).toEqual([304, '', etag]);
  await using dearer = await startTroupe({ environment: { TROUPE_PRICE_KLING_O3: '6' } });
  expect((await dearer.call('GET', path, { key: null })).headers.get('etag')).not.toBe(etag);
});

test.each([
  ['kling-o3-text-to-video', { duration: 5 }, {}],
  ['kling-o3-text-to-video', { duration: 12, quality: '1080p', sound: 'on' }, {}],
  ['kling-o3-text-to-video', {}, {}],
  ['kling-v3-image-to-video', { duration: 15, quality: '4k', sound: 'on' }, {}],
  ['kling-o3-video-edit', { quality: '1080p' }, {}],
  ['kling-v3-motion-control', {}, { character_orientation: 'image' }],
])('the estimate of %s with %j %j is what a request reserves', async (model, fields, params) => {
  const asked = await estimate({ model_id: model, operation: 'video-generation', input: { ...fields, ...params } });
  expect(checker.check('POST', '/v1/agent-estimates', asked)).toBe('');
  const submitted = await troupe.submit(videoBodyOf(model, fields, params));
  expect(submitted.status).toBe(200);
  expect(Number(asked.body.credits_reserved)).toBe(submitted.body.usage.credits_reserved);
  expect(asked.body.amounts.credits).toBe(asked.body.amount);
});

test('a model that has only some lengths is estimated at each of them, and says which they are', async () => {
  for (const [seconds, amount] of [
    [5, '40'],
    ['10', '80'],
  ] as const) {
    const { body } = await estimate({ model_id: 'kling-o1-image-to-video', input: { duration: seconds } });
    expect(body).toMatchObject({ amount, credits_reserved: amount });
  }
  const { body } = await estimate({ model_id: 'kling-o1-image-to-video', input: { duration: 7 } });
  expect(body.error.message).toBe('input.duration: is 7, must be 5 or 10');
});

test('an estimate counts requests, takes the names and texts of other clients, and says what it assumed', async () => {
  const element = await estimatePrice(client, { model_id: 'kling-custom-element', input: { count: 3 } });
  expect(element).toMatchObject({ currency: 'CREDITS', amount: '3', amounts: { credits: '3', uc: '30000' } });
  const other = await estimate({
    model_id: 'kling-o3-text-to-video',
    operation: 'video_generation',
    parameters: { duration: '5', resolution: '1080P', sound: true, prompt: 'a dog', image_count: '2' },
  });
  expect(other.body).toMatchObject({
    amount: '90.018',
    estimated_usage: { count: 2, duration_seconds: 5, quality: '1080p', sound: 'on' },
    assumptions: [],
  });
  const edit = await estimate({ model_id: 'kling-o3-video-edit', input: { duration_seconds: 4, sound: 'on' } });
  expect(edit.body).toMatchObject({ amount: '32.4', credits_reserved: '81' });
  expect(edit.body.assumptions.join('; ')).toMatch(/720p.*makes none/);
  const { body } = await estimate({ model_id: 'kling-custom-element' }, inDollars);
  expect(body).toMatchObject({ currency: 'USD', amount: '0.0147', amounts: { credits: '1', usd: '0.0147' } });
});

test.each([
  [{ model_id: 'kling-o3-text-to-video', input: { duration_seconds: 99 } }, 400, 'input.duration_seconds'],
  [{ model_id: 'kling-o3-text-to-video', input: { quality: '8k' } }, 400, 'input.quality'],
  [{ model_id: 'kling-v3-motion-control', input: { quality: '4k' } }, 400, 'input.quality'],
  [{ model_id: 'kling-o3-video-edit', parameters: { duration: 11 } }, 400, 'parameters.duration'],
  [{ model_id: 'kling-o1-image-to-video', input: { duration: 7 } }, 400, 'input.duration'],
  [{ model_id: 'kling-custom-element', input: { count: 0 } }, 400, 'input.count'],
  [{ model_id: 'kling-custom-element', operation: 'image-generation' }, 400, 'operation'],
  [{ input: {} }, 400, 'model_id'],
  [{ model_id: 'sora-2' }, 404, 'model_id'],
])('an estimate of %j is refused with %i and its field', async (body, status, param) => {
  const answer = await estimate(body);
  expect(checker.check('POST', '/v1/agent-estimates', answer)).toBe('');
  expect(answer).toMatchObject({ status, body: { error: { param } } });
});

test('an estimate needs a key, and reserves nothing', async () => {
  const key = await troupe.grant({ account: 'poor', name: 'p' }, 2);
  const body = { model_id: 'kling-o3-text-to-video', input: { duration_seconds: 15, quality: '4k' } };
  expect((await troupe.call('POST', '/v1/agent-estimates', { body, key: null })).status).toBe(401);
  expect((await troupe.call('POST', '/v1/agent-estimates', { body, key: key.key })).status).toBe(200);
  const { body: credits } = await troupe.call('GET', '/v1/credits', { key: key.key });
  expect(credits.data.user).toMatchObject({ remaining_credits: 2, reserved_credits: 0 });
});
