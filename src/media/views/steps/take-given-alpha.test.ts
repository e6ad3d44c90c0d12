import sharp from 'sharp';
import { expect, test } from 'vitest';
import type { Pixels } from '../../raster/pixels.ts';
import { createView, type View } from '../view.ts';
import { cutOutSubject } from './cut-out-subject.ts';
import { findSubject } from './find-subject.ts';
import { takeGivenAlpha } from './take-given-alpha.ts';

/** A green picture in which `alphaOf` (0…1 of both sides) says what is there. */
function draw(alphaOf: (x: number, y: number) => number): Pixels & { channels: 4 } {
  const [width, height] = [400, 320];
  const data = new Uint8Array(width * height * 4);
  for (let at = 0; at < width * height; at++) {
    const [x, y] = [(at % width) / width, Math.floor(at / width) / height];
    data.set([30, 160, 60, alphaOf(x, y)], at * 4);
  }
  return { data, width, height, channels: 4 };
}

const disc = (x: number, y: number) => Math.max(0, Math.min(255, 255 * (1.5 - Math.hypot(x - 0.4, y - 0.5) * 4)));

async function cutOut(pixels: Pixels) {
  const view: View = createView({ stem: 'frontal', role: 'upright', source: 0, param: 'p', pixels });
  const state = { views: [view], colors: [], placeholderHash: '', report: [] };
  const files = new Map<string, Uint8Array>();
  findSubject(state);
  takeGivenAlpha(state);
  await cutOutSubject(state, {
    cutoutSideMaxPx: 1536,
    writeFile: async (bytes, { name }) => void files.set(name, bytes),
  });
  return { view, files };
}

test('a picture that comes cut out keeps its own alpha, soft edge and all, at a confidence near 1', async () => {
  const pixels = draw(disc);
  const { view, files } = await cutOut(pixels);
  expect(view.matte?.confidence).toBe(0.99);
  const matte = await sharp(files.get('frontal-matte.png')).extractChannel(0).raw().toBuffer();
  expect(matte.length).toBe(pixels.width * pixels.height);
  for (let at = 0; at < matte.length; at += 97) expect(matte[at]).toBe(pixels.data[at * 4 + 3]);
});

test('its soft edge keeps the color of the subject: no white ground shines through', async () => {
  const { files } = await cutOut(draw(disc));
  const { data } = await sharp(files.get('frontal-cutout.webp')).raw().toBuffer({ resolveWithObject: true });
  for (let at = 0; at < data.length; at += 4) {
    if ((data[at + 3] as number) > 60) expect(data[at] as number).toBeLessThan(80);
  }
});

test.each([
  ['half transparent all over', () => 128],
  ['with rounded corners only', (x: number, y: number) => (Math.hypot(x - 0.5, y - 0.5) > 0.66 ? 0 : 255)],
  ['empty but for a speck', (x: number, y: number) => (Math.hypot(x - 0.5, y - 0.5) < 0.03 ? 255 : 0)],
])('alpha %s says nothing of the subject', async (_title, alphaOf) => {
  const { view } = await cutOut(draw(alphaOf));
  expect(view.isAlphaGiven).toBeUndefined();
  expect(view.matte?.confidence ?? 0).toBeLessThan(0.99);
});
