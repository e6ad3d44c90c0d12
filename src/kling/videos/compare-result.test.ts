import { expect, test } from 'vitest';
import type { VideoSpec } from '../../engines/index.ts';
import { compareResult } from './compare-result.ts';

const asked: VideoSpec = {
  model: 'kling-o3-text-to-video',
  prompt: 'a dog runs',
  duration_seconds: 15,
  aspect_ratio: '9:16',
  quality: '4k',
  sound: true,
  shots: [],
  watermark: false,
};
const track = { codec: 'aac', channels: 2, sample_rate_hz: 48_000, track: 2 };
const whole = { duration_seconds: 15.04, width_px: 2160, height_px: 3840, sound_track: track };

function compare(
  made: Partial<Parameters<typeof compareResult>[1]>,
  change: Partial<VideoSpec> = {},
  roles: string[] = [],
) {
  const sources = roles.map((role) => ({ role: role as 'image_start' }));
  return compareResult({ spec: { ...asked, ...change }, sources }, { ...whole, ...made });
}

test.each([
  ['to the pixel', {}, {}],
  ['with sides cut to multiples of 16', { width_px: 2144, height_px: 3824 }, {}],
  ['with a square of as many pixels', { width_px: 960, height_px: 960 }, { quality: '720p', aspect_ratio: '1:1' }],
  ['with sound that nobody asked for', {}, { sound: false }],
  ['a frame short', { duration_seconds: 14.96 }, {}],
  ['larger than asked for', {}, { quality: '720p' }],
] as const)('what came as it was asked for, %s, is charged in full without a warning', (_, made, change) => {
  expect(compare(made, change)).toEqual({ fault: null, lesser: null });
});

test.each([
  ['shorter', { duration_seconds: 9.2 }, ['shorter_than_asked'], { quality: '4k', sound: true, duration_seconds: 9.2 }],
  ['longer', { duration_seconds: 20 }, ['longer_than_asked'], { quality: '4k', sound: true }],
  ['as 1080p', { width_px: 1080, height_px: 1920 }, ['smaller_than_asked'], { quality: '1080p', sound: true }],
  ['as 720p', { width_px: 720, height_px: 1280 }, ['smaller_than_asked'], { quality: '720p', sound: true }],
  ['as 540p', { width_px: 540, height_px: 960 }, ['smaller_than_asked'], { quality: '720p', sound: true }],
  ['silent', { sound_track: null }, ['silent'], { quality: '4k', sound: false }],
  ['in 3:4', { width_px: 2494, height_px: 3326 }, ['other_shape_than_asked'], { quality: '4k', sound: true }],
  [
    'less in every way',
    { duration_seconds: 10, width_px: 1080, height_px: 1920, sound_track: null },
    ['shorter_than_asked', 'smaller_than_asked', 'silent'],
    { quality: '1080p', sound: false, duration_seconds: 10 },
  ],
] as const)('what came %s is told, and charged as what it is', (_, made, codes, as) => {
  const { fault, lesser } = compare(made);
  expect(fault).toBeNull();
  expect(lesser?.warnings.map(({ code }) => code)).toEqual(codes);
  expect(lesser?.made).toEqual(as);
});

test.each([
  ['3 s instead of 15', { duration_seconds: 3 }, ['3 s long instead of 15 s']],
  ['360p', { width_px: 360, height_px: 640 }, ['360 × 640 px instead of 4k']],
  ['lying instead of upright', { width_px: 3840, height_px: 2160 }, ['3840 × 2160 px instead of 9:16']],
  [
    'all of it at once',
    { duration_seconds: 3, width_px: 640, height_px: 360, sound_track: null },
    ['3 s long instead of 15 s', '640 × 360 px instead of 9:16', '640 × 360 px instead of 4k'],
  ],
] as const)('what is far off is a fault that says what came: %s', (_, made, words) => {
  const { fault, lesser } = compare(made);
  expect([fault, lesser]).toEqual([words.join(', '), null]);
});

test('the shape of a first frame is nothing that was asked for', () => {
  expect(compare({ width_px: 3840, height_px: 2160 }, {}, ['image_start'])).toEqual({ fault: null, lesser: null });
});

test('what follows a given video has its length and may have its size', () => {
  const { duration_seconds: _, aspect_ratio: __, ...spec } = asked;
  const made = { ...whole, duration_seconds: 3.2, width_px: 480, height_px: 270 };
  const { fault, lesser } = compareResult({ spec: { ...spec, sound: false, quality: '1080p' }, sources: [] }, made);
  expect(fault).toBeNull();
  expect(lesser).toEqual({
    warnings: [{ code: 'smaller_than_asked', message: '480 × 270 px instead of 1080p' }],
    made: { quality: '720p', sound: false },
  });
});
