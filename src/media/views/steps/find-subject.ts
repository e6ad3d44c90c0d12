import type { Plane } from '../../raster/raster.ts';
import { findSubjects, type SubjectMask } from '../../subject/index.ts';
import type { BuildState } from '../view.ts';

/**
 * Looks for the subject in all views at once: what recurs over them is it, what changes is its surroundings. Frames of a
 * clip share their surroundings, so there what moves over still ground counts as well. A matte that is there stays. Where it is
 * of a plain ground and leaves the picture, as an arm does that holds the subject, its confidence is the mean of both opinions;
 * of a person's bust the faces have told that it is one.
 */
export function findSubject({ views, isPerson }: BuildState): void {
  if (views.every(({ matte }) => matte !== undefined)) return;
  const smalls = views.map(({ small }) => small);
  const masks = findSubjects(smalls, { moved: views.map(({ moved }) => moved) });
  for (const [at, view] of views.entries()) {
    const joint = masks[at] as SubjectMask;
    if (view.isOnPlainGround && view.matte !== undefined && !isPerson && leavesPicture(view.matte.mask)) {
      view.matte = { ...view.matte, confidence: (view.matte.confidence + joint.confidence) / 2 };
    }
    view.matte ??= joint;
  }
}

function leavesPicture({ width, height, data }: Plane): boolean {
  const isInside = (x: number, y: number) => (data[y * width + x] as number) >= 0.5;
  for (let x = 0; x < width; x++) if (isInside(x, 0) || isInside(x, height - 1)) return true;
  for (let y = 0; y < height; y++) if (isInside(0, y) || isInside(width - 1, y)) return true;
  return false;
}
