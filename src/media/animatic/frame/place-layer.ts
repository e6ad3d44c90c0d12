import type { Box, Camera, CameraPose, Key, Layer, PathStep, Shot, TrackPoint } from '../plan.ts';
import { frameRate } from '../script.ts';
import type { Place } from './draw-planes.ts';
import { easeCamera, easeInOut, easeOut } from './ease.ts';

/** The box of a layer, in pixels of the frame, and its opacity, in one frame of its shot. */
export interface Placement extends Box {
  opacity: number;
}

/**
 * Where a layer is in a frame (from 0) of its shot. `mover` is where the clip's motion is in this frame; only layers that
 * follow it need it.
 */
export function placeLayer(
  layer: Layer,
  shot: Pick<Shot, 'camera' | 'frameCount'>,
  frame: number,
  size: { width: number; height: number },
  mover?: TrackPoint,
): Placement {
  const share = shot.frameCount < 2 ? 0 : frame / (shot.frameCount - 1);
  const moved = layer.follows ? followTrack(layer.box, mover, size) : followPath(layer, frame);
  const camera = layer.camera ?? shot.camera;
  const seen = look(moved, poseAt(camera, share, frame, size), layer, size);
  const left = layer.enters === undefined ? 0 : 1 - easeOut((frame + 1) / layer.enters.frameCount);
  return {
    left: seen.left + left * (layer.enters?.x ?? 0),
    top: seen.top + left * (layer.enters?.y ?? 0),
    width: seen.width * (layer.grows ? (frame + 1) / shot.frameCount : 1),
    height: seen.height,
    opacity: layer.opacity === undefined ? 1 : valueAt(layer.opacity, frame),
  };
}

/** As `draw-layer.ts` wants it, for a raster of this size. */
export function toPlace(placement: Placement, raster: { width: number; height: number }): Place {
  return {
    left: placement.left,
    top: placement.top,
    scaleX: placement.width / raster.width,
    scaleY: placement.height / raster.height,
    opacity: placement.opacity,
  };
}

/** When a whip pan swings, as shares of its shot. */
const whipFrom = 0.42;
const whipTo = 0.54;
/** How far a hand lets the camera sway, as a share of the frame's height, and how often in a second: two slow beats that never meet. */
const sway = 0.007;
const swayHz = [0.61, 1.37] as const;

function poseAt(
  { from, to, manner }: Camera,
  share: number,
  frame: number,
  size: { width: number; height: number },
): CameraPose {
  if (manner === 'whip') return interpolate(from, to, easeInOut((share - whipFrom) / (whipTo - whipFrom)));
  const pose = interpolate(from, to, easeCamera(share));
  if (manner !== 'handheld') return pose;
  const beat = (hz: number, phase: number) => Math.sin(2 * Math.PI * hz * (frame / frameRate) + phase);
  const x = beat(swayHz[0], 0) + 0.5 * beat(swayHz[1], 1);
  const y = beat(swayHz[0] * 1.3, 2) + 0.5 * beat(swayHz[1] * 0.8, 4);
  return { zoom: pose.zoom, x: pose.x + sway * size.height * x, y: pose.y + sway * size.height * y };
}

/** The box where its path has taken it. */
function followPath({ box, path, keepsSize }: Layer, frame: number): Box {
  if (path === undefined) return box;
  const { x, y, scale } = stepAt(path.steps, frame);
  const centreX = path.anchor.x + (box.left + box.width / 2 - path.anchor.x) * scale + x;
  const centreY = path.anchor.y + (box.top + box.height / 2 - path.anchor.y) * scale + y;
  return sized(box, centreX, centreY, keepsSize ? 1 : scale);
}

function stepAt(steps: readonly PathStep[], frame: number): Omit<PathStep, 'frame'> {
  const next = steps.findIndex((step) => step.frame > frame);
  const before = steps[next === -1 ? steps.length - 1 : next - 1];
  const after = steps[next];
  if (before === undefined || after === undefined) return before ?? after ?? { x: 0, y: 0, scale: 1 };
  const share = (frame - before.frame) / (after.frame - before.frame);
  const between = (one: number, other: number) => one + (other - one) * share;
  return {
    x: between(before.x, after.x),
    y: between(before.y, after.y),
    scale: between(before.scale, after.scale),
  };
}

function interpolate(from: CameraPose, to: CameraPose, share: number): CameraPose {
  const between = (one: number, other: number) => one + (other - one) * share;
  return { zoom: between(from.zoom, to.zoom), x: between(from.x, to.x), y: between(from.y, to.y) };
}

function look(box: Box, { zoom, x, y }: CameraPose, layer: Layer, size: { width: number; height: number }): Box {
  const scale = 1 + (zoom - 1) * layer.depth;
  const centreX = size.width / 2 + (box.left + box.width / 2 - size.width / 2) * scale - x * layer.depth;
  const centreY = size.height / 2 + (box.top + box.height / 2 - size.height / 2) * scale - y * layer.depth;
  const own = layer.keepsSize ? 1 : scale;
  return sized(box, centreX, centreY, own);
}

function sized(box: Box, centreX: number, centreY: number, scale: number): Box {
  const [width, height] = [box.width * scale, box.height * scale];
  return { left: centreX - width / 2, top: centreY - height / 2, width, height };
}

/** The box was made for a mover in the middle of the frame; it grows and goes with the mover around that middle. */
function followTrack(box: Box, point: TrackPoint | undefined, size: { width: number; height: number }): Box {
  if (point === undefined) return box;
  const { x, y, scale } = point;
  const centreX = x * size.width + (box.left + box.width / 2 - size.width / 2) * scale;
  const centreY = y * size.height + (box.top + box.height / 2 - size.height / 2) * scale;
  return sized(box, centreX, centreY, scale);
}

function valueAt(keys: readonly Key[], frame: number): number {
  const next = keys.findIndex((key) => key.frame > frame);
  const before = keys[next === -1 ? keys.length - 1 : next - 1];
  const after = keys[next];
  if (before === undefined || after === undefined) return (before ?? after)?.value ?? 1;
  const share = (frame - before.frame) / (after.frame - before.frame);
  return before.value + (after.value - before.value) * easeInOut(share);
}
