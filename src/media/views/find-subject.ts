import { findSubjects, measureMotion, type SubjectHints } from '../subject/index.ts';
import type { View, Workpiece } from './view.ts';

/** Less of the picture than this stays the same when the camera moves; then motion says nothing about the subject. */
const stillShareMin = 0.3;

/**
 * Looks for the subject in all views at once: what recurs over them is it, what changes is its surroundings. Frames of a
 * clip share their surroundings, so there what moves over still ground counts as well. A model's matte stays.
 */
export function findSubject({ views }: Workpiece): void {
  if (views.every(({ matte }) => matte !== undefined)) return;
  const smalls = views.map(({ small }) => small);
  const masks = findSubjects(smalls, isClip(views) ? hintOfMotion(smalls) : {});
  for (const [at, view] of views.entries()) if (masks[at] !== undefined) view.matte ??= masks[at];
}

/** Whether motion can be measured: it takes three frames. */
function isClip(views: readonly View[]): boolean {
  return views.length >= 3 && views.every(({ timeSeconds }) => timeSeconds !== undefined);
}

function hintOfMotion(frames: Parameters<typeof measureMotion>[0]): SubjectHints {
  const { moved, still_share } = measureMotion(frames);
  return still_share < stillShareMin ? {} : { moved };
}
