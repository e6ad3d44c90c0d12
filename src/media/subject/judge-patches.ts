/** The clues of one picture: `count` rows, one per patch, as wide as the judge has weights. */
export interface Clues {
  readonly count: number;
  readonly values: Float32Array;
}

/** One fitted judge: chance = logistic(bias + Σ weight · clue). Clues are used as they come, not standardised. */
export interface Judge {
  readonly bias: number;
  readonly weights: readonly number[];
}

/** The chance 0…1 of each patch to belong to the subject. */
export function judgePatches(judge: Judge, clues: Clues): Float32Array {
  const width = judge.weights.length;
  const chances = new Float32Array(clues.count);
  for (let patch = 0; patch < clues.count; patch++) {
    let sum = judge.bias;
    for (let clue = 0, from = patch * width; clue < width; clue++, from++) {
      sum += (judge.weights[clue] as number) * (clues.values[from] as number);
    }
    chances[patch] = 1 / (1 + Math.exp(-sum));
  }
  return chances;
}
