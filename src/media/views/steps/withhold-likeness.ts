import type { BuildState, StepTools } from '../view.ts';

/**
 * Takes back the score of pictures of a person where nothing here can tell people apart: clothes and light are what our own
 * score sees, and two women in like clothes got 0.8. What was measured is kept for comparing scenes of a clip.
 */
export function withholdLikeness({ views, isPerson }: BuildState, { models }: StepTools): void {
  if (!isPerson || models?.embedding !== undefined) return;
  for (const view of views) {
    view.likeness = view.sameSubject ?? null;
    view.sameSubject = null;
  }
}
