import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkVideo, videoBodyOf } from '../../test/helpers/video-requests.ts';
import { parseSection } from '../lib/settings.ts';
import { computeCharge, computePrice, getModel, listModels, type Settlement, section } from './index.ts';

const prices = parseSection(section, {}, []);

function quote(model: string, rest: Record<string, unknown> = {}, params?: Record<string, unknown>, under = prices) {
  return computePrice(getModel(model), checkVideo(videoBodyOf(model, rest, params)).request, under);
}

/** Exact: rate × seconds × thousandths, rounded half up to 100 microcredits, at least `minimum`. */
function reference(rate: number, seconds: number, thousandths: number, minimum: number): number {
  const doubled = 2n * BigInt(rate) * BigInt(seconds) * BigInt(thousandths);
  const units = (doubled + 100_000n) / 200_000n;
  return Math.max(minimum, Number(units * 100n));
}

describe('what is reserved, by the published prices', () => {
  test.each([
    ['kling-o3-image-to-video', { duration: 5, quality: '720p' }, 27],
    ['kling-o3-image-to-video', { duration: 5, quality: '720p', sound: 'on' }, 36.018],
    ['kling-o3-image-to-video', { duration: 5, quality: '1080p' }, 36.018],
    ['kling-o3-image-to-video', { duration: 5, quality: '1080p', sound: 'on' }, 45.009],
    ['kling-o3-image-to-video', { duration: 5, quality: '4k' }, 135],
    ['kling-o3-image-to-video', { duration: 5, quality: '4k', sound: 'on' }, 135],
    ['kling-o3-text-to-video', { duration: 3 }, 16.2],
    ['kling-o3-text-to-video', { duration: 15, quality: '1080p', sound: 'on' }, 135.027],
    ['kling-o3-reference-to-video', { duration: 3 }, 24.3],
    ['kling-o3-reference-to-video', { duration: 10, quality: '1080p' }, 108.054],
    ['kling-v3-text-to-video', {}, 27],
    ['kling-v3-image-to-video', { duration: 5, sound: 'on' }, 40.5],
    ['kling-v3-image-to-video', { duration: 5, quality: '1080p' }, 36.018],
    ['kling-v3-image-to-video', { duration: 5, quality: '1080p', sound: 'on' }, 54],
    ['kling-v3-image-to-video', { duration: 15, quality: '4k', sound: 'on' }, 405],
    ['kling-v3-turbo-text-to-video', { duration: 3 }, 21.6],
    ['kling-v3-turbo-image-to-video', { duration: 10, quality: '1080p' }, 90],
    ['kling-o1-image-to-video', {}, 40],
    ['kling-o1-image-to-video', { duration: '10' }, 80],
  ])('%s %j: %d credits, which are charged', (model, rest, credits) => {
    const { priceMicrocredits, settlement } = quote(model, rest);
    expect(priceMicrocredits).toBe(Math.round(credits * 1e6));
    expect(
      computeCharge(settlement as Settlement, Number('duration' in rest ? rest.duration : 5), priceMicrocredits),
    ).toBe(priceMicrocredits);
  });

  test.each([
    ['kling-o3-video-edit', {}, {}, 81],
    ['kling-o3-video-edit', { quality: '1080p' }, {}, 108.054],
    ['kling-o1-video-edit', {}, undefined, 120],
    ['kling-o1-video-edit-fast', {}, undefined, 120],
    ['kling-v3-motion-control', {}, { character_orientation: 'image' }, 81.648],
    ['kling-v3-motion-control', {}, { character_orientation: 'video' }, 244.944],
    ['kling-v3-motion-control', { quality: '1080p' }, { character_orientation: 'image' }, 108.9184],
    ['kling-v3-motion-control', { quality: '1080p' }, { character_orientation: 'video' }, 326.7553],
  ])('%s %j %j: %d credits for the longest output, of which the output is charged', (model, rest, params, credits) => {
    const { priceMicrocredits, settlement } = quote(model, rest, params);
    expect(priceMicrocredits).toBe(Math.round(credits * 1e6));
    expect(settlement).toBeDefined();
  });
});

