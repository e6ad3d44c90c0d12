import type { Camera, CameraPose } from '../plan.ts';
import { frameRate, type Move, type ScriptShot } from '../script.ts';
import type { Stage } from './stage.ts';

/** Growth of the picture in a second of a push, and its bounds over a whole shot: slow enough to feel like a dolly. */
const pushPerSecond = 0.022;
const pushMin = 0.05;
const pushMax = 0.16;
/** How far a travelling camera goes to each side, as a share of the width. */
const travel = 0.03;
/** The same of a camera that is thrown round. */
const whipTravel = 0.13;

/** The camera of a shot. It never shows less than the frame (zoom ≥ 1), so nothing has to be drawn beyond its edges but for its travels. */
export function planCamera(
  { move, frame_count }: Pick<ScriptShot, 'move' | 'frame_count'>,
  { width, height }: Stage,
): Camera {
  const growth = Math.min(pushMax, Math.max(pushMin, (frame_count / frameRate) * pushPerSecond));
  const still: CameraPose = { zoom: 1, x: 0, y: 0 };
  switch (move) {
    case 'push':
      return { from: still, to: { zoom: 1 + growth, x: 0, y: 0 } };
    case 'pull':
      return { from: { zoom: 1 + growth, x: 0, y: 0 }, to: still };
    case 'left':
      return { from: { zoom: 1.03, x: travel * width, y: 0 }, to: { zoom: 1.03, x: -travel * width, y: 0 } };
    case 'up':
      return { from: { zoom: 1.03, x: 0, y: travel * height }, to: { zoom: 1.03, x: 0, y: -travel * height } };
    case 'down':
      return { from: { zoom: 1.03, x: 0, y: -travel * height }, to: { zoom: 1.03, x: 0, y: travel * height } };
    case 'whip': {
      const pose = { zoom: 1.03, y: 0 };
      return { from: { ...pose, x: -whipTravel * width }, to: { ...pose, x: whipTravel * width }, manner: 'whip' };
    }
    case 'handheld': {
      const pose = { zoom: 1.03, x: 0, y: 0 };
      return { from: pose, to: pose, manner: 'handheld' };
    }
    case 'still':
      return restingCamera;
    case 'right':
      return { from: { zoom: 1.03, x: -travel * width, y: 0 }, to: { zoom: 1.03, x: travel * width, y: 0 } };
  }
}

/** A camera that stays. */
export const restingCamera: Camera = { from: { zoom: 1, x: 0, y: 0 }, to: { zoom: 1, x: 0, y: 0 } };

/** How much wider and higher than the frame a layer of this depth must be for the travels of {@link planCamera}. */
export function coverOf(depth: number, move: Move): number {
  return 1 + 2 * (move === 'whip' ? whipTravel : travel) * depth + 0.01;
}
