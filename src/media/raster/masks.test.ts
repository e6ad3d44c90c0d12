import { expect, test } from 'vitest';
import { drawRaster } from '../../../test/helpers/draw-raster.ts';
import { findSubjectBox } from '../subject/cutout/crop-subject.ts';
import { cleanMask } from './clean-mask.ts';
import { findLetterbox } from './find-letterbox.ts';
import { labToHex, toLabImage } from './lab-image.ts';

const fromRows = (rows: string[]) => Uint8Array.from(rows.join(''), (cell) => (cell === '#' ? 1 : 0));

test('small islands go, small holes close, large holes and holes open to the edge stay', () => {
  const mask = fromRows(['####...#', '#..#....', '#..#....', '####....', '........']);
  const kept = cleanMask(mask, 8, 5, { shareMin: 0.3, holeShareMax: 0.2 });
  expect([...kept]).toEqual([...fromRows(['####....', '#..#....', '#..#....', '####....', '........'])]);
  const closed = cleanMask(mask, 8, 5, { shareMin: 0.3, holeShareMax: 0.5 });
  expect([...closed]).toEqual([...fromRows(['####....', '####....', '####....', '####....', '........'])]);
});

test('bars are found in pairs only; a dark side or a wholly black picture is no bar', () => {
  const grey = [120, 120, 120] as const;
  const black = [2, 3, 2] as const;
  const barred = drawRaster(100, 80, (x) => (x < 20 || x >= 80 ? black : grey));
  expect(findLetterbox(barred)).toEqual({ left: 20, top: 0, width: 60, height: 80 });
  const oneSided = drawRaster(100, 80, (x) => (x < 20 ? black : grey));
  expect(findLetterbox(oneSided)).toEqual({ left: 0, top: 0, width: 100, height: 80 });
  const dark = drawRaster(100, 80, () => black);
  expect(findLetterbox(dark)).toEqual({ left: 0, top: 0, width: 100, height: 80 });
});

test('the box holds the subject, with a margin that stays inside the picture; an empty mask has none', () => {
  const alpha = new Uint8Array(100);
  alpha[23] = 255;
  alpha[45] = 200;
  expect(findSubjectBox(alpha, 10, 10)).toEqual({ left: 3, top: 2, width: 3, height: 3 });
  expect(findSubjectBox(alpha, 10, 10, { marginPx: 9 })).toEqual({ left: 0, top: 0, width: 10, height: 10 });
  expect(findSubjectBox(new Uint8Array(100), 10, 10)).toBeNull();
});

test('Lab of known colors, and back to the same bytes', () => {
  const colors = [
    [255, 255, 255],
    [255, 0, 0],
    [0, 0, 255],
    [18, 52, 86],
    [0, 0, 0],
  ] as const;
  const lab = toLabImage(drawRaster(colors.length, 1, (x) => colors[x] ?? [0, 0, 0]));
  expect(lab.l[0]).toBeCloseTo(100, 0);
  expect([lab.l[1], lab.a[1], lab.b[1]].map((value) => Math.round(value ?? 0))).toEqual([53, 80, 67]);
  for (const [index, color] of colors.entries()) {
    const hex = labToHex(lab.l[index] as number, lab.a[index] as number, lab.b[index] as number);
    const bytes = [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));
    for (const [channel, byte] of bytes.entries())
      expect(Math.abs(byte - (color[channel] as number))).toBeLessThanOrEqual(2);
  }
});
