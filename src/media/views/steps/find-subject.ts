import { findSubjects } from '../../subject/index.ts';
import type { BuildState } from '../view.ts';

/**
 * Looks for the subject in all views at once: what recurs over them is it, what changes is its surroundings. Frames of a
 * clip share their surroundings, so there what moves over still ground counts as well. A model's matte stays.
 */
export function findSubject({ views }: BuildState): void {
  if (views.every(({ matte }) => matte !== undefined)) return;
  const smalls = views.map(({ small }) => small);
  const masks = findSubjects(smalls, { moved: views.map(({ moved }) => moved) });
  for (const [at, view] of views.entries()) if (masks[at] !== undefined) view.matte ??= masks[at];
}
