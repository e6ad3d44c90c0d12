import { compareAppearances } from './compare-appearances.ts';
import type { Appearance } from './describe-appearance.ts';
import { sameSubjectWeights } from './same-subject-weights.ts';

/**
 * Chance 0…1 that two looks are of one subject, to three decimals: a warning, never a verdict. Color and texture can't
 * tell two brown dogs apart, and strange light lowers it. Symmetric. Fitted with equal shares of same, other-kind and
 * same-kind pairs; the error rates at each threshold are printed by bench/same-subject.ts.
 */
export function scoreSameSubject(one: Appearance, other: Appearance): number {
  const likeness = compareAppearances(one, other);
  const sum = sameSubjectWeights.weights.reduce(
    (total, weight, index) => total + weight * (likeness[index] as number),
    sameSubjectWeights.bias,
  );
  return Math.round(1000 / (1 + Math.exp(-sum))) / 1000;
}
