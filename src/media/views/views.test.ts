import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { decodeImage } from '../image/decode-image.ts';
import { readHeader } from '../image/read-header.ts';
import { fromOklab, toOklab } from '../raster/oklab.ts';
import type { Pixels } from '../raster/pixels.ts';
import { shrinkPixels } from '../raster/shrink-pixels.ts';
import { dominantColors } from './steps/choose-colors.ts';
import { encodeUpright } from './steps/encode-upright.ts';
import { hashPlaceholder } from './steps/hash-placeholder.ts';
import { makeThumbnail } from './steps/make-thumbnail.ts';
import { exposureOf } from './steps/measure-exposure.ts';
import { sharpnessOf } from './steps/measure-sharpness.ts';
import { createView, type StepTools } from './view.ts';

function flat(width: number, height: number, color: readonly number[]): Pixels {
  const channels = color.length as 3 | 4;
  const data = Uint8Array.from({ length: width * height * channels }, (_, at) => color[at % channels] as number);
  return { data, width, height, channels };
}

async function duck(): Promise<Pixels> {
  const path = new URL('../../../test/fixtures/media/duck.jpg', import.meta.url).pathname;
  const source = { path, param: 'image_url', bytes: 1 };
  const limits = { imagePixelsMax: 1e7, uprightSideMaxPx: 2048 };
  return decodeImage(source, await readHeader(source, 'jpeg'), limits);
}

describe('shrinkPixels', () => {
  test('keeps the shape and the mean', () => {
    const small = shrinkPixels(flat(1000, 500, [10, 20, 30]), 100);
    expect([small.width, small.height, small.channels]).toEqual([100, 50, 3]);
    expect(Array.from(small.data.subarray(0, 3))).toEqual([10, 20, 30]);
  });

  test('never enlarges', () => {
    expect(shrinkPixels(flat(30, 20, [1, 2, 3]), 512)).toMatchObject({ width: 30, height: 20 });
  });

  test('transparent pixels do not color what they hide; empty areas are white', () => {
    const half = flat(4, 4, [200, 0, 0, 255]);
    for (let at = 0; at < 16; at += 2) half.data.set([0, 255, 0, 0], at * 4);
    expect(Array.from(shrinkPixels(half, 1).data)).toEqual([200, 0, 0]);
    expect(Array.from(shrinkPixels(flat(8, 8, [0, 255, 0, 0]), 2).data).every((value) => value === 255)).toBe(true);
  });
});

describe('sharpness and exposure', () => {
  test('a blurred copy is less sharp, a flat one not at all', async () => {
    const sharpOne = shrinkPixels(await duck(), 512);
    const blurred = await sharp(sharpOne.data, { raw: sharpOne }).blur(3).raw().toBuffer();
    expect(sharpnessOf({ ...sharpOne, data: blurred })).toBeLessThan(sharpnessOf(sharpOne) / 10);
    expect(sharpnessOf(flat(50, 50, [90, 90, 90]))).toBe(0);
  });

  test('clipped shares and mean are those of the picture', () => {
    const pixels = flat(10, 10, [128, 128, 128]);
    pixels.data.fill(0, 0, 30 * 3);
    pixels.data.fill(255, 30 * 3, 50 * 3);
    expect(exposureOf(pixels)).toEqual({ mean_luma: 0.451, dark_share: 0.3, bright_share: 0.2 });
  });
});

describe('dominant colors', () => {
  const samples = (...colors: (readonly [number, number, number])[]) =>
    colors.map((color) => toOklab(Uint8Array.from(color), 0));

  test('a picture of three colors gives these three with their shares', () => {
    const colors = dominantColors([
      ...Array.from({ length: 60 }, () => samples([200, 30, 30])).flat(),
      ...Array.from({ length: 30 }, () => samples([20, 20, 120])).flat(),
      ...Array.from({ length: 10 }, () => samples([240, 240, 230])).flat(),
    ]);
    expect(colors).toEqual([
      { hex: '#c81e1e', share: 0.6 },
      { hex: '#141478', share: 0.3 },
      { hex: '#f0f0e6', share: 0.1 },
    ]);
  });

  test('one color alone, and no color at all', () => {
    expect(dominantColors(samples([1, 2, 3]))).toEqual([{ hex: '#010203', share: 1 }]);
    expect(dominantColors([])).toEqual([]);
  });

  test('the yellow of the duck and the blue of its blanket are found', async () => {
    const { data } = shrinkPixels(await duck(), 40);
    const colors = dominantColors(Array.from({ length: data.length / 3 }, (_, at) => toOklab(data, at * 3)));
    const parts = colors.map(({ hex }) => [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)));
    expect(parts.some(([r = 0, g = 0, b = 0]) => r > b + 50 && g > b + 50)).toBe(true);
    expect(parts.some(([r = 0, , b = 0]) => b > r + 50)).toBe(true);
  });

  test('every sRGB color survives the way to Oklab and back', () => {
    for (let color = 0; color < 2 ** 24; color += 40_503) {
      const hex = `#${color.toString(16).padStart(6, '0')}`;
      expect(fromOklab(toOklab(Uint8Array.from([color >> 16, (color >> 8) & 255, color & 255]), 0))).toBe(hex);
    }
  });
});

describe('files', () => {
  async function filesOf(pixels: Pixels) {
    const written: { name: string; bytes: Uint8Array; width_px?: number | undefined }[] = [];
    const tools: StepTools = {
      cutoutSideMaxPx: 1536,
      writeFile: async (bytes, file) => void written.push({ name: file.name, bytes, width_px: file.width_px }),
    };
    const view = createView({ stem: 'frontal', role: 'upright', source: 0, param: 'p', pixels });
    await encodeUpright(view, tools);
    await makeThumbnail(view, tools);
    const state = { views: [view], colors: [], placeholderHash: '', report: [] };
    await hashPlaceholder(state);
    return { written, hash: state.placeholderHash };
  }

  test('the upright JPEG is near the pixels it was made of', async () => {
    const pixels = await duck();
    const { written, hash } = await filesOf(pixels);
    const [upright, thumbnail] = written;
    const back = await sharp(upright?.bytes).raw().toBuffer();
    let squares = 0;
    for (const [at, value] of back.entries()) squares += (value - (pixels.data[at] as number)) ** 2;
    expect(10 * Math.log10(255 ** 2 / (squares / back.length))).toBeGreaterThan(38);
    expect(thumbnail).toMatchObject({ name: 'frontal-thumbnail.webp', width_px: 256 });
    expect(Buffer.from(hash, 'base64').length).toBeLessThan(30);
  });

  test('alpha survives in the upright PNG and the thumbnail', async () => {
    const { written } = await filesOf(flat(400, 300, [200, 10, 10, 90]));
    for (const { bytes } of written) expect((await sharp(bytes).metadata()).hasAlpha).toBe(true);
    expect(written[0]?.name).toBe('frontal.png');
  });
});
