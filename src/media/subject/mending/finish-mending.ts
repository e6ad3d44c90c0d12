import { boxMean } from '../../raster/box-mean.ts';
import { dilateMask } from '../../raster/dilate-mask.ts';
import { type Box, cropPlane, cropRgb } from '../../raster/raster.ts';
import { findSpans, sampleAxis } from '../../raster/resize-raster.ts';
import { findSubjectBox } from '../cutout/crop-subject.ts';
import { guideAlpha } from '../cutout/guide-alpha.ts';
import type { MendedMask } from './apply-stroke.ts';
import type { MendingCanvas } from './mending-canvas.ts';
import { paintOver, type Stroke } from './stroke.ts';

/** Pixels of the working picture around a change within which the matte is drawn anew, and over which it fades into the old one. */
const marginPx = 3;
const fadePx = 2;
/** How far the filter looks beyond that, and the long side at which it is solved for a whole picture. */
const guideMarginPx = 8;
const solvingPx = 384;
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
  for (let pixel = 0; pixel < changed.length; pixel++) {
    if (now.mask[pixel] !== start.mask[pixel] || now.said[pixel] !== 0) changed[pixel] = 1;
  }
  const edge = marginPx + fadePx + guideMarginPx;
  const near = findSubjectBox(changed, small.width, small.height, { alphaMin: 1, marginPx: edge });
  if (near === null) return alpha;
  const box = scaleBox(near, small, picture);
  const part = cropRgb(picture, box);
  const plane = { width: small.width, height: small.height, data: new Float32Array(now.mask) };
  // The filter is solved as finely as for the whole picture.
  const solvePx = Math.max(
    1,
    Math.round((Math.max(part.width, part.height) * solvingPx) / Math.max(picture.width, picture.height)),
  );
  const drawn = guideAlpha({ ...near, data: cropPlane(plane, near) }, part, { solvePx });
  const share = boxMean(
    new Float32Array(dilateMask(changed, small.width, small.height, marginPx)),
    small.width,
    small.height,
    fadePx,
  );
  const matte = mix(alpha, drawn, { share, from: small, box }, picture);
  const scale = picture.width / canvas.uprightWidth;
  for (const stroke of strokes) {
    const inner = { ...stroke, radius_px: stroke.radius_px * innerShare };
    paintOver(matte, stroke.kind === 'keep' ? 255 : 0, inner, picture, scale);
  }
  return matte;
}

/** The part of the whole picture that a part of the working picture shows. */
function scaleBox(box: Box, from: Size, to: Size): Box {
  const [across, down] = [to.width / from.width, to.height / from.height];
  const left = Math.round(box.left * across);
  const top = Math.round(box.top * down);
  const right = Math.min(to.width, Math.round((box.left + box.width) * across));
  const bottom = Math.min(to.height, Math.round((box.top + box.height) * down));
  return { left, top, width: Math.max(1, right - left), height: Math.max(1, bottom - top) };
}

interface Size {
  readonly width: number;
  readonly height: number;
}

/** `share` (0…1, of the size of `from`) of `drawn`, which fills `box`, over what was there. */
function mix(
  alpha: Uint8Array,
  drawn: Uint8Array,
  { share, from, box }: { share: Float32Array; from: Size; box: Box },
  { width, height }: Size,
): Uint8Array {
  // A copy also of a Buffer, whose own `slice` is none.
  const matte = new Uint8Array(alpha);
  const columns = sampleAxis(from.width, width);
  const rows = sampleAxis(from.height, height);
  const spans = findSpans(columns.low, box.left, box.left + box.width);
  for (let y = box.top; y < box.top + box.height; y++) {
    const start = (y - box.top) * box.width - box.left;
    const upper = (rows.low[y] as number) * from.width;
    const lower = (rows.high[y] as number) * from.width;
    const down = rows.part[y] as number;
    for (let span = 0; span + 1 < spans.length; span++) {
      const first = spans[span] as number;
      const end = spans[span + 1] as number;
      const left = columns.low[first] as number;
      const right = columns.high[first] as number;
      const a = share[upper + left] as number;
      const b = share[upper + right] as number;
      const c = share[lower + left] as number;
      const d = share[lower + right] as number;
      if (a + b + c + d === 0) continue;
      for (let x = first, pixel = y * width + first, at = start + first; x < end; x++, pixel++, at++) {
        const along = columns.part[x] as number;
        const high = a + (b - a) * along;
        const part = high + (c + (d - c) * along - high) * down;
        const old = alpha[pixel] as number;
        matte[pixel] = Math.round(old + part * ((drawn[at] as number) - old));
      }
    }
  }
  return matte;
}
