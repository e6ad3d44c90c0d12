import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type AnimaticWorkshop, openAnimaticWorkshop, sourceOf } from '../../../test/helpers/animatic-cast.ts';
import { chooseImageSize } from './choose-frame-size.ts';

let workshop: AnimaticWorkshop;
beforeAll(() => {
  workshop = openAnimaticWorkshop();
});
afterAll(() => workshop.close());

test('sides are multiples of 16 of about the area of the quality, in the shape asked for, else that of the first image, else 16:9', () => {
  const size = (quality: '1k' | '2k' | '4k', rest: object = {}, model?: { width_px: number; height_px: number }) =>
    Object.values(chooseImageSize({ quality, ...rest }, model)).join(' × ');
  expect(size('1k')).toBe('1360 × 768');
  expect(size('1k', {}, { width_px: 900, height_px: 900 })).toBe('1024 × 1024');
  expect(size('1k', { aspect_ratio: '9:16' }, { width_px: 900, height_px: 900 })).toBe('768 × 1360');
  expect(size('2k', { aspect_ratio: '3:2' })).toBe('2512 × 1680');
  expect(size('4k', { aspect_ratio: '16:9' })).toBe('3840 × 2160');
  expect(size('1k', { aspect_ratio: '21:9' })).toBe('1568 × 672');
});

test('a picture shows the cut-out of its element on a painted place, as sharp and as colored as the element is', async () => {
  const duck = await workshop.cast('duck', 'Quacky');
  const { pictures, details } = await workshop.draw(
    { prompt: '<<<element_1>>> on a meadow', aspect_ratio: '1:1' },
    { cast: [duck] },
  );
  expect(details).toMatchObject({ kind: 'animatic', not_understood: [] });
  const [picture] = pictures;
  expect(picture).toMatchObject({ media_type: 'image/png', width_px: 1024, height_px: 1024 });
  const { data, info } = await sharp(picture?.path).raw().toBuffer({ resolveWithObject: true });
  expect([info.width, info.height, info.channels]).toEqual([1024, 1024, 3]);
  const yellow = Array.from({ length: info.width * info.height }, (_, at) => at * 3).filter(
    (at) => (data[at] ?? 0) > 170 && (data[at + 1] ?? 0) > 150 && (data[at + 2] ?? 255) < 140,
  ).length;
  // The duck stands in the middle of the picture and takes a good part of it.
  expect(yellow / (info.width * info.height)).toBeGreaterThan(0.03);
});

test('several pictures of one request differ', async () => {
  const bear = await workshop.cast('bear', 'Bruno');
  const { pictures } = await workshop.draw({ prompt: '<<<element_1>>> waits', count: 3 }, { cast: [bear] });
  const hashes = await Promise.all(
    pictures.map(async ({ path }) => (await sharp(path).resize(16, 16).raw().toBuffer()).toString('hex')),
  );
  expect(new Set(hashes).size).toBe(3);
});

test('a damaged reference image fails by its field', async () => {
  const source = { ...sourceOf('reference_image', 'dog.mp4'), param: 'image_urls[0]' };
  await expect(workshop.draw({ prompt: 'A yard' }, { sources: [source] })).rejects.toMatchObject({
    code: 'image_processing_error',
    param: 'image_urls[0]',
  });
});
