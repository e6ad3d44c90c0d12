import { expect, test } from 'vitest';
import { createEasel } from './create-easel.ts';
import { drawLayer } from './draw-layer.ts';
import { joinRaster } from './yuv-raster.ts';

const frame = { width: 72, height: 40 };
const layer = { width: 30, height: 18 };
const half = { width: layer.width / 2, height: layer.height / 2 };

/** Bytes that look like chance, the same each time. */
function scatter(count: number, seed: number): Uint8Array {
  return Uint8Array.from({ length: count }, (_, at) => Math.imul(at + seed, 2_654_435_761) >>> 24);
}

/** A rounded product of shares of 32768. */
const times = (one: number, other: number) => (one * other + 16_384) >> 15;

/** Where a pixel of the frame lies between two of the layer, and how many 256ths it is towards the second. */
function locate(at: number, begin: number, scale: number, length: number) {
  const exact = Math.min(length - 1, Math.max(0, (at + 0.5 - begin) / scale - 0.5));
  const first = Math.min(length - 2, Math.floor(exact));
  return { first, part: Math.round((exact - first) * 256) };
}

/** What the rule in whole numbers makes of one pixel of luma. */
function mix(
  color: Uint8Array,
  alpha: Uint8Array | null,
  under: number,
  x: ReturnType<typeof locate>,
  y: typeof x,
  opacity: number,
) {
  const sample = (plane: Uint8Array) => {
    const down = (column: number) => {
      const [high, low] = [y.first, y.first + 1].map((row) => plane[row * layer.width + column] as number) as [
        number,
        number,
      ];
      return (high * (256 - y.part) + low * y.part) >> 1;
    };
    return down(x.first) * (256 - x.part) + down(x.first + 1) * x.part;
  };
  if (alpha === null && opacity === 32_767) return (sample(color) + 16_384) >> 15;
  const cover = alpha === null ? 32_767 : (sample(alpha) * 257) >> 16;
  if (cover === 0) return under;
  const over = times((sample(color) + 128) >> 8, opacity);
  return (over + times(under << 7, 32_767 - times(cover, opacity)) + 64) >> 7;
}

test.each([0.5, 0.77, 1, 1.2, 1.25, 1.3, 1.9, 2, 4])(
  'enlarged %f times, opaque, soft and half shown: each pixel is what the rule in whole numbers makes of its four neighbours',
  (scale) => {
    const color = scatter(layer.width * layer.height, 1);
    const alpha = scatter(layer.width * layer.height, 2).map((value, at) =>
      at % 7 < 2 ? 255 : at % 11 < 2 ? 0 : value,
    );
    const chroma = [scatter(half.width * half.height, 3), scatter(half.width * half.height, 4)] as const;
    for (const isSoft of [false, true]) {
      const premultiplied = isSoft ? color.map((value, at) => (value * (alpha[at] as number)) / 255) : color;
      const raster = joinRaster(
        layer,
        premultiplied,
        isSoft ? alpha : null,
        half,
        chroma,
        isSoft ? scatter(half.width * half.height, 5) : null,
      );
      for (const [left, top, opacity] of [
        [3.3, 2.6, 1],
        [-20.4, -9.1, 1],
        [11.5, 1.25, 0.6],
      ] as const) {
        const easel = createEasel(frame.width, frame.height);
        const before = scatter(frame.width * frame.height, 9);
        easel.frame().y.set(before);
        drawLayer(easel, easel.hold(raster), { left, top, scaleX: scale, scaleY: scale, opacity });
        const share = Math.min(32_767, Math.round(opacity * 256) * 128);
        const expected = before.map((under, at) => {
          const [column, row] = [at % frame.width, Math.floor(at / frame.width)];
          const isIn = (place: number, begin: number, length: number) =>
            place + 0.5 >= begin && place + 0.5 < begin + length * scale;
          if (!isIn(column, left, layer.width) || !isIn(row, top, layer.height)) return under;
          const [x, y] = [locate(column, left, scale, layer.width), locate(row, top, scale, layer.height)];
          return mix(premultiplied, isSoft ? alpha : null, under, x, y, share);
        });
        const { y: drawn } = easel.frame();
        const wrong = expected.findIndex((value, at) => value !== drawn[at]);
        expect([wrong, drawn[wrong]], `soft ${isSoft}, at ${left}, ${top}, ${opacity}`).toEqual([-1, undefined]);
      }
    }
  },
);
