import { describe, expect, test } from 'vitest';
import { createCanvas, paintMask } from '../assets/canvas.ts';
import { createEasel, type Easel } from './create-easel.ts';
import { drawLayer as drawHeld } from './draw-layer.ts';
import type { Place } from './draw-planes.ts';
import { keepGround } from './keep-ground.ts';
import { type Frame, joinRaster, type Raster, type Rgba, toRaster } from './yuv-raster.ts';

/** A frame on an easel of its own. */
type Drawing = Frame & { easel: Easel };

function createFrame(width: number, height: number): Drawing {
  const easel = createEasel(width, height);
  const part = (name: 'data' | 'y' | 'u' | 'v') => ({ enumerable: true, get: () => easel.frame()[name] });
  const parts = { data: part('data'), y: part('y'), u: part('u'), v: part('v') };
  return Object.defineProperties({ easel, width, height }, parts) as Drawing;
}

function drawLayer({ easel }: Drawing, raster: Raster, place: Place): void {
  drawHeld(easel, easel.hold(raster), place);
}

function viewAsRaster({ width, height, y, u, v }: Frame): Raster {
  return joinRaster({ width, height }, y, null, { width: width / 2, height: height / 2 }, [u, v], null);
}

const place = { left: 0, top: 0, scaleX: 1, scaleY: 1, opacity: 1 };

/** A picture whose pixel at x, y is `paint(x, y)`: premultiplied red, green, blue, alpha. */
function picture(width: number, height: number, paint: (x: number, y: number) => readonly number[]): Rgba {
  const canvas = createCanvas(width, height);
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) canvas.data.set(paint(x, y), (y * width + x) * 4);
  return canvas;
}

const plain = (width: number, height: number, grey: number) =>
  toRaster(picture(width, height, () => [grey, grey, grey, 255]));

function greyFrame(width: number, height: number, grey: number): Drawing {
  const frame = createFrame(width, height);
  drawLayer(frame, plain(width, height, grey), place);
  return frame;
}

describe('colors', () => {
  test.each([
    [0, 0, 0, 16, 128, 128],
    [255, 255, 255, 235, 128, 128],
    [255, 0, 0, 63, 102, 240],
    [0, 255, 0, 173, 42, 26],
    [0, 0, 255, 32, 240, 118],
  ])('%i, %i, %i is BT.709 with video range', (r, g, b, y, u, v) => {
    const frame = createFrame(8, 8);
    drawLayer(frame, toRaster(picture(8, 8, () => [r, g, b, 255])), place);
    expect([frame.y[9], frame.u[5], frame.v[5]]).toEqual([y, u, v]);
  });

  test('a half transparent layer mixes with what is there, in light and in color', () => {
    const frame = greyFrame(8, 8, 0);
    drawLayer(frame, toRaster(picture(8, 8, () => [128, 0, 0, 128])), place);
    const half = createFrame(8, 8);
    drawLayer(half, toRaster(picture(8, 8, () => [128, 0, 0, 255])), place);
    for (const plane of ['y', 'u', 'v'] as const)
      expect(Math.abs((frame[plane][5] as number) - (half[plane][5] as number))).toBeLessThanOrEqual(1);
  });

  test('half the opacity is the same as half the alpha, for soft and for opaque layers', () => {
    const soft = toRaster(picture(8, 8, (x) => (x < 7 ? [200, 40, 90, 255] : [0, 0, 0, 0])));
    const whole = toRaster(picture(8, 8, () => [200, 40, 90, 255]));
    const frames = [soft, whole].map((raster) => {
      const frame = greyFrame(8, 8, 60);
      drawLayer(frame, raster, { ...place, opacity: 0.5 });
      return frame;
    });
    for (const plane of ['y', 'u', 'v'] as const)
      expect(Math.abs((frames[0]?.[plane][1] as number) - (frames[1]?.[plane][1] as number))).toBeLessThanOrEqual(1);
  });

  test('nothing shines through what is opaque, and nothing changes under what is clear', () => {
    const frame = greyFrame(16, 16, 255);
    drawLayer(frame, toRaster(picture(16, 16, (x) => (x < 8 ? [0, 0, 0, 255] : [0, 0, 0, 0]))), place);
    expect(frame.y.subarray(0, 7)).toEqual(new Uint8Array(7).fill(16));
    expect(frame.y.subarray(9, 16)).toEqual(new Uint8Array(7).fill(235));
  });
});

