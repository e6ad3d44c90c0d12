import { boxMean } from './box-mean.ts';
import type { Plane, RgbImage } from './raster.ts';
import { enlargePlane, fitLongSide, shrinkRgb } from './resize-raster.ts';

export interface GuideOptions {
  /** Long side in pixels at which the filter is solved. */
  solvePx: number;
  /** Window radius at that size: how wide soft edges such as fur may be. */
  radiusPx: number;
  /** Colour variance (of values 0…1) below which the picture is no guide. */
  epsilon: number;
  /** The same picture with a long side of at least `solvePx`, where there is one already: saves a pass over all pixels. */
  small?: RgbImage;
}

/** Fitted by eye on fur and on hard edges of the sample photos. */
const DEFAULTS: GuideOptions = { solvePx: 448, radiusPx: 4, epsilon: 2e-4 };
/** Alpha below and above these becomes 0 and 255: the filter leaves a faint veil otherwise. */
const FLOOR = 0.12;
const CEILING = 0.88;

/**
 * Soft alpha at the picture's own size, one byte per pixel (0 surroundings, 255 subject), from a coarse mask (0…1 of
 * any size) led along the picture's edges by the colour guided filter (K. He, J. Sun, X. Tang, PAMI 35(6), 2013),
 * solved small and applied large (K. He, J. Sun, "Fast Guided Filter", 2015). Away from the outline alpha is the mask's.
 */
export function guideAlpha(mask: Plane, picture: RgbImage, options: Partial<GuideOptions> = {}): Uint8Array {
  const { solvePx, radiusPx, epsilon, small } = { ...DEFAULTS, ...options };
  const size = fitLongSide(picture, solvePx);
  const guide = shrinkRgb(small ?? picture, size.width, size.height);
  const coarse = enlargePlane(mask, size.width, size.height);
  const lines = solveLines(guide, coarse.data, radiusPx, epsilon);
  return applyLines(lines, coarse, picture, radiusPx);
}

/** alpha ≈ red·r + green·g + blue·b + rest around each pixel; planes at the solving size, colours 0…1. */
interface Lines {
  red: Float32Array;
  green: Float32Array;
  blue: Float32Array;
  rest: Float32Array;
}

function solveLines(guide: RgbImage, alpha: Float32Array, radius: number, epsilon: number): Lines {
  const { width, height } = guide;
  const size = width * height;
  const mean = (plane: Float32Array) => boxMean(plane, width, height, radius);
  const channel = (offset: number) => {
    const plane = new Float32Array(size);
    for (let i = 0; i < size; i++) plane[i] = (guide.data[i * 3 + offset] as number) / 255;
    return plane;
  };
  const times = (one: Float32Array, other: Float32Array) => {
    const plane = new Float32Array(size);
    for (let i = 0; i < size; i++) plane[i] = (one[i] as number) * (other[i] as number);
    return plane;
  };
  const r = channel(0);
  const g = channel(1);
  const b = channel(2);
  const [mr, mg, mb, ma] = [mean(r), mean(g), mean(b), mean(alpha)];
  const [rr, rg, rb] = [mean(times(r, r)), mean(times(r, g)), mean(times(r, b))];
  const [gg, gb, bb] = [mean(times(g, g)), mean(times(g, b)), mean(times(b, b))];
  const [ra, ga, ba] = [mean(times(r, alpha)), mean(times(g, alpha)), mean(times(b, alpha))];
  const red = new Float32Array(size);
  const green = new Float32Array(size);
  const blue = new Float32Array(size);
  const rest = new Float32Array(size);
  for (let i = 0; i < size; i++) {
    const r0 = mr[i] as number;
    const g0 = mg[i] as number;
    const b0 = mb[i] as number;
    const a0 = ma[i] as number;
    const xx = (rr[i] as number) - r0 * r0 + epsilon;
    const xy = (rg[i] as number) - r0 * g0;
    const xz = (rb[i] as number) - r0 * b0;
    const yy = (gg[i] as number) - g0 * g0 + epsilon;
    const yz = (gb[i] as number) - g0 * b0;
    const zz = (bb[i] as number) - b0 * b0 + epsilon;
    const cx = (ra[i] as number) - r0 * a0;
    const cy = (ga[i] as number) - g0 * a0;
    const cz = (ba[i] as number) - b0 * a0;
    // inverse of the symmetric 3 × 3 covariance by cofactors
    const ixx = yy * zz - yz * yz;
    const ixy = xz * yz - xy * zz;
    const ixz = xy * yz - xz * yy;
    const determinant = xx * ixx + xy * ixy + xz * ixz;
    const iyy = xx * zz - xz * xz;
    const iyz = xz * xy - xx * yz;
    const izz = xx * yy - xy * xy;
    const ar = (ixx * cx + ixy * cy + ixz * cz) / determinant;
    const ag = (ixy * cx + iyy * cy + iyz * cz) / determinant;
    const ab = (ixz * cx + iyz * cy + izz * cz) / determinant;
    red[i] = ar;
    green[i] = ag;
    blue[i] = ab;
    rest[i] = a0 - ar * r0 - ag * g0 - ab * b0;
  }
  return { red: mean(red), green: mean(green), blue: mean(blue), rest: mean(rest) };
}

