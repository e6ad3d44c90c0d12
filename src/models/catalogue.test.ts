import { describe, expect, test } from 'vitest';
import { check, imageBody } from '../../test/helpers/element-requests.ts';
import { compileCheck } from '../lib/compile-check.ts';
import { parseSection, type SettingMistake } from '../lib/settings.ts';
import { chooseModel, computePrice, getModel, listModels, presentModel, section } from './index.ts';
import { ModelEntry } from './schema.ts';

function parsePrice(text?: string) {
  const mistakes: SettingMistake[] = [];
  const prices = parseSection(section, { TROUPE_PRICE_KLING_CUSTOM_ELEMENT: text }, mistakes);
  return { prices, mistakes };
}
const { prices } = parsePrice();

describe('the catalogue', () => {
  test('names are exact; another one answers 404 model_not_found and says which', () => {
    expect(getModel('kling-custom-element').type).toBe('video');
    expect(() => getModel('Kling-Custom-Element')).toThrow(
      expect.objectContaining({
        status: 404,
        code: 'model_not_found',
        param: 'model',
        message: expect.stringContaining("model: 'Kling-Custom-Element' is not offered here"),
      }),
    );
  });

  test.each([
    [null, 'body', 'body: is null, must be an object with model'],
    [{}, 'model', 'model: is required'],
    [{ model: '' }, 'model', 'model: is empty, at least 1 is required'],
    [{ model: 12 }, 'model', 'model: is a number (12), must be a string'],
  ])('a body like %j names no model: 400 with param %s', (body, param, message) => {
    expect(() => chooseModel(body)).toThrow(
      expect.objectContaining({ status: 400, code: 'invalid_request', param, message }),
    );
  });

  test('every model accepts its own examples and nothing in them is ignored', () => {
    const checkMediaUrl = (text: string) => ({ ok: true as const, url: new URL(text) });
    for (const model of listModels()) {
      const check = compileCheck(model.requestSchema);
      for (const { value } of Object.values(model.examples)) {
        expect(check(value).ok).toBe(true);
        expect(chooseModel(value)).toBe(model);
        expect(model.checkRequest(value, { checkMediaUrl }).ignoredFields).toEqual([]);
      }
    }
  });

  test('the list is what its schema says, with the price in force', () => {
    const page = { data: listModels().map((model) => presentModel(model, prices)) };
    for (const entry of page.data) expect(compileCheck(ModelEntry)(entry)).toMatchObject({ ok: true });
    expect(page.data[0]).toMatchObject({ id: 'kling-custom-element', billing_rule: 'per_call', credits: 1 });
    expect(page.data[0]).not.toHaveProperty('multipliers');
    expect(page.data.find(({ id }) => id === 'kling-v3-motion-control')).toMatchObject({
      billing_rule: 'per_second',
      credits: 8.1648,
      minimum_credits: 24.4944,
      multipliers: { '720p': { off: 1 }, '1080p': { off: 1.334 } },
    });
    expect(page.data.find(({ id }) => id === 'kling-o3-image-to-video')?.multipliers).toEqual({
      '720p': { off: 1, on: 1.334 },
      '1080p': { off: 1.334, on: 1.667 },
      '4k': { off: 5, on: 5 },
    });
  });
});

describe('the price of an element', () => {
  const model = getModel('kling-custom-element');
  const { request: elementRequest } = check(imageBody());

  test('is 1 credit per call unless set', () => {
    expect(computePrice(model, elementRequest, prices)).toEqual({
      billing_rule: 'per_call',
      priceMicrocredits: 1_000_000,
    });
  });

  test.each([
    ['0.001', 1000],
    ['0.1', 100_000],
    ['0.000001', 1],
    ['0', 0],
    ['1000000', 1_000_000_000_000],
  ])('set to %s credits is %i microcredits, and is shown as it was set', (text, microcredits) => {
    const set = parsePrice(text).prices;
    expect(computePrice(model, elementRequest, set).priceMicrocredits).toBe(microcredits);
    expect(section.priceKlingCustomElement.show(microcredits)).toBe(text);
    expect(presentModel(model, set).credits).toBe(Number(text));
  });

  test.each(['-1', '1e3', '1,5', 'free', '0.0000001', '1000000.000001'])(
    'set to %s is reported as a mistake',
    (text) => {
      expect(parsePrice(text).mistakes).toMatchObject([{ env: 'TROUPE_PRICE_KLING_CUSTOM_ELEMENT' }]);
    },
  );
});
