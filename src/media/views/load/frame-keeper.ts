import { toOklab } from '../../raster/oklab.ts';
import type { RgbImage } from '../../raster/raster.ts';
import { shrinkPixels } from '../../raster/shrink-pixels.ts';
import type { Exposure } from '../../schema.ts';
import { shrinkLuma, shrinkToRgb, type YuvFrame } from '../../video/yuv-frame.ts';
import { exposureOfLuma } from '../steps/measure-exposure.ts';
import { sharpnessOfLuma } from '../steps/measure-sharpness.ts';
import { smallSidePx } from '../view.ts';

/** A decoded frame that may become a view. */
export interface Candidate {
  timeSeconds: number;
  frame: YuvFrame;
  /** Sharpness less what is lost to black and white clipping; comparable within one clip. */
  quality: number;
  /** Oklab means of a coarse grid, cell by cell, 3 numbers each. */
  grid: Float32Array;
}

/** Sees the frames of a clip one by one and keeps some that are sharp and differ, however long the clip is. */
export interface FrameKeeper {
  /** Looks at a frame and copies it if it is kept: the caller may reuse its memory. Answers it at 64 px. */
  add(frame: YuvFrame, timeSeconds: number): RgbImage;
  readonly candidates: readonly Candidate[];
}

/** Keeps `keptMax` candidates at most, so that memory is bounded: 8 frames of 2048 × 1152 are 28 MB. */
export function createFrameKeeper(keptMax: number): FrameKeeper {
  const candidates: Candidate[] = [];
  return {
    candidates,
    add(frame, timeSeconds) {
      const { candidate, tiny } = measureFrame(frame, timeSeconds);
      candidates.push(candidate);
      const [dropped] = candidates.length > keptMax ? candidates.splice(mostRedundant(candidates), 1) : [];
      if (dropped === candidate) return tiny;
      // The memory of a dropped frame is taken over: garbage of this size would be collected much too late.
      const data = dropped?.frame.data ?? new Uint8Array(frame.data.length);
      data.set(frame.data);
      candidate.frame = { ...frame, data };
      return tiny;
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

/** Longer side at which scenes are told apart. */
const tinySidePx = 64;

function measureFrame(frame: YuvFrame, timeSeconds: number): { candidate: Candidate; tiny: RgbImage } {
  const { luma, width, height } = shrinkLuma(frame, smallSidePx);
  const tiny = shrinkToRgb(frame, tinySidePx);
  const { data } = shrinkPixels({ ...tiny, data: Uint8Array.from(tiny.data), channels: 3 }, gridSide);
  const grid = new Float32Array(data.length);
  for (let at = 0; at < data.length; at += 3) grid.set(toOklab(data, at), at);
  const quality = sharpnessOfLuma(luma, width, height) * exposedShare(exposureOfLuma(luma));
  return { candidate: { timeSeconds, frame, quality, grid }, tiny };
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
