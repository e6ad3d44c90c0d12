import { type Candidate, frameDistance } from './frame-keeper.ts';

/** Frames less sharp than this share of the clip's best are blurred by motion and not chosen while others are left. */
const qualityShareMin = 0.4;

/** Two frames nearer than this show the same thing; measured on a still scene with sensor noise: 0.001. */
const distanceMin = 0.004;

/**
 * Chooses up to `count` sharp frames that differ most: the sharpest of the longest scene first (it stands for the clip),
 * then the sharpest of each other scene, then each time the one farthest from all chosen so far (Gonzalez 1985). `scenes`
 * are candidates by scene, the longest scene first. The rest follow in the order of the clip. Fewer come back when the
 * clip shows fewer different things; one always does.
 */
export function chooseFrames(scenes: readonly (readonly Candidate[])[], count: number): Candidate[] {
  const chosen = scenes.flatMap((candidates) => sharpest(candidates) ?? []).slice(0, count);
  const sharp = scenes.flatMap(keepSharp);
  while (chosen.length > 0 && chosen.length < count) {
    const next = farthest(sharp, chosen);
    if (next === undefined) break;
    chosen.push(next);
  }
  const [frontal, ...rest] = chosen;
  if (frontal === undefined) return [];
  return [frontal, ...rest.toSorted((one, other) => one.timeSeconds - other.timeSeconds)];
}

function sharpest(candidates: readonly Candidate[]): Candidate | undefined {
  return candidates.toSorted((one, other) => other.quality - one.quality)[0];
}

function keepSharp(candidates: readonly Candidate[]): Candidate[] {
  const best = sharpest(candidates)?.quality ?? 0;
  return candidates.filter(({ quality }) => quality >= qualityShareMin * best);
}

function farthest(candidates: readonly Candidate[], chosen: readonly Candidate[]): Candidate | undefined {
  let gap = distanceMin;
  let found: Candidate | undefined;
  for (const candidate of candidates) {
    const nearest = Math.min(...chosen.map((one) => frameDistance(one, candidate)));
    if (nearest <= gap) continue;
    gap = nearest;
    found = candidate;
  }
  return found;
}
