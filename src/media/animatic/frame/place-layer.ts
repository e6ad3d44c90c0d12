import type { Box, CameraPose, Key, Layer, Shot, TrackPoint } from '../plan.ts';
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
  const moved = layer.follows ? followTrack(layer.box, mover, size) : layer.box;
  const camera = layer.camera ?? shot.camera;
  const seen = look(moved, interpolate(camera.from, camera.to, easeCamera(share)), layer, size);
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
