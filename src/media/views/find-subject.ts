import { findSubjects } from '../subject/index.ts';
import type { Workpiece } from './view.ts';

/** Looks for the subject in all views at once: what recurs over them is it, what changes is its surroundings. */
export function findSubject({ views }: Workpiece): void {
  const masks = findSubjects(views.map(({ small }) => small));
  for (const [at, view] of views.entries()) if (masks[at] !== undefined) view.matte = masks[at];
}