describe('places', () => {
  const ramp = (width: number) => toRaster(picture(width, 8, (x) => [x * 4, x * 4, x * 4, 255]));

  test('a ramp that is moved by a quarter of a pixel changes by a quarter of its step', () => {
    const at = (left: number) => {
      const frame = createFrame(32, 8);
      drawLayer(frame, ramp(48), { ...place, left: -8 + left });
      return frame.y[16] as number;
    };
    // in steps of 3.4 levels: four quarters make one pixel
    const values = [0, 0.25, 0.5, 0.75, 1].map(at);
    expect((values[0] as number) - (values[4] as number)).toBeGreaterThanOrEqual(3);
    expect(values).toEqual(values.toSorted((one, other) => other - one));
    expect(new Set(values).size).toBeGreaterThanOrEqual(4);
  });

  test.each([
    [8, 8],
    [10, 6],
    [14, 22],
  ])(
    'whatever its size (%i × %i) and place, a plain layer stays plain inside and touches nothing outside',
    (width, height) => {
      for (const [left, top, scale] of [
        [3, 5, 1],
        [2.3, 4.7, 0.5],
        [-3.1, -2.2, 2.7],
        [20.4, 11.8, 1.31],
      ] as const) {
        const frame = greyFrame(32, 32, 0);
        drawLayer(frame, plain(width, height, 200), { ...place, left, top, scaleX: scale, scaleY: scale });
        for (let y = 0; y < 32; y++) {
          for (let x = 0; x < 32; x++) {
            const inside = (at: number, from: number, length: number) =>
              at + 0.5 >= from && at + 0.5 < from + length * scale;
            const isIn = inside(x, left, width) && inside(y, top, height);
            expect(frame.y[y * 32 + x], `${x}, ${y} at ${left}, ${top} × ${scale}`).toBe(isIn ? 188 : 16);
          }
        }
      }
    },
  );

  test('a frame that is laid on another of its size replaces it, byte by byte', () => {
    const given = greyFrame(12, 8, 90);
    given.data.forEach((_, at) => {
      given.data[at] = (at * 7) % 200;
    });
    const frame = greyFrame(12, 8, 0);
    drawLayer(frame, viewAsRaster(given), place);
    expect(frame.data).toEqual(given.data);
  });

  test('a layer wholly beside the frame is no error', () => {
    const frame = greyFrame(8, 8, 0);
    for (const left of [-50, 50]) drawLayer(frame, plain(8, 8, 255), { ...place, left });
    expect(frame.y).toEqual(new Uint8Array(64).fill(16));
  });
});

describe('insides', () => {
  const disc = (radius: number) => (x: number, y: number) => {
    const cover = Math.min(1, Math.max(0, (radius - Math.hypot(x - 15.5, y - 15.5)) / 4));
    return [200 * cover, (40 + 4 * x) * cover, 90 * cover, 255 * cover];
  };

  test.each([1, 0.6])('what is opaque inside looks as if it were mixed like its rim, at opacity %d', (opacity) => {
    const raster = toRaster(picture(32, 32, disc(14)));
    expect(raster.y.runs?.inside).toBe('solid');
    const rimOnly = <T extends typeof raster.y>(plane: T) => {
      const columns = Int32Array.from(plane.runs?.columns ?? [], (value, at) => (at % 4 < 2 ? value : 0));
      return { ...plane, runs: { inside: 'solid' as const, columns } };
    };
    const mixed = { ...raster, y: rimOnly(raster.y), u: rimOnly(raster.u), v: rimOnly(raster.v) };
    const frames = [raster, mixed].map((layer) => {
      const frame = greyFrame(32, 32, 120);
      drawLayer(frame, layer, { left: 1.3, top: -2.6, scaleX: 0.83, scaleY: 0.91, opacity });
      return frame.data;
    });
    const apart = frames[0]?.map((value, at) => Math.abs(value - (frames[1]?.[at] as number)));
    expect(Math.max(...(apart ?? [255]))).toBeLessThanOrEqual(1);
  });

  test('what is clear inside a rim stays as it was, and the rim is drawn on both sides of it', () => {
    const ring = toRaster(picture(32, 8, (x) => (x > 3 && x < 28 ? [0, 0, 0, 0] : [0, 0, 0, 255])));
    expect(ring.y.runs?.inside).toBe('clear');
    const frame = greyFrame(32, 8, 255);
    drawLayer(frame, ring, place);
    const row = frame.y.subarray(0, 32);
    expect(row.subarray(5, 27)).toEqual(new Uint8Array(22).fill(235));
    expect([row[0], row[3], row[28], row[31]]).toEqual([16, 16, 16, 16]);
  });
});

test.each([
  [0, 16],
  [3, 9],
  [5, 2],
])('a layer of one color a row, from column %i on and %i wide, is mixed there and nowhere else', (left, width) => {
  const frame = greyFrame(16, 8, 255);
  const half = toRaster(picture(4, 4, () => [0, 0, 0, 128]));
  drawLayer(frame, half, { left, top: 2, scaleX: width / 4, scaleY: 1, opacity: 1 });
  for (let y = 0; y < 8; y++) {
    for (let x = 0; x < 16; x++) {
      const isIn = x >= left && x < left + width && y >= 2 && y < 6;
      expect(Math.abs((frame.y[y * 16 + x] as number) - (isIn ? 125 : 235)), `${x}, ${y}`).toBeLessThanOrEqual(1);
    }
  }
});

