import { describe, expect, test } from 'vitest';
import { boundRotated, rotateRaster } from './rotate-raster.ts';
import { type Raster, toRaster } from './yuv-raster.ts';

/** A picture of one color with one of another within the box. */
function picture(width: number, height: number, alpha: number): Raster {
  const data = new Uint8ClampedArray(width * height * 4);
  for (let at = 0; at < data.length; at += 4) {
    const [x, y] = [(at / 4) % width, Math.floor(at / 4 / width)];
    const isRed = x >= width - 16 && x < width - 8 && y >= height / 2 - 4 && y < height / 2 + 4;
    data.set(isRed ? [alpha, 0, 0, alpha] : [0, 0, alpha, alpha], at);
  }
  return toRaster({ width, height, data });
}

describe('rotateRaster', () => {
  test('not at all leaves every plane as it is', () => {
    const given = picture(64, 32, 128);
    const turned = rotateRaster(given, 0, given);
    for (const plane of ['y', 'u', 'v'] as const) {
      expect(turned[plane].color).toEqual(given[plane].color);
      expect(turned[plane].alpha).toEqual(given[plane].alpha);
    }
  });

  test('clockwise: what is at the right goes down', () => {
    const given = picture(64, 64, 255);
    const turned = rotateRaster(given, 45, given);
    const reach = (64 / 2 - 12) * Math.SQRT1_2;
    const at = (x: number, y: number) => turned.v.color[Math.round(y / 2) * 32 + Math.round(x / 2)] as number;
    expect(at(32 + reach, 32 + reach)).toBeGreaterThan(200);
    expect(at(32 + reach, 32 - reach)).toBeLessThan(130);
  });

  test('what is opaque and covers the box stays opaque; around what does not, all is clear', () => {
    const given = picture(64, 64, 255);
    expect(rotateRaster(given, 8, { width: 40, height: 40 }).y.alpha).toBeNull();
    const light = picture(64, 32, 128);
    const size = boundRotated(light, 8);
    const turned = rotateRaster(light, 8, {
      width: 2 * Math.ceil(size.width / 2),
      height: 2 * Math.ceil(size.height / 2),
    });
    expect(turned.y.alpha?.[0]).toBe(0);
    expect(turned.y.color[0]).toBe(0);
    expect(turned.u.color[0]).toBe(128);
    expect(turned.y.alpha?.[turned.width * (turned.height / 2) + turned.width / 2]).toBe(128);
    expect(turned.y.runs).not.toBeNull();
  });
});

test('boundRotated is the box that the corners touch', () => {
  expect(boundRotated({ width: 100, height: 50 }, 0)).toEqual({ width: 100, height: 50 });
  expect(boundRotated({ width: 100, height: 50 }, 90).height).toBeCloseTo(100, 6);
  expect(boundRotated({ width: 100, height: 100 }, 45).width).toBeCloseTo(100 * Math.SQRT2, 6);
});
