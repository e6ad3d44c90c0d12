import type { Plane } from '../../raster/raster.ts';
import { enlargePlane } from '../../raster/resize-raster.ts';
import { rules } from '../../subject/index.ts';
import type { BuildState, StepTools } from '../view.ts';

/** From this chance up the network is sure of a thing. */
const sureChance = 0.9;
/** Area of what it is sure of and the cut has left out, as a share of the cut's, from which the cut is doubted. */
const missedMax = 0.05;
/** What a doubted cut is still worth. */
const doubtedConfidence = 0.5;

/**
 * A cut on plain ground that has lost a part to the ground's color, as a white shirt on white, has a clear outline and looks sure: where the
 * network that knows things is sure of more than it holds, it is doubted, and the steps that follow look for the subject too (docs/decisions/0024-things.md).
 */
export function doubtPlainGround({ views }: BuildState, { things }: Pick<StepTools, 'things'>): void {
  if (things === undefined) return;
  for (const view of views) {
    const { matte, isOnPlainGround } = view;
    if (matte === undefined || !isOnPlainGround || matte.confidence < rules.matte_unsure) continue;
    if (measureMissed(matte.mask, things.glance(view.small)) <= missedMax) continue;
    view.matte = { ...matte, confidence: Math.min(matte.confidence, doubtedConfidence) };
  }
}

/** Pixels that the network is sure of and the mask leaves out, as a share of the mask's. */
function measureMissed({ width, height, data }: Plane, seen: Plane): number {
  const chances = enlargePlane(seen, width, height).data;
  let [area, missed] = [0, 0];
  for (let pixel = 0; pixel < data.length; pixel++) {
    if ((data[pixel] as number) >= 0.5) area++;
    else if ((chances[pixel] as number) >= sureChance) missed++;
  }
  return missed / Math.max(1, area);
}