function applyLines(lines: Lines, coarse: Plane, picture: RgbImage, radius: number): Uint8Array {
  const { width, height, data } = picture;
  const near = findEdge(coarse, radius + 3);
  const alpha = new Uint8Array(width * height);
  const weights = new Float32Array(4);
  const stepX = coarse.width / width;
  const stepY = coarse.height / height;
  for (let y = 0, pixel = 0; y < height; y++) {
    const sy = Math.min(coarse.height - 1, Math.max(0, (y + 0.5) * stepY - 0.5));
    const y0 = Math.floor(sy);
    const down = (Math.min(coarse.height - 1, y0 + 1) - y0) * coarse.width;
    const fy = sy - y0;
    for (let x = 0; x < width; x++, pixel++) {
      const sx = Math.min(coarse.width - 1, Math.max(0, (x + 0.5) * stepX - 0.5));
      const x0 = Math.floor(sx);
      const from = y0 * coarse.width + x0;
      if (!near[from]) {
        alpha[pixel] = (coarse.data[from] as number) > 0.5 ? 255 : 0;
        continue;
      }
      const right = x0 + 1 < coarse.width ? 1 : 0;
      const fx = sx - x0;
      weights[0] = (1 - fx) * (1 - fy);
      weights[1] = fx * (1 - fy);
      weights[2] = (1 - fx) * fy;
      weights[3] = fx * fy;
      const at = pixel * 3;
      const value =
        (blend(lines.red, weights, from, right, down) * (data[at] as number) +
          blend(lines.green, weights, from, right, down) * (data[at + 1] as number) +
          blend(lines.blue, weights, from, right, down) * (data[at + 2] as number)) /
          255 +
        blend(lines.rest, weights, from, right, down);
      alpha[pixel] = Math.round(Math.min(1, Math.max(0, (value - FLOOR) / (CEILING - FLOOR))) * 255);
    }
  }
  return alpha;
}

/** The plane between four neighbours: `from`, one to the right, one below, and both. */
function blend(plane: Float32Array, weights: Float32Array, from: number, right: number, down: number): number {
  return (
    (weights[0] as number) * (plane[from] as number) +
    (weights[1] as number) * (plane[from + right] as number) +
    (weights[2] as number) * (plane[from + down] as number) +
    (weights[3] as number) * (plane[from + down + right] as number)
  );
}

/** 1 where the mask is not flat within `radius` pixels, and therefore the filter has something to say. */
function findEdge(mask: Plane, radius: number): Uint8Array {
  const means = boxMean(mask.data, mask.width, mask.height, radius);
  const near = new Uint8Array(means.length);
  for (let i = 0; i < near.length; i++) near[i] = (means[i] as number) > 0.001 && (means[i] as number) < 0.999 ? 1 : 0;
  return near;
}
