import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { lumaOf } from '../../frame/yuv-raster.ts';
import { enlargePlanes, type Straight } from './enlarge-planes.ts';

/** A picture of noise, its alpha 0, 255 or between; the same every time. */
function drawNoise(width: number, height: number, channels: 3 | 4): Straight {
  const data = new Uint8Array(width * height * channels);
  for (let at = 0, seed = 9; at < data.length; at++) {
    seed = Math.imul(seed, 1_103_515_245) + 12_345;
    data[at] = at % 4 === 3 && channels === 4 ? ([0, 255, 128, 255][(seed >>> 20) & 3] ?? 0) : seed >>> 24;
  }
  return { width, height, channels, data };
}

const lumaAt = ({ data, channels }: Straight, pixel: number) => {
  const [r = 0, g = 0, b = 0] = data.subarray(pixel * channels);
  return lumaOf(r, g, b, 255);
};

describe.each([
  [8, 8],
  [10, 6],
  [22, 14],
  [34, 2],
])('a picture of %i × %i pixels', (width, height) => {
  const size = { width: 2 * width, height: 2 * height };

  test('has the luma that libvips enlarges it to, to two levels, also in its last columns and rows', async () => {
    const picture = drawNoise(width, height, 3);
    const { y } = await enlargePlanes(picture, size);
    const small = Uint8Array.from({ length: width * height }, (_, at) => Math.round(lumaAt(picture, at)));
    const expected = await sharp(small, { raw: { width, height, channels: 1 } })
      .toColorspace('b-w')
      .resize({ ...size, fit: 'fill', kernel: 'cubic' })
      .raw()
      .toBuffer();
    expect(y.alpha).toBeNull();
    expect(y.color).toHaveLength(expected.length);
    expect(Math.max(...y.color.map((value, at) => Math.abs(value - (expected[at] as number))))).toBeLessThanOrEqual(2);
  });

  test('keeps its own chroma, around 128 by as much as its alpha covers, to one level', async () => {
    const picture = drawNoise(width, height, 4);
    const { u, v } = await enlargePlanes(picture, size);
    for (let pixel = 0; pixel < width * height; pixel++) {
      const [r = 0, g = 0, b = 0, alpha = 0] = picture.data.subarray(pixel * 4);
      expect(u.alpha?.[pixel]).toBe(alpha);
      const blue = 128 + ((-0.1006 * r - 0.3386 * g + 0.4392 * b) * alpha) / 255;
      const red = 128 + ((0.4392 * r - 0.3989 * g - 0.0403 * b) * alpha) / 255;
      expect(Math.abs((u.color[pixel] as number) - blue)).toBeLessThanOrEqual(1.5);
      expect(Math.abs((v.color[pixel] as number) - red)).toBeLessThanOrEqual(1.5);
    }
  });
});

test('a layer of another size has luma where it is opaque and nothing where it is clear, as one of twice the size has', async () => {
  const data = new Uint8Array(16 * 8 * 4);
  for (let at = 0; at < data.length; at += 4) data.set([200, 200, 200, (at / 4) % 16 < 8 ? 255 : 0], at);
  const picture: Straight = { width: 16, height: 8, channels: 4, data };
  for (const size of [
    { width: 20, height: 10 },
    { width: 32, height: 16 },
  ]) {
    const { y, u } = await enlargePlanes(picture, size);
    const row = y.color.subarray(4 * size.width, 5 * size.width);
    expect([row[0], row[2], row[size.width - 3], row[size.width - 1]]).toEqual([188, 188, 0, 0]);
    expect([y.alpha?.[0], y.alpha?.[size.width - 1]]).toEqual([255, 0]);
    expect(new Set(u.color)).toEqual(new Set([128]));
  }
});
