import { boxMean } from '../../raster/box-mean.ts';
import { dilateMask } from '../../raster/dilate-mask.ts';
import { sampleAxis } from '../../raster/resize-raster.ts';
import { guideAlpha } from '../cutout/guide-alpha.ts';
import type { MendedMask } from './apply-stroke.ts';
import type { MendingCanvas } from './mending-canvas.ts';
import { coverStroke, type Stroke } from './stroke.ts';

/** Pixels of the working picture around a change within which the matte is drawn anew, and over which it fades into the old one. */
const marginPx = 3;
const fadePx = 2;
/** The inner part of a brush, whose word is kept at the matte's own size; the rest is left to the picture's edges. */
const innerShare = 0.8;

/**
 * The soft matte (0…255, at the size of the picture) of a mended mask: led along the picture's edges where the strokes have
 * changed something, untouched elsewhere, and as they say under the strokes themselves. Without strokes it is the one that
 * mending began with.
 */
export function finishMending(canvas: MendingCanvas, now: MendedMask, strokes: readonly Stroke[]): Uint8Array {
  const { picture, small, start, alpha } = canvas;
  const changed = new Uint8Array(now.mask.length);
  let count = 0;
  for (let pixel = 0; pixel < changed.length; pixel++) {
    if (now.mask[pixel] === start.mask[pixel] && now.said[pixel] === 0) continue;
    changed[pixel] = 1;
    count++;
  }
  if (count === 0) return alpha;
  const plane = { width: small.width, height: small.height, data: Float32Array.from(now.mask) };
  const drawn = guideAlpha(plane, picture, { small });
  const share = boxMean(
    Float32Array.from(dilateMask(changed, small.width, small.height, marginPx)),
    small.width,
    small.height,
    fadePx,
  );
  const matte = mix(alpha, drawn, share, small, picture);
  const scale = picture.width / canvas.uprightWidth;
  for (const stroke of strokes) {
    const inner = { ...stroke, radius_px: stroke.radius_px * innerShare };
    const covered = coverStroke(inner, picture, scale);
    const value = stroke.kind === 'keep' ? 255 : 0;
    for (let pixel = 0; pixel < covered.length; pixel++) if (covered[pixel]) matte[pixel] = value;
  }
  return matte;
}

/** `share` (0…1, of size `from`) of `drawn` over what was there. */
function mix(
  alpha: Uint8Array,
  drawn: Uint8Array,
  share: Float32Array,
  from: { width: number; height: number },
  { width, height }: { width: number; height: number },
): Uint8Array {
  // A copy also of a Buffer, whose own `slice` is none.
  const matte = new Uint8Array(alpha);
  const columns = sampleAxis(from.width, width);
  const rows = sampleAxis(from.height, height);
  for (let y = 0; y < height; y++) {
    const upper = (rows.low[y] as number) * from.width;
    const lower = (rows.high[y] as number) * from.width;
    const down = rows.part[y] as number;
    for (let x = 0, pixel = y * width; x < width; x++, pixel++) {
      const left = columns.low[x] as number;
      const right = columns.high[x] as number;
      const [a, b] = [share[upper + left] as number, share[upper + right] as number];
      const [c, d] = [share[lower + left] as number, share[lower + right] as number];
      if (a + b + c + d === 0) continue;
      const along = columns.part[x] as number;
      const high = a + (b - a) * along;
      const part = high + (c + (d - c) * along - high) * down;
      const old = alpha[pixel] as number;
      matte[pixel] = Math.round(old + part * ((drawn[pixel] as number) - old));
    }
  }
  return matte;
}
