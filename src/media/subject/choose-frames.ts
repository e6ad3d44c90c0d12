import { toLabImage } from './lab-image.ts';
import type { RgbImage } from './raster.ts';
import { shrinkRgb } from './resize-raster.ts';

export interface ChosenFrame {
  /** Position in the frames given. */
  readonly frame: number;
  /** Against the sharpest frame of its scene, 0…1. */
  readonly sharpness: number;
  /** Difference of the view from the nearest frame chosen before, 0…1; 1 for the first. */
  readonly difference: number;
}

const COLUMNS = 12;
const ROWS = 12;
const FULL = 30;
/** Frames softer than this share of the clip's sharpest are taken only when nothing else is left. */
const SOFT = 0.5;

/**
 * Up to `count` frames that are sharp, well exposed and different in view. The first is the best in itself, weighted to
 * the middle of the picture; each further one is the sharp frame farthest from all chosen, where "far" looks at the
 * middle of the picture first, as that is where the subject is (a weight per pixel may say where it really is).
 * Frames nearer than `gapMin` positions to a chosen one are passed over. Answers in the order of choice.
 */
export function chooseFrames(
  frames: readonly RgbImage[],
  options: { count: number; gapMin: number; weights?: readonly Float32Array[] },
): ChosenFrame[] {
  const views = frames.map((frame, index) => describeFrame(frame, options.weights?.[index]));
  const sharpest = Math.max(1e-6, ...views.map((view) => view.sharpness));
  const worth = views.map((view) => {
    const sharp = view.sharpness / sharpest;
    return (sharp < SOFT ? sharp * 0.2 : sharp) * view.exposure;
  });
  const chosen: ChosenFrame[] = [];
  while (chosen.length < Math.min(options.count, frames.length)) {
    let best: { frame: number; difference: number; value: number } | undefined;
    for (const [frame, view] of views.entries()) {
      if (chosen.some((one) => Math.abs(one.frame - frame) < options.gapMin)) continue;
      const difference = Math.min(
        1,
        ...chosen.map((one) => compareViews(view.grid, (views[one.frame] as FrameView).grid)),
      );
      const value = (worth[frame] as number) * (chosen.length === 0 ? 1 : difference);
      if (!best || value > best.value) best = { frame, difference, value };
    }
    if (!best) break;
    chosen.push({
      frame: best.frame,
      sharpness: Math.round(((views[best.frame] as FrameView).sharpness / sharpest) * 1000) / 1000,
      difference: Math.round(best.difference * 1000) / 1000,
    });
  }
  return chosen;
}

interface FrameView {
  sharpness: number;
  exposure: number;
  /** Lab and weight of each cell. */
  grid: Float32Array;
}

function describeFrame(frame: RgbImage, weights: Float32Array | undefined): FrameView {
  const { width, height } = frame;
  const lab = toLabImage(frame);
  const weigh = (x: number, y: number) => {
    if (weights) return weights[y * width + x] as number;
    return Math.exp(-(((x / width - 0.5) / 0.3) ** 2 + ((y / height - 0.5) / 0.35) ** 2) / 2);
  };
  let [total, sharp, clipped] = [1e-6, 0, 0];
  for (let y = 1; y < height - 1; y++) {
    for (let x = 1; x < width - 1; x++) {
      const pixel = y * width + x;
      const weight = weigh(x, y);
      const l = lab.l[pixel] as number;
      const laplacian =
        4 * l -
        (lab.l[pixel - 1] as number) -
        (lab.l[pixel + 1] as number) -
        (lab.l[pixel - width] as number) -
        (lab.l[pixel + width] as number);
      total += weight;
      sharp += weight * laplacian * laplacian;
      if (l < 4 || l > 97) clipped += weight;
    }
  }
  const small = toLabImage(shrinkRgb(frame, COLUMNS, ROWS));
  const grid = new Float32Array(COLUMNS * ROWS * 4);
  for (let cell = 0; cell < COLUMNS * ROWS; cell++) {
    const x = Math.floor((((cell % COLUMNS) + 0.5) * width) / COLUMNS);
    const y = Math.floor(((Math.floor(cell / COLUMNS) + 0.5) * height) / ROWS);
    grid.set([small.l[cell] as number, small.a[cell] as number, small.b[cell] as number, weigh(x, y)], cell * 4);
  }
  return { sharpness: sharp / total, exposure: 1 - Math.min(1, clipped / total), grid };
}

function compareViews(one: Float32Array, other: Float32Array): number {
  let sum = 0;
  let total = 1e-6;
  for (let cell = 0; cell < one.length; cell += 4) {
    const weight = Math.max(one[cell + 3] as number, other[cell + 3] as number);
    const distance = Math.hypot(
      ((one[cell] as number) - (other[cell] as number)) * 0.6,
      (one[cell + 1] as number) - (other[cell + 1] as number),
      (one[cell + 2] as number) - (other[cell + 2] as number),
    );
    sum += weight * Math.min(FULL, distance);
    total += weight;
  }
  return sum / total / FULL;
}
