import type { Asset } from './asset.ts';

/** One shot, ready to be drawn: everything that is seen, from back to front. Lengths are pixels of the frame. */
export interface Shot {
  frameCount: number;
  camera: Camera;
  layers: readonly Layer[];
}

/** Moves from one look to the other over the whole shot, gently at both ends. */
export interface Camera {
  from: CameraPose;
  to: CameraPose;
  /** `whip` swings from the one to the other within some frames, `handheld` never quite rests. */
  manner?: 'whip' | 'handheld';
}

export interface CameraPose {
  /** 1 shows a layer of depth 1 as it is; more is nearer. */
  zoom: number;
  /** How far the camera has gone to the right and down. */
  x: number;
  y: number;
}

export interface Box {
  left: number;
  top: number;
  width: number;
  height: number;
}

export interface Layer {
  asset: Asset;
  /** Where it is while the camera rests. */
  box: Box;
  /** How much of the camera's move it takes: 1 all, less behind, more in front, 0 is glued to the frame. */
  depth: number;
  /** Moves by a camera of its own instead of the shot's. */
  camera?: Camera;
  /** Keeps its size and only goes along with its centre: labels. */
  keepsSize?: boolean;
  /** Opacity over the frames of the shot; before the first and behind the last key it stays. Always 1 without keys. */
  opacity?: readonly Key[];
  /** Comes from so many pixels beside its place within the first frames of the shot. */
  enters?: { x: number; y: number; frameCount: number };
  /** Goes a way of its own within the picture, under the camera's move. */
  path?: Path;
  /** Grows from nothing to its width over the frames of the shot. */
  grows?: boolean;
  /** Follows what moves in the clip: `box` is where it would stand for a mover in the middle of the frame. */
  follows?: boolean;
  /** Index of the figure that it shows, so that it can be found in the frame. */
  figure?: number;
}

/** Where a layer is beside its box, frame by frame: straight between two steps, at rest before the first and behind the last. */
interface Path {
  /** The point that the scale leaves in its place: between the feet. */
  anchor: { x: number; y: number };
  /** In the order of their frames; at least one. */
  steps: readonly PathStep[];
}

export interface PathStep {
  frame: number;
  /** Pixels to the right and down. */
  x: number;
  y: number;
  /** Against its usual size. */
  scale: number;
}

export interface Key {
  frame: number;
  value: number;
}

/** Where what moves in the clip is, frame by frame. */
export type Track = readonly TrackPoint[];

export interface TrackPoint {
  /** Its centre in shares of the frame, 0…1. */
  x: number;
  y: number;
  /** Its height against its usual one. */
  scale: number;
}
