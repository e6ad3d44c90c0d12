import type { PatchFacts } from './describe-patches.ts';

/** A small set of looks (colour and texture) shared by all pictures of one subject. */
export interface Vocabulary {
  readonly wordCount: number;
  /** For each picture the word of each patch. */
  readonly words: readonly Int32Array[];
  /** wordCount × wordCount: how alike two words are, 1 on the diagonal, falling to 0. */
  readonly likeness: Float32Array;
}

/** L* counts less than a* and b*: light and shade change it between photos of one thing. */
const AXES = 6;
const SCALE_L = 0.75;
const SCALE_DETAIL = 5;
const SCALE_SPREAD = 4;
const SCALE_DIRECTION = 4;
/** Lab units at which two looks are half the same. */
const LIKENESS_SIGMA = 5;
const ROUNDS = 6;

/**
 * Words by k-means over the patches of all pictures, started from an even sample (no randomness: equal input gives
 * equal output).
 */
export function learnVocabulary(pictures: readonly PatchFacts[], wordCountMax: number): Vocabulary {
  const points = joinPoints(pictures);
  const total = points.length / AXES;
  const wordCount = Math.min(wordCountMax, total);
  const centres = new Float32Array(wordCount * AXES);
  for (let word = 0; word < wordCount; word++) {
    const from = Math.floor(((word + 0.5) * total) / wordCount) * AXES;
    centres.set(points.subarray(from, from + AXES), word * AXES);
  }
  const nearest = new Int32Array(total);
  for (let round = 0; round < ROUNDS; round++) {
    assignWords(points, centres, nearest);
    if (round < ROUNDS - 1) moveWords(points, centres, nearest);
  }
  let offset = 0;
  const words = pictures.map((picture) => {
    const part = nearest.slice(offset, offset + picture.patches.count);
    offset += picture.patches.count;
    return part;
  });
  return { wordCount, words, likeness: compareWords(centres) };
}

function joinPoints(pictures: readonly PatchFacts[]): Float32Array {
  const total = pictures.reduce((sum, picture) => sum + picture.patches.count, 0);
  const points = new Float32Array(total * AXES);
  let to = 0;
  for (const picture of pictures) {
    for (let patch = 0; patch < picture.patches.count; patch++) {
      points[to++] = (picture.l[patch] as number) * SCALE_L;
      points[to++] = picture.a[patch] as number;
      points[to++] = picture.b[patch] as number;
      points[to++] = (picture.detail[patch] as number) * SCALE_DETAIL;
      points[to++] = (picture.spread[patch] as number) * SCALE_SPREAD;
      points[to++] = (picture.direction[patch] as number) * SCALE_DIRECTION;
    }
  }
  return points;
}

function assignWords(points: Float32Array, centres: Float32Array, nearest: Int32Array): void {
  for (let point = 0, p = 0; point < nearest.length; point++, p += AXES) {
    let best = 0;
    let bestDistance = Number.POSITIVE_INFINITY;
    for (let c = 0, word = 0; c < centres.length; c += AXES, word++) {
      let distance = 0;
      for (let axis = 0; axis < AXES && distance < bestDistance; axis++) {
        const step = (points[p + axis] as number) - (centres[c + axis] as number);
        distance += step * step;
      }
      if (distance < bestDistance) {
        bestDistance = distance;
        best = word;
      }
    }
    nearest[point] = best;
  }
}

function moveWords(points: Float32Array, centres: Float32Array, nearest: Int32Array): void {
  const sums = new Float64Array(centres.length);
  const counts = new Float64Array(centres.length / AXES);
  for (let point = 0; point < nearest.length; point++) {
    const word = nearest[point] as number;
    counts[word] = (counts[word] as number) + 1;
    for (let axis = 0; axis < AXES; axis++) {
      sums[word * AXES + axis] = (sums[word * AXES + axis] as number) + (points[point * AXES + axis] as number);
    }
  }
  for (let index = 0; index < centres.length; index++) {
    const count = counts[Math.floor(index / AXES)] as number;
    if (count > 0) centres[index] = (sums[index] as number) / count;
  }
}

function compareWords(centres: Float32Array): Float32Array {
  const count = centres.length / AXES;
  const likeness = new Float32Array(count * count);
  for (let one = 0; one < count; one++) {
    for (let other = 0; other < count; other++) {
      let distance = 0;
      for (let axis = 0; axis < AXES; axis++) {
        distance += ((centres[one * AXES + axis] as number) - (centres[other * AXES + axis] as number)) ** 2;
      }
      likeness[one * count + other] = Math.exp(-distance / (2 * LIKENESS_SIGMA ** 2));
    }
  }
  return likeness;
}
