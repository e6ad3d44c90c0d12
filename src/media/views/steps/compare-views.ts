import { type Appearance, computeViewDifference, describeAppearance, scoreSameSubject } from '../../subject/index.ts';
import type { BuildState, View } from '../view.ts';

/** Scores each view against the frontal one, and measures how far it differs from the nearest view before it. */
export function compareViews({ views }: BuildState): void {
  const looks = views.map(lookOf);
  const [frontal] = looks;
  for (const [at, view] of views.entries()) {
    const look = looks[at];
    const isCompared = at > 0 && look !== undefined;
    view.sameSubject = isCompared && frontal !== undefined ? scoreSameSubject(frontal, look) : null;
    view.viewDifference = isCompared ? differFromEarlier(look, looks.slice(0, at)) : null;
  }
}

function lookOf({ small, smallAlpha, subject }: View): Appearance | undefined {
  return subject && smallAlpha ? describeAppearance(small, smallAlpha) : undefined;
}

function differFromEarlier(look: Appearance, earlier: readonly (Appearance | undefined)[]): number | null {
  const differences = earlier.flatMap((one) => (one === undefined ? [] : [computeViewDifference(one, look)]));
  return differences.length === 0 ? null : Math.min(...differences);
}
