import type { ClipHeader, ImageHeader } from '../schema.ts';

/** Frames a second of every animatic. */
export const frameRate = 24;

/** What an animatic is to show, said in plain data: who is seen where, in which words, for how long. */
export interface AnimaticScript {
  /** Even, at least 64. */
  width_px: number;
  height_px: number;
  /** At least one; `cast` and `images` in them are indices into the lists below. */
  shots: readonly ScriptShot[];
  cast: readonly ScriptFigure[];
  /** In the order in which the prompt counts them. */
  images: readonly ScriptImage[];
  clip: ScriptClip | null;
  sound: ScriptSound;
  /** Of pictures, one of each shot: nothing on them tells of time. */
  is_still?: boolean;
  /** The file's metadata. */
  title: string;
  comment: string;
}

export const framings = ['wide', 'medium', 'close'] as const;
/** How much of a figure a shot shows. */
export type Framing = (typeof framings)[number];

export const moves = ['push', 'pull', 'left', 'right', 'up', 'down', 'still', 'whip', 'handheld'] as const;
/** How the camera moves during a shot. */
export type Move = (typeof moves)[number];

/**
 * What a figure does: comes, goes, moves through the picture, comes together with another from both sides or goes to one; comes to the
 * camera or goes away from it; falls from above, flies up.
 */
export type ActionKind =
  | 'enter'
  | 'exit'
  | 'cross'
  | 'jump'
  | 'turn'
  | 'meet'
  | 'join'
  | 'approach'
  | 'recede'
  | 'fall'
  | 'rise';

/** One thing that one figure does in a shot. */
export interface ScriptAction {
  /** Index of the script's figure. */
  figure: number;
  kind: ActionKind;
  /** The side it comes from; who leaves to the right comes from the left. */
  from: 'left' | 'right';
}

/** What a shot's words say of camera and action; absent where they say nothing. */
export interface ScriptDirections {
  framing?: Framing;
  move?: Move;
  /** The eye of the camera is low or high. */
  angle?: 'low' | 'high';
  /** The camera is held at a slant. */
  is_tilted?: boolean;
  /** Camera words as they are written on the picture. */
  signs?: readonly string[];
}

/** A place to paint, by what is known of it. */
export interface PaintedPlace {
  ground: 'grass' | 'sand' | 'water' | 'stone' | 'boards';
  behind: 'hills' | 'trees' | 'houses' | 'sea' | 'wall' | 'nothing';
  time: 'day' | 'dusk' | 'night';
  weather: 'clear' | 'rain' | 'snow' | 'fog';
}

/** One shot; `cast` and `pinned` are indices into the script's figures and images. */
export interface ScriptShot extends Pick<ScriptDirections, 'angle' | 'is_tilted' | 'signs'> {
  frame_count: number;
  /** Words under the picture; '' for none. */
  caption: string;
  framing: Framing;
  move: Move;
  /** Where a lone figure stands. */
  side: 'left' | 'right' | 'centre';
  cast: readonly number[];
  /** What they do, each its own in this order; absent for nothing. */
  actions?: readonly ScriptAction[];
  /** Whom of them the camera looks past: the one who stands near, with the back to us. */
  near?: number;
  scene: Scene;
  /** Images that are pinned to the picture as cards. */
  pinned: readonly number[];
}

/** What is behind, or instead of, the figures. */
export type Scene =
  /** A neutral ground in colors that go with the first figure. */
  | { kind: 'studio' }
  /** A painted ground: a place that only words tell of. */
  | { kind: 'painted'; place: PaintedPlace }
  /** An image as the picture itself; figures are introduced beside it. */
  | { kind: 'picture'; image: number }
  /** A slow cross-move: exactly the one image in the first frame, exactly the other in the last. */
  | { kind: 'crossing'; from: number; to: number }
  /** An image out of focus, as the place in which the figures stand. */
  | { kind: 'place'; image: number }
  /** The clip's frames; figures stand before them. */
  | { kind: 'clip' }
  /** The clip's frames, subdued; the first figure follows what moves in them. */
  | { kind: 'motion' };

/** One element of the cast, as far as an animatic needs it. */
export interface ScriptFigure {
  name: string;
  /** Best one first; empty where no picture is known. */
  views: readonly FigureView[];
  /** Dominant colors as `#rrggbb`, largest share first; may be empty. */
  colors: readonly string[];
  /** Mean lightness 0…1. */
  brightness: number;
  /** Its height in metres, where something is known of it. */
  height_m?: number | undefined;
  /** Path of a WAV file. */
  voice: string | null;
}

/** One picture of a figure; sizes in pixels of the file. */
export interface FigureView {
  kind: 'cutout' | 'picture';
  path: string;
  width_px: number;
  height_px: number;
  /** Whether the subject is cut off by the lower edge of the picture it was cut out of: it can't stand on a floor then. */
  is_bust: boolean;
}

/** A picture of the request that is shown as it is, or whose subject acts. */
export interface ScriptImage {
  param: string;
  path: string;
  header: ImageHeader;
  /** What captions call it. */
  label: string;
  /** Whether its subject, where it can be cut out, is to act as the one figure of a `motion` scene. */
  is_figure: boolean;
}

/** A reference clip of the request. */
export interface ScriptClip {
  param: string;
  path: string;
  header: ClipHeader;
}

interface ScriptSound {
  /** Whether the figures' voices are heard; there is a sound track then, even a silent one. */
  is_made: boolean;
  /** Whether the clip's own sound is kept. */
  is_kept: boolean;
}

/** How many times the memory of other jobs a script may take: once up to 1080p, twice beyond (measured: 0042). */
export function countMemoryShares({ width_px, height_px }: Pick<AnimaticScript, 'width_px' | 'height_px'>): number {
  return width_px * height_px > 2400 * 1400 ? 2 : 1;
}
