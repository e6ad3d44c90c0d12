import type { Vocabulary } from './vocabulary.ts';

/** Keeps logarithms of empty histograms finite; about one patch of 600 spread over its neighbours. */
const empty = 0.002;

/** Soft density of every word where `weight` (per patch) lies: sums to about 1 over a picture's patches. */
export function computeWordHistogram(
  vocabulary: Vocabulary,
  words: Int32Array,
  weight: ArrayLike<number>,
): Float32Array {
  const { wordCount, likeness } = vocabulary;
  const plain = new Float32Array(wordCount);
  let total = 0;
  for (let patch = 0; patch < words.length; patch++) {
    const value = weight[patch] as number;
    const word = words[patch] as number;
    plain[word] = (plain[word] as number) + value;
    total += value;
  }
  const soft = new Float32Array(wordCount);
  if (total <= 0) return soft;
  for (let word = 0; word < wordCount; word++) {
    const value = (plain[word] as number) / total;
    if (value === 0) continue;
    for (let other = 0, row = word * wordCount; other < wordCount; other++) {
      soft[other] = (soft[other] as number) + value * (likeness[row + other] as number);
    }
  }
  return soft;
}

/** Natural logarithm of a density, with a floor. */
export function logDensity(density: Float32Array | undefined, word: number): number {
  return Math.log((density?.[word] ?? 0) + empty);
}
