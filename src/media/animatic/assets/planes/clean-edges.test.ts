import { expect, test } from 'vitest';
import { blurMask } from '../blur-mask.ts';
import { cleanEdges, firm } from './clean-edges.ts';

/** RGBA of a disc with a soft rim, in colors that change from pixel to pixel. */
function drawDisc(width: number, height: number) {
  const data = new Uint8Array(width * height * 4);
  for (let row = 0, at = 0; row < height; row++) {
    for (let column = 0; column < width; column++, at += 4) {
      const [x, y] = [(2 * column + 1) / width - 1, (2 * row + 1) / height - 1];
      const alpha = Math.max(0, Math.min(1, 4 * (0.9 - Math.hypot(x, y)))) * 255;
      data.set([(row * 7) % 256, (column * 5) % 256, (row + column * 3) % 256, alpha], at);
    }
  }
  return { width, height, channels: 4 as const, data };
}

/** The same in plain sums. */
function cleanPlainly({ width, height, data }: ReturnType<typeof drawDisc>): void {
  const [columns, rows] = [width / 2, height / 2];
  const planes = Array.from({ length: 4 }, () => new Float32Array(columns * rows));
  const pixels = Array.from({ length: width * height }, (_, at) => {
    return {
      at: at * 4,
      near: (Math.floor(at / width) >> 1) * columns + ((at % width) >> 1),
      alpha: data[at * 4 + 3] as number,
    };
  });
  for (const { at, near, alpha } of pixels) {
    if (alpha < 245) continue;
    const color = [...data.subarray(at, at + 3), 1];
    for (const [channel, plane] of planes.entries()) {
      plane[near] = (plane[near] as number) + 0.25 * (color[channel] as number);
    }
  }
  for (const plane of planes) blurMask(plane, columns, rows, (0.004 * Math.max(width, height) + 1) / 2);
  for (const { at, near, alpha } of pixels) {
    data[at + 3] = firm(alpha);
    const [red, green, blue, share] = planes.map((plane) => plane[near] as number) as [number, number, number, number];
    if (alpha >= 245 || share < 0.02) continue;
    data.set(
      [red, green, blue].map((sum) => Math.min(255, sum / share)),
      at,
    );
  }
}

test.each([
  [64, 48],
  [428, 552],
  // lines shorter than a box
  [4, 6],
  [1200, 4],
])(
  '%i × %i: the rim takes the colors of what is opaque near it, byte by byte as plain sums have it',
  (width, height) => {
    const [picture, plain] = [drawDisc(width, height), drawDisc(width, height)];
    cleanEdges(picture);
    cleanPlainly(plain);
    expect(Buffer.compare(picture.data, plain.data)).toBe(0);
  },
);

test('alpha: a veil of up to 20 is gone, 240 and more is opaque', () => {
  const picture = { width: 16, height: 16, channels: 4 as const, data: new Uint8Array(16 * 16 * 4) };
  for (let alpha = 0; alpha < 256; alpha++) picture.data[alpha * 4 + 3] = alpha;
  cleanEdges(picture);
  const alphas = Array.from({ length: 256 }, (_, alpha) => picture.data[alpha * 4 + 3]);
  expect(alphas.slice(0, 21)).toEqual(Array(21).fill(0));
  expect(alphas[130]).toBe(127);
  expect(alphas.slice(240)).toEqual(Array(16).fill(255));
});
