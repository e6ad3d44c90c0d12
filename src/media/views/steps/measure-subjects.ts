import { measureSubject } from '../../subject/index.ts';
import type { BuildState } from '../view.ts';

/** Measures the subject of each view inside its alpha. */
export function measureSubjects({ views }: BuildState): void {
  for (const view of views) {
    view.subject = view.smallAlpha === undefined ? null : toStored(measureSubject(view.small, view.smallAlpha));
  }
}

function toStored(facts: ReturnType<typeof measureSubject>) {
  return facts === null ? null : { ...facts, touches: [...facts.touches] };
}
