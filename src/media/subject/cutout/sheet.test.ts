import sharp from 'sharp';
import { expect, test } from 'vitest';
import { drawSheet } from './draw-sheet.ts';
import { encodeCutout, encodeMatte } from './encode-cutout.ts';
import { computeSheetLayout } from './sheet-layout.ts';

test.each([0, 1, 2, 3, 4, 5, 8, 12])('%i views lie inside the sheet, keep their shape and never overlap', (count) => {
  const sizes = Array.from({ length: count }, (_, index) => ({
    width: 400 + 150 * (index % 3),
    height: 900 - 120 * (index % 4),
  }));
  const layout = computeSheetLayout(sizes);
  expect(layout.places).toHaveLength(count);
  for (const [index, place] of layout.places.entries()) {
    const size = sizes[index] as { width: number; height: number };
    expect(place.width / place.height).toBeCloseTo(size.width / size.height, 1);
    expect(place.left).toBeGreaterThanOrEqual(0);
    expect(place.top).toBeGreaterThanOrEqual(0);
    expect(place.left + place.width).toBeLessThanOrEqual(layout.width);
    expect(place.top + place.height).toBeLessThanOrEqual(layout.height);
    for (const other of layout.places.slice(index + 1)) {
      const apart =
        place.left + place.width <= other.left ||
        other.left + other.width <= place.left ||
        place.top + place.height <= other.top ||
        other.top + other.height <= place.top;
      expect(apart).toBe(true);
    }
  }
});

test.each([[[1, 0.6, 1.4, 1]], [[0.5, 2, 2, 0.4]], [[2, 1, 1]], [[0.7, 0.7, 0.7, 0.7, 0.7, 0.7]]])(
  'views of the shapes %j fill the sheet: at least 85 %% of what the gaps leave',
  (shapes) => {
    const sizes = shapes.map((shape) => ({
      width: Math.round(900 * Math.sqrt(shape)),
      height: Math.round(900 / Math.sqrt(shape)),
    }));
    const { width, height, places } = computeSheetLayout(sizes, { gapPx: 0 });
    const covered = places.reduce((sum, place) => sum + place.width * place.height, 0);
    expect(covered / (width * height)).toBeGreaterThan(0.85);
    expect(height / width).toBeLessThanOrEqual(1.5);
  },
);

test('the cut-out is trimmed to the subject and keeps nothing of what was left out; the matte keeps every value', async () => {
  const data = new Uint8Array(40 * 30 * 3).fill(200);
  const alpha = new Uint8Array(40 * 30);
  for (let y = 10; y < 20; y++) alpha.fill(255, y * 40 + 5, y * 40 + 25);
  alpha[3] = 9;
  const cutout = await encodeCutout({ width: 40, height: 30, data }, alpha);
  expect(cutout?.box).toEqual({ left: 4, top: 9, width: 22, height: 12 });
  const raw = await sharp(cutout?.data).ensureAlpha().raw().toBuffer();
  expect(raw[3]).toBe(0);
  const matte = await sharp(await encodeMatte(alpha, 40, 30))
    .toColorspace('b-w')
    .raw()
    .toBuffer();
  expect([...matte]).toEqual([...alpha]);
  expect(await encodeCutout({ width: 40, height: 30, data }, new Uint8Array(1200))).toBeNull();
});

test('the sheet is a WebP of the size of its layout, without metadata', async () => {
  const piece = (r: number) =>
    sharp({ create: { width: 60, height: 90, channels: 4, background: { r, g: 90, b: 40, alpha: 1 } } })
      .webp()
      .toBuffer();
  const sheet = await drawSheet([await piece(200), await piece(100), await piece(20)], { widthPx: 600 });
  const found = await sharp(sheet.data).metadata();
  expect([found.format, found.width, found.height]).toEqual(['webp', sheet.width, sheet.height]);
  expect([found.exif, found.xmp, found.icc]).toEqual([undefined, undefined, undefined]);
});
