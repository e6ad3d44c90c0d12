import type { Pixels } from '../image/pixels.ts';
import type { Exposure } from '../schema.ts';
import { exposureOf } from '../views/measure-exposure.ts';
import { sharpnessOf } from '../views/measure-sharpness.ts';
import { toOklab } from '../views/oklab.ts';
import { shrinkPixels } from '../views/shrink-pixels.ts';
import { smallSidePx } from '../views/view.ts';

/** A decoded frame that may become a view. */
export interface Candidate {
  timeSeconds: number;
  pixels: Pixels;
  /** Sharpness less what is lost to black and white clipping; comparable within one clip. */
  quality: number;
  /** Oklab means of a coarse grid, cell by cell, 3 numbers each. */
  grid: Float32Array;
}

/** Sees the frames of a clip one by one and keeps some that are sharp and differ, however long the clip is. */
export interface FrameKeeper {
  /** Looks at a frame and copies it if it is kept: the caller may reuse its memory. */
  add(pixels: Pixels, timeSeconds: number): void;
  readonly candidates: readonly Candidate[];
}

/** Keeps `keptMax` candidates at most, so that memory is bounded: 8 frames of 2048 × 1152 are 57 MB. */
export function createFrameKeeper(keptMax: number): FrameKeeper {
  const candidates: Candidate[] = [];
  return {
    candidates,
    add(pixels, timeSeconds) {
      const frame = measureFrame(pixels, timeSeconds);
      candidates.push(frame);
      const [dropped] = candidates.length > keptMax ? candidates.splice(mostRedundant(candidates), 1) : [];
      if (dropped === frame) return;
      // The memory of a dropped frame is taken over: garbage of this size would be collected much too late.
      const data = dropped?.pixels.data ?? new Uint8Array(pixels.data.length);
      data.set(pixels.data);
      frame.pixels = { ...pixels, data };
    },
  };
}

/** Mean Oklab distance of the grid cells of two frames: 0 equal; a new scene is above 0.1. */
export function frameDistance(one: Candidate, other: Candidate): number {
  let sum = 0;
  for (let at = 0; at < one.grid.length; at += 3) {
    sum += Math.hypot(
      (one.grid[at] as number) - (other.grid[at] as number),
      (one.grid[at + 1] as number) - (other.grid[at + 1] as number),
      (one.grid[at + 2] as number) - (other.grid[at + 2] as number),
    );
  }
  return sum / (one.grid.length / 3);
}

/** Cells on the longer side of the grid that tells frames apart. */
const gridSide = 16;

function measureFrame(pixels: Pixels, timeSeconds: number): Candidate {
  const small = shrinkPixels(pixels, smallSidePx);
  const { data } = shrinkPixels(small, gridSide);
  const grid = new Float32Array(data.length);
  for (let at = 0; at < data.length; at += 3) grid.set(toOklab(data, at), at);
  return { timeSeconds, pixels, quality: sharpnessOf(small) * exposedShare(exposureOf(small)), grid };
}

function exposedShare({ dark_share, bright_share }: Exposure): number {
  return Math.max(0, 1 - dark_share - bright_share);
}

/** Of the two candidates that are most alike, the one of less quality. */
function mostRedundant(candidates: readonly Candidate[]): number {
  let least = Number.POSITIVE_INFINITY;
  let worse = 0;
  for (const [at, one] of candidates.entries()) {
    for (const [before, other] of candidates.slice(0, at).entries()) {
      const distance = frameDistance(one, other);
      if (distance >= least) continue;
      least = distance;
      worse = one.quality < other.quality ? at : before;
    }
  }
  return worse;
}
