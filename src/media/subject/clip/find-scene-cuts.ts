import { toLabImage } from '../../raster/lab-image.ts';
import type { RgbImage } from '../../raster/raster.ts';
import { shrinkRgb } from '../../raster/resize-raster.ts';

export interface SceneCut {
  /** The first frame of the new scene. */
  readonly frame: number;
  /** How hard the picture changed, 0…1. */
  readonly strength: number;
}

const columns = 16;
const rows = 9;
/** Lab distance that counts as wholly different. */
const fullChange = 50;
/** Changes below this are never a cut, however still the rest of the clip is. */
const strengthMin = 0.2;
/** A cut stands out so many times over the usual change around it: a fast pan changes every frame. */
const timesUsual = 3;
const neighbours = 4;

/**
 * Hard cuts in frames sampled evenly (4 a second or more, any size): a jump of the colors, counted in place and as a
 * histogram, the lesser of both, so that neither a moving camera (histogram stays) nor a flash of light alone is one.
 * Both frames before a cut differ from both after it, so a scene lasts two frames or more and what only flashes up is
 * none. Cross-fades are not found. Limits chosen with bench/scene-cuts.ts.
 */
export function findSceneCuts(frames: readonly RgbImage[]): SceneCut[] {
  const grids = frames.map(toGrid);
  const change = (one: number, other: number) =>
    measureChange(grids[one] as Float32Array, grids[other] as Float32Array);
  const steps = grids.slice(1).map((_, index) => change(index, index + 1));
  const cuts: SceneCut[] = [];
  for (let frame = 2; frame < grids.length - 1; frame++) {
    const across = [change(frame - 2, frame), change(frame - 1, frame + 1), change(frame - 2, frame + 1)];
    const strength = Math.min(steps[frame - 1] as number, ...across);
    if (strength < strengthMin || strength < timesUsual * findUsual(steps, frame - 1)) continue;
    cuts.push({ frame, strength: Math.round(strength * 1000) / 1000 });
  }
  return cuts;
}

/** Median of the changes around one, without it. */
function findUsual(steps: readonly number[], at: number): number {
  const from = Math.max(0, at - neighbours);
  const around = steps.slice(from, at + neighbours + 1).filter((_, place) => from + place !== at);
  return around.sort((a, b) => a - b)[Math.floor(around.length / 2)] ?? 0;
}

function toGrid(frame: RgbImage): Float32Array {
  const lab = toLabImage(shrinkRgb(frame, columns, rows));
  const grid = new Float32Array(columns * rows * 3);
  for (let cell = 0; cell < columns * rows; cell++) {
    grid.set([lab.l[cell] as number, lab.a[cell] as number, lab.b[cell] as number], cell * 3);
  }
  return grid;
}

function measureChange(before: Float32Array, after: Float32Array): number {
  let place = 0;
  for (let cell = 0; cell < before.length; cell += 3) {
    place += Math.min(
      fullChange,
      Math.hypot(
        (before[cell] as number) - (after[cell] as number),
        (before[cell + 1] as number) - (after[cell + 1] as number),
        (before[cell + 2] as number) - (after[cell + 2] as number),
      ),
    );
  }
  return Math.min(place / (before.length / 3) / fullChange, compareSorted(before, after));
}

/** Mean difference of the sorted values of each channel: the distance of the histograms (Wasserstein), 0…1. */
function compareSorted(before: Float32Array, after: Float32Array): number {
  let sum = 0;
  for (let channel = 0; channel < 3; channel++) {
    const pick = (grid: Float32Array) => grid.filter((_, index) => index % 3 === channel).sort();
    const one = pick(before);
    const other = pick(after);
    for (let index = 0; index < one.length; index++) sum += Math.abs((one[index] as number) - (other[index] as number));
  }
  // a quarter of the in-place scale: sorted colors of two different scenes still overlap widely
  return Math.min(1, sum / (before.length / 3) / (fullChange / 2));
}
