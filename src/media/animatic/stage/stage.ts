import type { Box } from '../plan.ts';
import type { AnimaticScript } from '../script.ts';
import type { Typesetter } from '../text/typeset.ts';

/** What every part of a shot is laid out by. */
export interface Stage {
  script: AnimaticScript;
  width: number;
  height: number;
  /** A 720th of the shorter side: text and edges are measured in it, so that they look alike at every size. */
  unit: number;
  shape: 'landscape' | 'square' | 'portrait';
  typesetter: Typesetter;
  /** Usual height of what moves in the clip as a share of the frame; null where nothing was measured. */
  moverHeight: number | null;
}

/** The stage of a script; from 4:5 to 5:4 a picture counts as square. */
export function createStage(script: AnimaticScript, typesetter: Typesetter, moverHeight: number | null): Stage {
  const { width_px: width, height_px: height } = script;
  const ratio = width / height;
  const shape = ratio > 1.25 ? 'landscape' : ratio < 0.8 ? 'portrait' : 'square';
  return { script, width, height, unit: Math.min(width, height) / 720, shape, typesetter, moverHeight };
}

/** Nothing that must be read comes nearer to the edge than this share of each side: the title-safe area. */
export const safeShare = 0.055;
/** Height of the middle of the name tags, and of the lower edge of the caption, in shares of the frame. */
export const tagShare = 0.778;
export const captionEndShare = 0.945;

/** A box around a centre. */
export function boxAround(centreX: number, centreY: number, width: number, height: number): Box {
  return { left: centreX - width / 2, top: centreY - height / 2, width, height };
}

/** A box grown by so many pixels on every side. */
export function growBox(box: Box, by: number): Box {
  return { left: box.left - by, top: box.top - by, width: box.width + 2 * by, height: box.height + 2 * by };
}

/** The largest size of this shape that fits. */
export function fitInto(
  shape: { width: number; height: number },
  width: number,
  height: number,
): { width: number; height: number } {
  const scale = Math.min(width / shape.width, height / shape.height);
  return { width: shape.width * scale, height: shape.height * scale };
}
