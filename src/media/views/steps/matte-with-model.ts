import type { ModelRunner } from '../../plugins/index.ts';
import type { Plane, RgbImage } from '../../raster/raster.ts';
import { shrinkPixels } from '../../raster/shrink-pixels.ts';
import type { GuideOptions } from '../../subject/index.ts';
import { type BuildState, type StepTools, smallSidePx, type View } from '../view.ts';

/**
 * Where a matting model was added, its matte is the view's. A view it finds nothing in, or nothing but subject, is left to
 * `findSubject`: such a matte says nothing. Without a model, and on plain
 * ground, nothing happens.
 */
export async function matteWithModel({ views }: BuildState, { models }: StepTools): Promise<void> {
  if (models?.matting === undefined) return;
  for (const view of views) if (view.matte === undefined) await matteView(view, models.matting);
}

/** More of the picture than this is no subject in front of surroundings. */
const shareMax = 0.98;
/** Side at which the guided filter is solved by default; a finer matte keeps its detail only at its own. */
const usualGuidePx = 448;

async function matteView(view: View, model: ModelRunner<Plane>): Promise<void> {
  const mask = await model.run(fitView(view, model.sidePx), view.param);
  // The runner that made the mask has loaded this already; a child without models never does.
  const { rateMatte } = await import('../../plugins/index.ts');
  const confidence = rateMatte(mask);
  const inside = mask.data.reduce((count, chance) => count + (chance >= 0.5 ? 1 : 0), 0);
  if (confidence === 0 || inside > shareMax * mask.data.length) return;
  view.matte = { mask, confidence };
  const guide = guideMatte(mask);
  // Without `small`, which has fewer pixels than such a filter is solved at.
  if (guide.solvePx !== undefined) view.matteGuide = guide;
}

/** How a model's matte is led along edges: where it is finer than the filter's usual size, at its own. */
export function guideMatte({ width, height }: Plane): Partial<GuideOptions> {
  const side = Math.max(width, height);
  return side > usualGuidePx ? { solvePx: side } : {};
}

/** The view at about the size a model looks at, opaque. */
export function fitView({ small, pixels }: View, sidePx: number): RgbImage {
  return sidePx <= smallSidePx ? small : shrinkPixels(pixels, sidePx);
}
