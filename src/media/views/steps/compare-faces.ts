import type { FaceComparer, FaceFault, FaceVector } from '../../networks/index.ts';
import type { FaceFacts } from '../../schema.ts';
import type { BuildState, StepTools, View } from '../view.ts';

/**
 * Where the operator has switched it on, tells of a person whether the face of each view is that of the first view with one that
 * can be compared, which is the frontal one if it can; its score is the view's. The vectors of the faces are kept nowhere: they end
 * with this step, and only scores and reasons leave it.
 */
export function compareFaces({ views, isPerson }: BuildState, { faceComparer }: StepTools): void {
  if (faceComparer === undefined || !isPerson || views.length < 2) return;
  try {
    compareAll(views, faceComparer);
  } finally {
    faceComparer.forget();
  }
}

function compareAll(views: readonly View[], comparer: FaceComparer): void {
  let reference: { view: View; vector: FaceVector } | undefined;
  for (const view of views) {
    const described = describeFace(view, comparer);
    if ('why' in described) view.person = described;
    else if (reference === undefined) reference = { view, vector: described };
    else {
      const score = Math.round(comparer.compare(reference.vector, described) * 1000) / 1000;
      view.person = { score, than: reference.view };
      if (reference.view === views[0]) view.sameSubject = score;
    }
  }
}

function describeFace(view: View, comparer: FaceComparer): FaceVector | FaceFault {
  const face = chooseFace(view);
  return face === undefined ? { why: 'unseen', value: 0, limit: 1 } : comparer.describe(view.pixels, face);
}

/** Score below which a face counts only beside a clearer one, as of somebody who looks aside. */
const clearMin = 0.8;

/** The largest one that the cut-out holds, so that mending it chooses, clear ones first; where it holds none, of all. */
function chooseFace(view: View): FaceFacts | undefined {
  const bySize = (view.faces ?? []).toSorted(
    (one, other) =>
      Number(other.score >= clearMin) - Number(one.score >= clearMin) || measureArea(other) - measureArea(one),
  );
  return bySize.find((face) => isHeld(view, face)) ?? bySize[0];
}

/** The middle of the face is rather inside the cut-out than not. */
function isHeld({ small, smallAlpha }: View, { left, top, right, bottom }: FaceFacts): boolean {
  const x = Math.min(small.width - 1, Math.floor(((left + right) / 2) * small.width));
  const y = Math.min(small.height - 1, Math.floor(((top + bottom) / 2) * small.height));
  return (smallAlpha?.[y * small.width + x] ?? 0) >= 128;
}

function measureArea({ left, top, right, bottom }: FaceFacts): number {
  return (right - left) * (bottom - top);
}
