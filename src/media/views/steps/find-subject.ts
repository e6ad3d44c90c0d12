import type { Plane } from '../../raster/raster.ts';
import { findSubjects, type SubjectMask } from '../../subject/index.ts';
import type { BuildState, StepTools } from '../view.ts';
import { isSettled, settleMatte } from './settled-matte.ts';

/**
 * Looks for the subject in all views at once: what recurs over them is it, what changes is its surroundings. Frames of a
 * clip share their surroundings, so there what moves over still ground counts as well; where the people networks are there, what
 * they take for a person is a further clue, and so is what a matting model has drawn. A matte that is there stays, but an unsure one of a plain ground gives way to a
 * surer one. Where one of a plain ground leaves the picture, as an arm does that holds the subject, its confidence is the mean of
 * both opinions; of a person's bust the faces have told that it is one.
 */
export function findSubject({ views, isPerson }: BuildState, { people }: Pick<StepTools, 'people'> = {}): void {
  if (views.every(isSettled)) return;
  const smalls = views.map(({ small }) => small);
  const masks = findSubjects(smalls, {
    moved: views.map(({ moved }) => moved),
    persons: views.map((view) => (isSettled(view) || view.showsNobody ? undefined : people?.drawPersons(view.small))),
    mattes: views.map((view) => (isSettled(view) ? undefined : view.modelMatte)),
  });
  for (const [at, view] of views.entries()) {
    const joint = masks[at] as SubjectMask;
    if (view.isOnPlainGround && view.matte !== undefined && !isPerson && leavesPicture(view.matte.mask)) {
      view.matte = { ...view.matte, confidence: (view.matte.confidence + joint.confidence) / 2 };
    }
    if (!isSettled(view)) settleMatte(view, joint);
  }
}

function leavesPicture({ width, height, data }: Plane): boolean {
  const isInside = (x: number, y: number) => (data[y * width + x] as number) >= 0.5;
  for (let x = 0; x < width; x++) if (isInside(x, 0) || isInside(x, height - 1)) return true;
  for (let y = 0; y < height; y++) if (isInside(0, y) || isInside(width - 1, y)) return true;
  return false;
}
