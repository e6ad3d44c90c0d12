import type { PatchFacts } from './describe-patches.ts';

/** A small set of looks (color and texture) shared by all pictures of one subject. */
export interface Vocabulary {
  readonly wordCount: number;
  /** For each picture the word of each patch. */
  readonly words: readonly Int32Array[];
  /** wordCount × wordCount: how alike two words are, 1 on the diagonal, falling to 0. */
  readonly likeness: Float32Array;
}

/** L* counts less than a* and b*: light and shade change it between photos of one thing. */
const axes = 6;
const scaleL = 0.75;
const scaleDetail = 5;
const scaleSpread = 4;
const scaleDirection = 4;
/** Lab units at which two looks are half the same. */
const likenessSigma = 5;
const rounds = 6;

/**
 * Words by k-means over the patches of all pictures, started from an even sample (no randomness: equal input gives
 * equal output).
 */
export function learnVocabulary(pictures: readonly PatchFacts[], wordCountMax: number): Vocabulary {
  const points = joinPoints(pictures);
  const total = points.length / axes;
  const wordCount = Math.min(wordCountMax, total);
  const centres = new Float32Array(wordCount * axes);
  for (let word = 0; word < wordCount; word++) {
    const from = Math.floor(((word + 0.5) * total) / wordCount) * axes;
    centres.set(points.subarray(from, from + axes), word * axes);
  }
  const nearest = new Int32Array(total);
  for (let round = 0; round < rounds; round++) {
    assignWords(points, centres, nearest);
    if (round < rounds - 1) moveWords(points, centres, nearest);
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
  const points = new Float32Array(total * axes);
  let to = 0;
  for (const picture of pictures) {
    for (let patch = 0; patch < picture.patches.count; patch++) {
      points[to++] = (picture.l[patch] as number) * scaleL;
      points[to++] = picture.a[patch] as number;
      points[to++] = picture.b[patch] as number;
      points[to++] = (picture.detail[patch] as number) * scaleDetail;
      points[to++] = (picture.spread[patch] as number) * scaleSpread;
      points[to++] = (picture.direction[patch] as number) * scaleDirection;
    }
  }
  return points;
}

function assignWords(points: Float32Array, centres: Float32Array, nearest: Int32Array): void {
  for (let point = 0, p = 0; point < nearest.length; point++, p += axes) {
    let best = 0;
    let bestDistance = Number.POSITIVE_INFINITY;
    for (let c = 0, word = 0; c < centres.length; c += axes, word++) {
      let distance = 0;
      for (let axis = 0; axis < axes && distance < bestDistance; axis++) {
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
  const counts = new Float64Array(centres.length / axes);
  for (let point = 0; point < nearest.length; point++) {
    const word = nearest[point] as number;
    counts[word] = (counts[word] as number) + 1;
    for (let axis = 0; axis < axes; axis++) {
      sums[word * axes + axis] = (sums[word * axes + axis] as number) + (points[point * axes + axis] as number);
    }
  }
  for (let index = 0; index < centres.length; index++) {
    const count = counts[Math.floor(index / axes)] as number;
    if (count > 0) centres[index] = (sums[index] as number) / count;
  }
}

function compareWords(centres: Float32Array): Float32Array {
  const count = centres.length / axes;
  const likeness = new Float32Array(count * count);
  for (let one = 0; one < count; one++) {
    for (let other = 0; other < count; other++) {
      let distance = 0;
      for (let axis = 0; axis < axes; axis++) {
        distance += ((centres[one * axes + axis] as number) - (centres[other * axes + axis] as number)) ** 2;
      }
      likeness[one * count + other] = Math.exp(-distance / (2 * likenessSigma ** 2));
    }
  }
  return likeness;
}
