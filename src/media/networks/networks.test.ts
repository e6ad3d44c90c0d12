import { createRequire } from 'node:module';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import type { RgbImage } from '../raster/raster.ts';
import { createPeopleFinder, type PeopleFinder } from './index.ts';
import { openKernels } from './runner/kernels.ts';

const kernels = openKernels();
const wave = (count: number, step: number) => Float32Array.from({ length: count }, (_, at) => Math.sin(at * step));

describe('kernels', () => {
  test.each([
    [1, 1, 1],
    [7, 5, 3],
    [64, 16, 42],
  ])('%i pixels of %i channels become %i by weights and bias', (pixels, ins, outs) => {
    const [x, w, bias] = [wave(pixels * ins, 0.7), wave(ins * outs, 0.3), wave(outs, 1.1)];
    const expected = Array.from({ length: pixels * outs }, (_, at) => {
      let sum = bias[at % outs] as number;
      for (let i = 0; i < ins; i++) {
        sum += (x[Math.floor(at / outs) * ins + i] as number) * (w[i * outs + (at % outs)] as number);
      }
      return sum;
    });
    const found = kernels.multiply(x, w, bias, pixels);
    expect(found).toHaveLength(expected.length);
    for (const [at, value] of expected.entries()) expect(found[at]).toBeCloseTo(value, 4);
  });

  test('each channel is filtered by its own square, also with channels that are no multiple of four and a stride', () => {
    const shape = { width: 7, rows: 2, columns: 3, channels: 6, side: 3, stride: 2 };
    const [x, w, bias] = [wave(7 * 5 * 6, 0.4), wave(9 * 6, 0.9), wave(6, 0.2)];
    const found = kernels.filter(x, w, bias, shape);
    for (let at = 0; at < 2 * 3 * 6; at++) {
      const [row, column, channel] = [Math.floor(at / 18), Math.floor(at / 6) % 3, at % 6];
      let sum = bias[channel] as number;
      for (let u = 0; u < 3; u++) {
        for (let v = 0; v < 3; v++) {
          const from = ((row * 2 + u) * 7 + column * 2 + v) * 6 + channel;
          sum += (x[from] as number) * (w[(u * 3 + v) * 6 + channel] as number);
        }
      }
      expect(found[at]).toBeCloseTo(sum, 4);
    }
  });
});

const isInstalled = (() => {
  try {
    createRequire(import.meta.url).resolve('@mediapipe/face_detection/package.json');
    return true;
  } catch {
    return false;
  }
})();

test('without the packages there is no finder, with them there is one', () => {
  expect(createPeopleFinder() !== null).toBe(isInstalled);
});

describe.skipIf(!isInstalled)('with the packages', () => {
  const finder = () => createPeopleFinder() as PeopleFinder;

  test('a face is found where it is, near and far, and not in pictures of toys', async () => {
    const [near] = finder().findFaces(await load('astronaut.jpg'));
    expect((near?.left ?? 0) + (near?.right ?? 0)).toBeCloseTo(2 * 0.44, 0);
    expect(near?.score).toBeGreaterThan(0.8);
    expect((near?.bottom ?? 0) - (near?.top ?? 0)).toBeGreaterThan(0.1);
    for (const name of ['duck.jpg', 'bear.jpg', 'sloth.jpg']) expect(finder().findFaces(await load(name))).toEqual([]);
  });

  test('the person is covered and the flag behind is not', async () => {
    const { width, height, data } = finder().drawPersons(await load('astronaut.jpg'));
    const at = (x: number, y: number) => data[Math.floor(y * height) * width + Math.floor(x * width)];
    expect(at(0.44, 0.25)).toBeGreaterThan(0.8);
    expect(at(0.4, 0.7)).toBeGreaterThan(0.8);
    expect(at(0.9, 0.1)).toBeLessThan(0.3);
    expect(at(0.05, 0.3)).toBeLessThan(0.3);
  });
});

async function load(name: string): Promise<RgbImage> {
  const path = new URL(`../../../test/fixtures/media/${name}`, import.meta.url).pathname;
  const { data, info } = await sharp(path).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, data };
}