test('a soft ground is drawn anew once it has moved by half a pixel, and for another picture at once', () => {
  const frame = createFrame(16, 8);
  const ground = keepGround(frame.easel);
  const [ramp, other] = [(x: number) => [x * 8, x * 8, x * 8, 255], (x: number) => [255 - x * 8, 90, x * 8, 255]].map(
    (paint) => frame.easel.hold(toRaster(picture(24, 12, paint))),
  );
  if (ramp === undefined || other === undefined) throw new Error('no pictures');
  const shown = (raster: typeof ramp, left: number) => {
    ground.draw(raster, { ...place, left, top: -2 });
    return frame.data.slice();
  };
  const first = shown(ramp, -4);
  expect(shown(ramp, -4.4)).toEqual(first);
  const moved = shown(ramp, -4.6);
  expect(moved).not.toEqual(first);
  // it lags behind what was drawn last, never further
  expect(shown(ramp, -5)).toEqual(moved);
  expect(shown(ramp, -5.2)).not.toEqual(moved);
  expect(shown(other, -5.2).subarray(0, 16)).not.toEqual(shown(ramp, -5.2).subarray(0, 16));
});

test('a soft edge is drawn as soft as its mask', () => {
  const canvas = createCanvas(16, 8);
  const mask = Float32Array.from({ length: 128 }, (_, at) => (at % 16) / 15);
  paintMask(canvas, mask, [255, 255, 255]);
  const frame = greyFrame(16, 8, 0);
  drawLayer(frame, toRaster(canvas), place);
  for (let x = 0; x < 16; x++) expect(Math.abs((frame.y[x] as number) - (16 + (219 * x) / 15))).toBeLessThan(1.6);
});

describe('the kernel draws what plain sums draw, to one level', () => {
  const soft = (x: number, y: number) => {
    const alpha = Math.min(255, Math.max(0, 340 - 11 * Math.hypot(x - 20, y - 17)));
    return [((x * 37) % 256) * (alpha / 255), ((y * 53) % 256) * (alpha / 255), 90 * (alpha / 255), alpha];
  };
  const hole = (x: number, y: number) => (Math.hypot(x - 20, y - 17) < 9 ? [0, 0, 0, 0] : soft(x, y));
  const opaque = (x: number, y: number) => [(x * 41) % 256, (y * 29) % 256, (x * y) % 256, 255];
  const places = [
    { left: 0, top: 0, scaleX: 1, scaleY: 1, opacity: 1 },
    { left: -3.3, top: 2.7, scaleX: 0.53, scaleY: 0.49, opacity: 1 },
    { left: 5.8, top: -6.1, scaleX: 0.3, scaleY: 0.42, opacity: 0.4 },
    { left: -21.4, top: -17.9, scaleX: 2.3, scaleY: 1.9, opacity: 0.85 },
    { left: 11.2, top: 9.6, scaleX: 1.07, scaleY: 0.93, opacity: 1 },
  ];

  test.each([
    ['a soft layer', soft],
    ['one with a clear inside', hole],
    ['an opaque one', opaque],
  ] as const)('%s', (_, paint) => {
    const raster = toRaster(picture(42, 34, paint));
    for (const at of places) {
      const frame = greyFrame(38, 26, 140);
      const expected = { y: frame.y.slice(), u: frame.u.slice(), v: frame.v.slice() };
      drawLayer(frame, raster, at);
      for (const name of ['y', 'u', 'v'] as const) {
        const share = name === 'y' ? 1 : 0.5;
        const moved = { ...at, left: at.left * share, top: at.top * share };
        drawPlainly(expected[name], 38 * share, raster[name], moved, name === 'y' ? 0 : 128);
        const apart = frame[name].map((value, index) => Math.abs(value - (expected[name][index] as number)));
        expect(Math.max(...apart), `${name} at ${JSON.stringify(at)}`).toBeLessThanOrEqual(1);
      }
    }
  });
});

/** What `drawPlanes` draws, in fractions and one pixel at a time. */
function drawPlainly(to: Uint8Array, toWidth: number, plane: Raster['y'], at: Place, rest: number): void {
  const { width, height, color, alpha } = plane;
  for (const [index, under] of to.entries()) {
    const x = ((index % toWidth) + 0.5 - at.left) / at.scaleX;
    const y = (Math.floor(index / toWidth) + 0.5 - at.top) / at.scaleY;
    if (x < 0 || x >= width || y < 0 || y >= height) continue;
    const sample = (values: Uint8Array) => samplePlainly(values, width, height, x - 0.5, y - 0.5);
    const over = (sample(color) - rest) * at.opacity;
    const stays = 1 - at.opacity * (alpha === null ? 1 : sample(alpha) / 255);
    to[index] = Math.round(rest + over + (under - rest) * stays);
  }
}

function samplePlainly(values: Uint8Array, width: number, height: number, x: number, y: number): number {
  const clamp = (value: number, end: number) => Math.min(end - 1, Math.max(0, value));
  const [column, row] = [clamp(x, width), clamp(y, height)];
  const [left, upper] = [Math.floor(column), Math.floor(row)];
  const value = (one: number, other: number) => values[clamp(other, height) * width + clamp(one, width)] as number;
  const across = (line: number) => value(left, line) + (value(left + 1, line) - value(left, line)) * (column - left);
  return across(upper) + (across(upper + 1) - across(upper)) * (row - upper);
}
