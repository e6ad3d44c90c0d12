/** The features of one picture: `count` rows, one per patch, as wide as the model has weights. */
export interface FeatureMatrix {
  readonly count: number;
  readonly values: Float32Array;
}

/** One fitted model: probability = logistic(bias + Σ weight · feature). Features are used as they come, not standardised. */
export interface LogisticModel {
  readonly bias: number;
  readonly weights: readonly number[];
}

/** The probability 0…1 of each patch to belong to the subject. */
export function classifyPatches(judge: LogisticModel, features: FeatureMatrix): Float32Array {
  const width = judge.weights.length;
  const probabilities = new Float32Array(features.count);
  for (let patch = 0; patch < features.count; patch++) {
    let sum = judge.bias;
    for (let feature = 0, from = patch * width; feature < width; feature++, from++) {
      sum += (judge.weights[feature] as number) * (features.values[from] as number);
    }
    probabilities[patch] = 1 / (1 + Math.exp(-sum));
  }
  return probabilities;
}