describe('what is charged for an output', () => {
  const { priceMicrocredits: reserved, settlement } = quote('kling-o3-video-edit', { quality: '1080p' });
  const charge = (seconds: number) => computeCharge(settlement as Settlement, seconds, reserved) / 1e6;

  test.each([
    [0, 24.3],
    [2.4, 24.3],
    [2.5, 32.4162],
    [3.49, 32.4162],
    [3.5, 43.2216],
    [5.04, 54.027],
    [9.5, 108.054],
    [10.04, 108.054],
    [12, 108.054],
    [1e9, 108.054],
  ])('%d s: %d credits: seconds rounded half up, the minimum, never more than was reserved', (seconds, credits) => {
    expect(charge(seconds)).toBe(credits);
  });

  test.each([Number.NaN, -1, Number.POSITIVE_INFINITY])('a length of %d is a fault of the measurement', (seconds) => {
    expect(() => charge(seconds)).toThrow(RangeError);
  });

  test('1080p of motion control is not rounded by the second', () => {
    const motion = quote('kling-v3-motion-control', { quality: '1080p' }, { character_orientation: 'video' });
    expect(computeCharge(motion.settlement as Settlement, 5, motion.priceMicrocredits)).toBe(54_459_200);
    expect(motion.settlement).toEqual({
      microcreditsPerSecond: 8_164_800,
      multiplierThousandths: 1334,
      minimumMicrocredits: 24_494_400,
    });
  });
});

describe('whatever the settings', () => {
  const setting = fc.integer({ min: 0, max: 1_000_000_000 });
  const settings = fc.record({
    priceKlingCustomElement: setting,
    priceKlingO3: setting,
    priceKlingO3WithVideo: setting,
    priceKlingV3: setting,
    priceKlingV3MotionControl: setting,
    priceKlingV3Turbo: setting,
    priceKlingO1: setting,
    priceKlingO1WithVideo: setting,
    priceKlingImage: setting,
    priceKlingAngles: setting,
  });
  const videos = listModels().flatMap((model) =>
    model.price.billing_rule === 'per_second' ? [{ ...model, price: model.price }] : [],
  );
  const videosAndSettings = fc.constantFrom(...videos).chain(({ id, price }) =>
    fc.record({
      id: fc.constant(id),
      price: fc.constant(price),
      duration: id === 'kling-o1-image-to-video' ? fc.constantFrom(5, 10) : fc.integer({ min: 3, max: 10 }),
      quality: fc.constantFrom(...(Object.keys(price.multipliers) as (keyof typeof price.multipliers)[])),
      sound: fc.constantFrom('off' as const, ...(price.multipliers['720p']?.on ? ['on' as const] : [])),
      output: fc.double({ min: 0, max: 40, noNaN: true }),
    }),
  );

  test('prices and charges are the exact ones, whole, and a charge is never more than its reservation', () => {
    fc.assert(
      fc.property(settings, videosAndSettings, (under, { id, price, duration, quality, sound, output }) => {
        const { priceMicrocredits, settlement } = quote(id, { duration, quality, sound }, undefined, under);
        const rate = under[price.setting];
        const thousandths = price.multipliers[quality]?.[sound] ?? 0;
        const minimum = reference(rate, 3, 1000, 0);
        const longest = /edit/.test(id) ? 10 : id === 'kling-v3-motion-control' ? 30 : duration;
        expect(priceMicrocredits).toBe(reference(rate, longest, thousandths, minimum));
        if (settlement === undefined) throw new Error('a price by the second without a settlement');
        expect(JSON.parse(JSON.stringify(settlement))).toEqual(settlement);
        const rounded = output % 1 >= 0.5 ? Math.ceil(output) : Math.floor(output);
        const charged = computeCharge(settlement, output, priceMicrocredits);
        expect(charged).toBe(Math.min(priceMicrocredits, reference(rate, rounded, thousandths, minimum)));
      }),
      { numRuns: 2000 },
    );
  });

  test('a rate of more than 1000 credits is refused, so that no product leaves the whole numbers', () => {
    expect(section.priceKlingO3.parse('1000')).toBe(1_000_000_000);
    expect(() => section.priceKlingO3.parse('1000.000001')).toThrow('must be from 0 to 1000 credits');
    expect(1_000_000_000 * 1000 * 5000).toBeLessThan(Number.MAX_SAFE_INTEGER);
  });
});
