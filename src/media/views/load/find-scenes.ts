import type { RgbImage } from '../../raster/raster.ts';
import type { ClipCut, ClipScene } from '../../schema.ts';
import { findSceneCuts } from '../../subject/index.ts';

/** What hangs together in a clip, and where it breaks off. There is always one scene more than there are cuts. */
export interface Scenes {
  scenes: ClipScene[];
  cuts: ClipCut[];
}

/**
 * Finds the scenes of a clip of `durationSeconds` from its frames, `rate` of them a second. A cut lies between two
 * frames looked at; its time is that of the later one, so it may be up to 1/rate late.
 */
export function findScenes(frames: readonly RgbImage[], rate: number, durationSeconds: number): Scenes {
  const cuts = findSceneCuts(frames).map(({ frame, strength }) => ({ time_seconds: round(frame / rate), strength }));
  const starts = [0, ...cuts.map(({ time_seconds }) => time_seconds)];
  const scenes = starts.map((from_seconds, at) => ({
    from_seconds,
    to_seconds: Math.max(from_seconds, starts[at + 1] ?? durationSeconds),
  }));
  return { scenes, cuts };
}

/** Position in `scenes` of what is shown at that time. */
export function findSceneAt(scenes: readonly ClipScene[], timeSeconds: number): number {
  const after = scenes.findIndex(({ to_seconds }) => timeSeconds < to_seconds);
  return after === -1 ? scenes.length - 1 : after;
}

function round(seconds: number): number {
  return Math.round(seconds * 1000) / 1000;
}
