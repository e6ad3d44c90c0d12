import { createRequire } from 'node:module';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import type { RgbImage } from '../raster/raster.ts';
import { createPeopleFinder, type PeopleFinder } from './index.ts';

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

  test('a face that is hardly one, as of somebody who looks aside, counts beside a clear one and not alone', async () => {
    const head = sharp(new URL('../../../test/fixtures/media/astronaut.jpg', import.meta.url).pathname)
      .extract({ left: 40, top: 0, width: 240, height: 240 })
      .png();
    const narrow = await head.clone().resize(110, 240, { fit: 'fill' }).toBuffer();
    const lay = async (faces: { input: Buffer; left: number }[]) => {
      const ground = sharp({ create: { width: 640, height: 360, channels: 3, background: '#888' } });
      const { data, info } = await ground
        .composite(faces.map((face) => ({ ...face, top: 60 })))
        .removeAlpha()
        .raw()
        .toBuffer({ resolveWithObject: true });
      return finder().findFaces({ width: info.width, height: info.height, data });
    };
    const hardly = { input: narrow, left: 425 };
    expect(await lay([hardly])).toEqual([]);
    const both = await lay([{ input: await head.toBuffer(), left: 40 }, hardly]);
    expect(both.map(({ left }) => left < 0.5).sort()).toEqual([false, true]);
    expect(both.map(({ score }) => score >= 0.8).sort()).toEqual([false, true]);
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
