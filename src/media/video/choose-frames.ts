import { type Candidate, frameDistance } from './frame-keeper.ts';

/** Frames less sharp than this share of the clip's best are blurred by motion and not chosen while others are left. */
const qualityShareMin = 0.4;

/** Two frames nearer than this show the same thing; measured on a still scene with sensor noise: 0.001. */
const distanceMin = 0.004;

/**
 * Chooses up to `count` sharp frames that differ most: the sharpest first (it stands for the clip), then each time the
 * one farthest from all chosen so far (Gonzalez 1985). The rest follow in the order of the clip. Fewer come back when
 * the clip shows fewer different things; one always does.
 */
export function chooseFrames(candidates: readonly Candidate[], count: number): Candidate[] {
  const best = candidates.toSorted((one, other) => other.quality - one.quality)[0];
  if (best === undefined) return [];
  const sharp = candidates.filter(({ quality }) => quality >= qualityShareMin * best.quality);
  const chosen = [best];
  while (chosen.length < count) {
    const next = farthest(sharp, chosen);
    if (next === undefined) break;
    chosen.push(next);
  }
  const [frontal, ...rest] = chosen;
  return [frontal as Candidate, ...rest.toSorted((one, other) => one.timeSeconds - other.timeSeconds)];
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
