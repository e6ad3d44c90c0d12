import { boxMean } from '../../raster/box-mean.ts';
import { dilateMask } from '../../raster/dilate-mask.ts';
import type { RgbImage } from '../../raster/raster.ts';
import type { PlainGround } from './measure-ground.ts';

/** From this distance on a pixel is subject by itself; a weaker one must lie in a patch of such, as noise never does. */
const strongLevels = 24;
const weakRadiusPx = 1;

/** 1 for what can't be ground: strong pixels, and weaker ones in patches as noise never forms. */
export function findSolid({ distance, tolerance }: PlainGround, width: number, height: number): Uint8Array {
  const other = Uint8Array.from(distance, (value) => (value > tolerance ? 1 : 0));
  const invert = (mask: Uint8Array) => mask.map((value) => 1 - value);
  const core = invert(dilateMask(invert(other), width, height, weakRadiusPx));
  const patches = dilateMask(core, width, height, weakRadiusPx);
  return other.map((value, at) => (value && (patches[at] || (distance[at] as number) >= strongLevels) ? 1 : 0));
}

/** The region grown over every neighbouring pixel that `takes` says yes to; `from` is the pixel it is reached from. */
export function growInto(
  region: Uint8Array,
  width: number,
  height: number,
  takes: (pixel: number, from: number) => boolean,
): Uint8Array {
  const grown = region.slice();
  const queue = new Int32Array(grown.length);
  let end = 0;
  for (let pixel = 0; pixel < grown.length; pixel++) if (grown[pixel]) queue[end++] = pixel;
  for (let at = 0; at < end; at++) {
    const from = queue[at] as number;
    const x = from % width;
    const reach = (pixel: number, isInside: boolean) => {
      if (!isInside || grown[pixel] || !takes(pixel, from)) return;
      grown[pixel] = 1;
      queue[end++] = pixel;
    };
    reach(from - 1, x > 0);
    reach(from + 1, x + 1 < width);
    reach(from - width, from >= width);
    reach(from + width, from + width < width * height);
  }
  return grown;
}

/** Compression rings as far from an edge as a block of it is wide (7 px), by these shares of what the edge rises. */
const ringReaches = [1, 2, 4];
const ringPx = 7;
const ringShareMax = 0.15;
const ringLowShareMax = 0.04;

/** Whether a pixel is no more than what JPEG leaves between `open` ground and a strong edge: faint, and beside fainter ones. */
export function isRinging({ distance, tolerance }: PlainGround, open: Uint8Array, width: number, height: number) {
  const beside = dilateMask(open, width, height, ringPx);
  const high = ringReaches.reduce((plane, reach) => spreadMost(plane, width, height, reach), distance);
  const low = spreadMost(
    distance.map((value) => -value),
    width,
    height,
    1,
  );
  return (pixel: number) =>
    beside[pixel] === 1 &&
    (distance[pixel] as number) <= ringShareMax * (high[pixel] as number) &&
    -(low[pixel] as number) <= Math.max(tolerance, ringLowShareMax * (high[pixel] as number));
}

/** Colors that were smeared over an edge reach as far as this (3 px), and are nearer to the ground than to what they come from. */
const smearReaches = [1, 2];
const smearPx = 3;
const smearShareMax = 0.4;

/** Whether a pixel beside `open` ground is mixed of it and something stronger, with more than half of it ground. */
export function isMixed({ distance }: PlainGround, open: Uint8Array, width: number, height: number) {
  const beside = dilateMask(open, width, height, smearPx);
  const high = smearReaches.reduce((plane, reach) => spreadMost(plane, width, height, reach), distance);
  return (pixel: number) =>
    beside[pixel] === 1 && (distance[pixel] as number) < smearShareMax * (high[pixel] as number);
}

/** The most of each pixel and those `reach` before and behind it along rows and columns; reaches of 1, 2 and 4 make a square of 15. */
function spreadMost(values: Float32Array, width: number, height: number, reach: number): Float32Array {
  const rows = values.slice();
  for (let y = 0; y < height; y++) {
    const [start, end] = [y * width, (y + 1) * width];
    for (let at = start; at < end; at++) {
      if (at - reach >= start && (values[at - reach] as number) > (rows[at] as number))
        rows[at] = values[at - reach] as number;
      if (at + reach < end && (values[at + reach] as number) > (rows[at] as number))
        rows[at] = values[at + reach] as number;
    }
  }
  const answer = rows.slice();
  const step = reach * width;
  for (let at = 0; at < answer.length; at++) {
    if (at >= step && (rows[at - step] as number) > (answer[at] as number)) answer[at] = rows[at - step] as number;
    if (at + step < answer.length && (rows[at + step] as number) > (answer[at] as number))
      answer[at] = rows[at + step] as number;
  }
  return answer;
}

/** Levels from one pixel to the next that shade changes by at most, and from the ground's own color altogether. */
const shadeStepMax = 2.5;
const shadeLevelsMax = 70;

/** Whether a pixel goes on from its neighbour as a shadow or a falling light does, without any edge. */
export function isShade({ width, height, data }: RgbImage, { distance }: PlainGround) {
  const [red, green, blue] = [0, 1, 2].map((channel) => {
    const plane = Float32Array.from({ length: width * height }, (_, at) => data[at * 3 + channel] as number);
    return boxMean(plane, width, height, 1);
  }) as [Float32Array, Float32Array, Float32Array];
  const step = (plane: Float32Array, one: number, other: number) =>
    Math.abs((plane[one] as number) - (plane[other] as number));
  return (pixel: number, from: number) =>
    (distance[pixel] as number) <= shadeLevelsMax &&
    step(red, pixel, from) <= shadeStepMax &&
    step(green, pixel, from) <= shadeStepMax &&
    step(blue, pixel, from) <= shadeStepMax;
}
