import { compareLooks } from './compare-looks.ts';
import type { Look } from './describe-look.ts';
import { sameSubjectJudge } from './same-subject-judge.ts';

/**
 * Chance 0…1 that two looks are of one subject, to three decimals: a warning, never a verdict. Colour and texture can't
 * tell two brown dogs apart, and strange light lowers it. Symmetric. Fitted with equal shares of same, other-kind and
 * same-kind pairs; the error rates at each threshold are printed by bench/same-subject.ts.
 */
export function scoreSameSubject(one: Look, other: Look): number {
  const likeness = compareLooks(one, other);
  const sum = sameSubjectJudge.weights.reduce(
    (total, weight, index) => total + weight * (likeness[index] as number),
    sameSubjectJudge.bias,
  );
  return Math.round(1000 / (1 + Math.exp(-sum))) / 1000;
}
