import { boxMean } from '../../raster/box-mean.ts';
import { type Box, cropPlane, cropRgb, type Plane, type RgbImage } from '../../raster/raster.ts';
import { enlargePlane, findSpans, fitLongSide, sampleAxis, shrinkRgb } from '../../raster/resize-raster.ts';
import { findSubjectBox } from './crop-subject.ts';

export interface GuideOptions {
  /** Long side in pixels at which the filter is solved. */
  solvePx: number;
  /** Window radius at that size: how wide soft edges such as fur may be. */
  radiusPx: number;
  /** Color variance (of values 0…1) below which the picture is no guide. */
  epsilon: number;
  /** The same picture with a long side of at least `solvePx`, where there is one already: saves a pass over all pixels. */
  small?: RgbImage;
}

/** Chosen by eye and for speed, not fitted: the masks' IoU hardly feels them. */
const defaults: GuideOptions = { solvePx: 384, radiusPx: 3, epsilon: 2e-4 };
/** Alpha below and above these becomes 0 and 255: the filter leaves a faint veil otherwise. */
const floor = 0.12;
const ceiling = 0.88;

/**
 * Soft alpha at the picture's own size, one byte per pixel (0 surroundings, 255 subject), from a coarse mask (0…1 of
 * any size) led along the picture's edges by the color guided filter (K. He, J. Sun, X. Tang, PAMI 35(6), 2013),
 * solved small and applied large (K. He, J. Sun, "Fast Guided Filter", 2015). Away from the outline alpha is the mask's.
 */
export function guideAlpha(mask: Plane, picture: RgbImage, options: Partial<GuideOptions> = {}): Uint8Array {
  const { solvePx, radiusPx, epsilon, small } = { ...defaults, ...options };
  const size = fitLongSide(picture, solvePx);
  const guide = shrinkRgb(small ?? picture, size.width, size.height);
  const coarse = enlargePlane(mask, size.width, size.height);
  const near = findEdge(coarse, radiusPx + 3);
  // the filter looks twice its radius away: within this box the answer is that of the whole picture
  const box = findSubjectBox(near, size.width, size.height, { alphaMin: 1, marginPx: 2 * radiusPx + 1 });
  if (!box) return new Uint8Array(picture.width * picture.height).fill((coarse.data[0] as number) > 0.5 ? 255 : 0);
  const lines = solveLinearCoefficients(cropRgb(guide, box), cropPlane(coarse, box), radiusPx, epsilon);
  return applyLines(lines, box, coarse, near, picture);
}

/**
 * alpha ≈ red·r + green·g + blue·b + rest around each pixel, colors 0…1: these four for every pixel in turn.
 */
type Lines = Float32Array;

function solveLinearCoefficients(guide: RgbImage, alpha: Float32Array, radius: number, epsilon: number): Lines {
  const { width, height } = guide;
  const size = width * height;
  const rows = new Float32Array(size);
  const product = new Float32Array(size);
  const mean = (plane: Float32Array) => boxMean(plane, width, height, radius, rows);
  const channel = (offset: number) => {
    const plane = new Float32Array(size);
    for (let i = 0; i < size; i++) plane[i] = (guide.data[i * 3 + offset] as number) / 255;
    return plane;
  };
  const meanOf = (one: Float32Array, other: Float32Array) => {
    for (let i = 0; i < size; i++) product[i] = (one[i] as number) * (other[i] as number);
    return mean(product);
  };
  const r = channel(0);
  const g = channel(1);
  const b = channel(2);
  const [mr, mg, mb, ma] = [mean(r), mean(g), mean(b), mean(alpha)];
  const [rr, rg, rb] = [meanOf(r, r), meanOf(r, g), meanOf(r, b)];
  const [gg, gb, bb] = [meanOf(g, g), meanOf(g, b), meanOf(b, b)];
  const [ra, ga, ba] = [meanOf(r, alpha), meanOf(g, alpha), meanOf(b, alpha)];
  // the answers take the place of means that are read for the last time
  const [red, green, blue, rest] = [ra, ga, ba, ma];
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
  const lines = new Float32Array(size * 4);
  for (const [place, plane] of [red, green, blue, rest].entries()) {
    const smooth = mean(plane);
    // colors come as bytes where the lines are applied
    const unit = place < 3 ? 1 / 255 : 1;
    for (let i = 0; i < size; i++) lines[i * 4 + place] = (smooth[i] as number) * unit;
  }
  return lines;
}

function applyLines(lines: Lines, box: Box, coarse: Plane, near: Uint8Array, picture: RgbImage): Uint8Array {
  const { width, height } = picture;
  const alpha = new Uint8Array(width * height);
  const columns = sampleAxis(coarse.width, width);
  const rows = sampleAxis(coarse.height, height);
  const spans = findSpans(columns.low, 0, width);
  const pair = new Float32Array(8);
  for (let y = 0; y < height; y++) {
    const y0 = rows.low[y] as number;
    const down = ((rows.high[y] as number) - y0) * box.width * 4;
    for (let span = 0; span + 1 < spans.length; span++) {
      const x = spans[span] as number;
      const end = spans[span + 1] as number;
      const x0 = columns.low[x] as number;
      const from = y0 * coarse.width + x0;
      if (near[from]) {
        const right = ((columns.high[x] as number) - x0) * 4;
        mixLines(lines, ((y0 - box.top) * box.width + x0 - box.left) * 4, right, down, rows.part[y] as number, pair);
        applyPair(pair, columns.part, picture, y * width, x, end, alpha);
      } else if ((coarse.data[from] as number) > 0.5) alpha.fill(255, y * width + x, y * width + end);
    }
  }
  return alpha;
}

/** The lines left and right of a row's pixels, each `part` of the way from the upper to the lower one: 2 × 4 numbers. */
function mixLines(lines: Lines, at: number, right: number, down: number, part: number, pair: Float32Array): void {
  for (let side = 0; side < 2; side++) {
    for (let place = 0; place < 4; place++) {
      const upper = lines[at + side * right + place] as number;
      const lower = lines[at + side * right + down + place] as number;
      pair[side * 4 + place] = upper + (lower - upper) * part;
    }
  }
}

/** Writes alpha of the pixels `first` … `end - 1` of the row that begins at `start`. */
function applyPair(
  pair: Float32Array,
  parts: Float32Array,
  picture: RgbImage,
  start: number,
  first: number,
  end: number,
  alpha: Uint8Array,
): void {
  const { data } = picture;
  const [lr, lg, lb, l0] = [pair[0] as number, pair[1] as number, pair[2] as number, pair[3] as number];
  const [rr, rg, rb, r0] = [pair[4] as number, pair[5] as number, pair[6] as number, pair[7] as number];
  for (let x = first; x < end; x++) {
    const at = (start + x) * 3;
    const r = data[at] as number;
    const g = data[at + 1] as number;
    const b = data[at + 2] as number;
    const left = lr * r + lg * g + lb * b + l0;
    const right = rr * r + rg * g + rb * b + r0;
    const value = (left + (right - left) * (parts[x] as number) - floor) / (ceiling - floor);
    alpha[start + x] = value <= 0 ? 0 : value >= 1 ? 255 : Math.round(value * 255);
  }
}

/** 1 where the mask is not flat within `radius` pixels, and therefore the filter has something to say. */
function findEdge(mask: Plane, radius: number): Uint8Array {
  const means = boxMean(mask.data, mask.width, mask.height, radius);
  const near = new Uint8Array(means.length);
  for (let i = 0; i < near.length; i++) near[i] = (means[i] as number) > 0.001 && (means[i] as number) < 0.999 ? 1 : 0;
  return near;
}
