import { expect, test } from 'vitest';
import { billTask } from '../../../test/helpers/stand-in-kling/bill-task.ts';
import type { VideoSpec } from '../../engines/index.ts';
import { toVideoUnits } from '../api/units.ts';
import { computeMarginPrices, estimateImageUnits, estimateUnits } from './units.ts';

const spec: VideoSpec = {
  model: 'kling-o3-text-to-video',
  prompt: 'a dog',
  duration_seconds: 5,
  quality: '720p',
  sound: false,
  shots: [],
  watermark: false,
};

test.each([
  [{}, 3],
  [{ sound: true, quality: '1080p' }, 5],
  [{ quality: '4k', duration_seconds: 15, sound: true }, 45],
  [{ model: 'kling-v3-image-to-video', sound: true }, 4.5],
  [{ model: 'kling-o3-reference-to-video', quality: '1080p' }, 6],
] as const)('%j: %d units are expected', (change, units) => {
  expect(estimateUnits({ ...spec, ...change })).toBe(units);
});

test('where the length follows the given video the longest is reckoned with', () => {
  const { duration_seconds: _, ...open } = spec;
  expect(estimateUnits({ ...open, model: 'kling-o3-video-edit' })).toBe(9);
  expect(estimateUnits({ ...open, model: 'kling-v3-motion-control', character_orientation: 'video' })).toBe(27);
});

test('what is expected is what a stand-in with the price page of the vendor bills', () => {
  for (const [quality, mode] of [
    ['720p', 'std'],
    ['1080p', 'pro'],
    ['4k', '4k'],
  ] as const) {
    for (const sound of [true, false]) {
      const body = { mode, sound: sound ? 'on' : 'off', duration: '7' };
      const asked = { ...spec, quality, sound, duration_seconds: 7 };
      expect(estimateUnits(asked)).toBe(billTask('/v1/videos/omni-video', body));
      expect(estimateUnits({ ...asked, model: 'kling-v3-text-to-video' })).toBe(
        billTask('/v1/videos/text2video', body),
      );
    }
  }
});

test('pictures cost what a stand-in with their price page bills, in units of videos', () => {
  for (const [quality, count] of [
    ['1k', 1],
    ['2k', 7],
    ['4k', 9],
  ] as const) {
    const billed = billTask('/v1/images/omni-image', { resolution: quality, n: count });
    expect(String(estimateImageUnits({ quality, count }))).toBe(toVideoUnits('image/kling-v3-omni', String(billed)));
  }
  expect(toVideoUnits('video/kling-v3', '4.5')).toBe('4.5');
});

test('prices follow from a margin, rounded up to 10⁻⁴ credit', () => {
  // 0.6 units of 0.14 dollars and a fifth more are 0.1008 dollars.
  expect(computeMarginPrices(20, 140_000n, 10_000n)).toMatchObject({
    priceKlingO3: 10_080_000,
    priceKlingO3WithVideo: 15_120_000,
    priceKlingImage: 3_360_000,
    priceKlingAngles: 8_400_000,
  });
  expect(computeMarginPrices(0, 140_000n, 14_706n).priceKlingO3).toBe(5_712_000);
});
