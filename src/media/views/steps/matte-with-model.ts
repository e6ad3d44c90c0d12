import type { Plane, RgbImage } from '../../raster/raster.ts';
import { shrinkPixels } from '../../raster/shrink-pixels.ts';
import { type BuildState, type StepTools, smallSidePx, type View } from '../view.ts';
import { isSettled } from './settled-matte.ts';

/**
 * Where a matting model was added, what it draws is noted for the steps that look for the subject, which weigh it with what the persons'
 * network and the other views say. Without a model, and where the ground is plain and the cut sure, nothing happens.
 */
export async function matteWithModel({ views }: BuildState, { models }: StepTools): Promise<void> {
  if (models?.matting === undefined) return;
  const { matting } = models;
  for (const view of views) {
    if (!isSettled(view)) noteMatte(view, await matting.run(fitView(view, matting.sidePx), view.param));
  }
}

/** More of the picture than this is no subject in front of surroundings. */
const shareMax = 0.98;

/** Keeps what was drawn of the view, 0…1 at any size, unless it is nothing, or nothing but subject: such a matte says nothing. */
export function noteMatte(view: View, drawn: Plane): void {
  const inside = drawn.data.reduce((count, chance) => count + (chance >= 0.5 ? 1 : 0), 0);
  if (inside > 0 && inside <= shareMax * drawn.data.length) view.modelMatte = drawn;
}

/** The view at about the size a model looks at, opaque. */
export function fitView({ small, pixels }: View, sidePx: number): RgbImage {
  return sidePx <= smallSidePx ? small : shrinkPixels(pixels, sidePx);
}
