import { expect, test } from 'vitest';
import { prepareCanvas, type Stroke } from '../../subject/index.ts';
import { createCanvasStore } from './canvas-store.ts';

const [width, height] = [64, 48];
const picture = {
  width,
  height,
  data: Uint8Array.from(
    { length: width * height * 3 },
    (_, at) => (Math.floor(at / 3) % width < 32 ? 40 : 200) + (at % 7),
  ),
};
const alpha = Uint8Array.from({ length: width * height }, (_, at) => (at % width < 24 ? 255 : 0));
const prepare = () => prepareCanvas(picture, alpha, width);
const stroke = (x: number, y = 20): Stroke => ({ kind: 'keep', radius_px: 2, points: [[x, y]] });

test('of nine pictures the one that was mended longest ago goes, also when it was the first that came', () => {
  const store = createCanvasStore();
  for (let at = 0; at < 8; at++) store.keep(`picture ${at}`, prepare());
  store.paint('picture 0', [stroke(30)]);
  store.keep('picture 8', prepare());
  expect(Array.from({ length: 9 }, (_, at) => store.find(`picture ${at}`) !== undefined)).toEqual([
    true,
    false,
    true,
    true,
    true,
    true,
    true,
    true,
    true,
  ]);
});

test('pictures go as well when they are too large together, and the last one stays whatever its size', () => {
  const store = createCanvasStore();
  const large = (mib: number) => ({ ...prepare(), alpha: new Uint8Array(mib * 2 ** 20) });
  store.keep('one', large(40));
  store.keep('two', large(40));
  expect(store.find('one')).toBeDefined();
  store.keep('three', large(40));
  expect([store.find('one'), store.find('two')].map((canvas) => canvas !== undefined)).toEqual([false, true]);
  store.keep('four', large(200));
  expect(['two', 'three', 'four'].map((key) => store.find(key) !== undefined)).toEqual([false, false, true]);
});

test('more strokes than masks are kept, taken back and painted anew, give what they give at once', () => {
  const strokes = Array.from({ length: 40 }, (_, at) => stroke(10 + at, 8 + (at % 5) * 6));
  const store = createCanvasStore();
  store.keep('picture', prepare());
  for (let count = 1; count <= strokes.length; count++) store.paint('picture', strokes.slice(0, count));
  for (const count of [40, 35, 33, 31, 5, 0, 40]) {
    const fresh = createCanvasStore();
    fresh.keep('picture', prepare());
    const expected = fresh.paint('picture', strokes.slice(0, count));
    expect(Buffer.from(store.paint('picture', strokes.slice(0, count))).equals(Buffer.from(expected))).toBe(true);
  }
});

test('a picture that was never kept is not mended', () => {
  expect(() => createCanvasStore().paint('nothing', [])).toThrow('must be kept');
});
