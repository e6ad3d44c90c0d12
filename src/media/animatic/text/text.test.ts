import { describe, expect, test } from 'vitest';
import { fillOutline } from './fill-outline.ts';
import { createTypesetter } from './typeset.ts';
import { wrapText } from './wrap-text.ts';

const sum = (values: Float32Array) => values.reduce((total, value) => total + value, 0);

describe('fillOutline', () => {
  const box = (left: number, top: number, right: number, bottom: number) => [
    { type: 'M' as const, x: left, y: top },
    { type: 'L' as const, x: right, y: top },
    { type: 'L' as const, x: right, y: bottom },
    { type: 'L' as const, x: left, y: bottom },
    { type: 'Z' as const },
  ];

  test('covers exactly the area of a box that lies across pixels', () => {
    const coverage = fillOutline(box(2.25, 1.5, 7.75, 4.25), 12, 8);
    expect(sum(coverage)).toBeCloseTo(5.5 * 2.75, 4);
    expect(coverage[2 * 12 + 4]).toBeCloseTo(1, 5);
    expect(coverage[1 * 12 + 2]).toBeCloseTo(0.75 * 0.5, 5);
    expect(coverage[4 * 12 + 7]).toBeCloseTo(0.75 * 0.25, 5);
  });

  test('covers the area of a triangle and of a circle of curves', () => {
    const triangle = [
      { type: 'M' as const, x: 1, y: 1 },
      { type: 'L' as const, x: 29, y: 3 },
      { type: 'L' as const, x: 11, y: 27 },
      { type: 'Z' as const },
    ];
    expect(sum(fillOutline(triangle, 32, 32))).toBeCloseTo(Math.abs(28 * 26 - 10 * 2) / 2, 2);
    const k = 0.5522847498 * 10;
    const arc = (x1: number, y1: number, x2: number, y2: number, x: number, y: number) => ({
      type: 'C' as const,
      x1,
      y1,
      x2,
      y2,
      x,
      y,
    });
    const circle = [
      { type: 'M' as const, x: 26, y: 16 },
      arc(26, 16 + k, 16 + k, 26, 16, 26),
      arc(16 - k, 26, 6, 16 + k, 6, 16),
      arc(6, 16 - k, 16 - k, 6, 16, 6),
      arc(16 + k, 6, 26, 16 - k, 26, 16),
      { type: 'Z' as const },
    ];
    expect(sum(fillOutline(circle, 32, 32)) / (Math.PI * 100)).toBeCloseTo(1, 1);
  });

  test('a counter that runs the other way is a hole, and what lies beside the picture is cut off', () => {
    const ring = [...box(2, 2, 10, 10), ...box(8, 4, 4, 8)];
    expect(sum(fillOutline(ring, 12, 12))).toBeCloseTo(64 - 16, 4);
    expect(sum(fillOutline(box(-5, -5, 3, 3), 12, 12))).toBeCloseTo(9, 4);
    expect(sum(fillOutline(box(9, 2, 40, 4), 12, 12))).toBeCloseTo(6, 4);
  });
});

describe('typesetter', () => {
  test('Latin, Greek and Cyrillic letters come from the fonts of the program', async () => {
    const text = 'Straße, Łódź, Ξεσκεπάζω, Съешь ещё, Ếm.';
    const { clean, measure, outline } = await createTypesetter([text]);
    expect(clean(text)).toBe(text);
    const style = { weight: 600 as const, sizePx: 20, trackingPx: 0 };
    expect(measure(text, style)).toBeGreaterThan(200);
    expect(outline(text, style, 0, 20).length).toBeGreaterThan(500);
  });

  test('letters that join or run leftwards are left out rather than set wrongly', async () => {
    const { clean } = await createTypesetter(['a سلام b שלום c']);
    expect(clean('a سلام b שלום c')).toBe('a b c');
  });
});

describe('wrapText', () => {
  const fits = (line: string) => [...line].length <= 10;

  test.each([
    ['', []],
    ['one two', ['one two']],
    ['one two three', ['one two', 'three']],
    ['a word that is unbreakable', ['a word', 'that is', 'unbreakab…']],
    ['Donaudampfschiff', ['Donaudampf', 'schiff']],
    ['犬が橋を渡って町へ行く', ['犬が橋を渡って町へ行', 'く']],
    ['one two three four five six seven', ['one two', 'three four', 'five six…']],
  ])('%s', (text, lines) => {
    expect(wrapText(text, fits, 3)).toEqual(lines);
  });

  test('no line is ever too long or empty, whatever the text', () => {
    const words = ['a', 'longer', 'extraordinarily', '犬', 'x,', '—'];
    for (let seed = 1; seed < 400; seed++) {
      const text = Array.from({ length: seed % 17 }, (_, at) => words[(seed * 31 + at * at * 7) % words.length]).join(
        ' ',
      );
      for (const line of wrapText(text, fits, 4)) {
        expect(fits(line)).toBe(true);
        expect(line.trim()).not.toBe('');
      }
    }
  });
});
