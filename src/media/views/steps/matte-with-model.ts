import type { ModelRunner } from '../../plugins/index.ts';
import type { Plane, RgbImage } from '../../raster/raster.ts';
import { shrinkPixels } from '../../raster/shrink-pixels.ts';
import { type BuildState, type StepTools, smallSidePx, type View } from '../view.ts';
import { isSettled } from './settled-matte.ts';

/**
 * Where a matting model was added, what it draws is noted for the steps that look for the subject, which weigh it with what the persons'
 * network and the other views say. Of a view it finds nothing in, or nothing but subject, nothing is noted: such a matte
 * says nothing. Without a model, and where the ground is plain and the cut sure, nothing happens.
 */
export async function matteWithModel({ views }: BuildState, { models }: StepTools): Promise<void> {
  if (models?.matting === undefined) return;
  for (const view of views) if (!isSettled(view)) await drawMatte(view, models.matting);
}

/** More of the picture than this is no subject in front of surroundings. */
const shareMax = 0.98;
async function drawMatte(view: View, model: ModelRunner<Plane>): Promise<void> {
  const drawn = await model.run(fitView(view, model.sidePx), view.param);
  const inside = drawn.data.reduce((count, chance) => count + (chance >= 0.5 ? 1 : 0), 0);
  if (inside > 0 && inside <= shareMax * drawn.data.length) view.modelMatte = drawn;
}

/** The view at about the size a model looks at, opaque. */
export function fitView({ small, pixels }: View, sidePx: number): RgbImage {
  return sidePx <= smallSidePx ? small : shrinkPixels(pixels, sidePx);
}
