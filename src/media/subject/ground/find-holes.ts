import { findConnectedComponents } from '../../raster/clean-mask.ts';
import { dilateMask } from '../../raster/dilate-mask.ts';
import type { RgbImage } from '../../raster/raster.ts';
import type { PlainGround } from './measure-ground.ts';

/** Smaller holes than this share of the subject are glints and buttons. */
const holeShareMin = 0.0025;
/**
 * How far from the outside a hole lies at most, in multiples of its own size: an arm's or a handle's loop lies near it, the
 * white of an eye and teeth lie deep inside.
 */
const depthMax = 0.8;
const depthMaxOfExact = 1.5;
/** Levels by which a hole may be farther from the ground than the edge of the picture is: at the median, and where it is exact. */
const nearLevels = 4;
const exactLevels = 0.1;

/** A drawing has a dark line all around it, and inside that line not only darkness. */
const rimPx = 4;
const darkMax = 70;
const rimShareMin = 0.5;
const brightShareMin = 0.25;

/**
 * `outside` and with it the holes through which the ground is seen: enclosed, exactly of its color, and behind no more than
 * a limb. In a drawing with outlines there are none: what a line encloses there is white.
 */
export function findHoles(
  picture: RgbImage,
  solid: Uint8Array,
  outside: Uint8Array,
  { distance, noise }: PlainGround,
): Uint8Array {
  const { width, height } = picture;
  const { numbers, areas, touchesEdge } = findConnectedComponents(solid, width, height, 0);
  const silhouette = outside.reduce((sum, value) => sum + 1 - value, 0);
  const isEnclosed = areas.map((area, number) => !touchesEdge[number] && area >= holeShareMin * silhouette);
  if (!isEnclosed.some(Boolean) || isOutlined(picture, solid, outside)) return outside;
  const depth = measureDepth(outside, width, height);
  const near = areas.map(() => 0);
  const sums = areas.map(() => 0);
  const nearest = areas.map(() => Number.POSITIVE_INFINITY);
  for (let pixel = 0; pixel < numbers.length; pixel++) {
    const number = numbers[pixel] as number;
    if (number < 0) continue;
    sums[number] = (sums[number] as number) + (distance[pixel] as number);
    if ((distance[pixel] as number) <= noise + nearLevels) near[number] = (near[number] as number) + 1;
    nearest[number] = Math.min(nearest[number] as number, depth[pixel] as number);
  }
  const isHole = areas.map((area, number) => {
    if (!isEnclosed[number] || (near[number] as number) < area / 2) return false;
    const isExact = (sums[number] as number) / area <= noise + exactLevels;
    return (nearest[number] as number) <= (isExact ? depthMaxOfExact : depthMax) * Math.sqrt(area);
  });
  return outside.map((value, pixel) => (value || isHole[numbers[pixel] as number] ? 1 : 0));
}

function isOutlined({ width, height, data }: RgbImage, solid: Uint8Array, outside: Uint8Array): boolean {
  const near = dilateMask(outside, width, height, rimPx);
  let [rim, darkRim, inner, bright] = [0, 0, 0, 0];
  for (let pixel = 0; pixel < solid.length; pixel++) {
    if (!solid[pixel]) continue;
    const at = pixel * 3;
    const isDark = Math.max(data[at] as number, data[at + 1] as number, data[at + 2] as number) < darkMax;
    inner += 1;
    if (!isDark) bright += 1;
    if (!near[pixel]) continue;
    rim += 1;
    if (isDark) darkRim += 1;
  }
  return darkRim >= rimShareMin * rim && bright >= brightShareMin * inner;
}

/** Steps along rows and columns to the outside. */
function measureDepth(outside: Uint8Array, width: number, height: number): Float32Array {
  const far = width + height;
  const depth = Float32Array.from(outside, (value) => (value ? 0 : far));
  for (let y = 0, pixel = 0; y < height; y++) {
    for (let x = 0; x < width; x++, pixel++) {
      const left = x > 0 ? (depth[pixel - 1] as number) : far;
      const upper = y > 0 ? (depth[pixel - width] as number) : far;
      depth[pixel] = Math.min(depth[pixel] as number, left + 1, upper + 1);
    }
  }
  for (let y = height - 1, pixel = depth.length - 1; y >= 0; y--) {
    for (let x = width - 1; x >= 0; x--, pixel--) {
      const right = x + 1 < width ? (depth[pixel + 1] as number) : far;
      const lower = y + 1 < height ? (depth[pixel + width] as number) : far;
      depth[pixel] = Math.min(depth[pixel] as number, right + 1, lower + 1);
    }
  }
  return depth;
}
