import type { PatchFacts } from './describe-patches.ts';
import { findWays } from './patch-graph.ts';
import type { Vocabulary } from './vocabulary.ts';

/** Keeps logarithms of empty densities finite; about one patch of 600 spread over its neighbours. */
const EMPTY = 0.002;

/** The clues of one picture, one row of `names.length` numbers per patch. */
export interface Clues {
  readonly count: number;
  readonly values: Float32Array;
}

export const firstClueNames = [
  'way_from_edge',
  'way_from_upper_edges',
  'own_against_edge_look',
  'own_against_upper_edge_look',
  'off_centre',
  'off_centre_of_width',
  'height',
  'near_edge',
  'contrast',
  'detail',
  'detail_relative',
  'chroma_relative',
  'recurs',
  'recurs_least',
  'recurs_against_here',
  'edge_look_elsewhere',
  'look_scatter',
  'look_off_centre',
  'lightness_relative',
  'contrast_recurs',
  'centre_recurs',
] as const;

export const laterClueNames = [
  ...firstClueNames,
  'before',
  'before_around',
  'own_models',
  'others_models',
  'others_against_here',
  'off_subject_centre',
  'off_subject_spread',
  'way_from_subject',
  'way_from_ground',
] as const;

/** Soft density of every word where `weight` (per patch) lies: sums to about 1 over a picture's patches. */
export function densities(vocabulary: Vocabulary, words: Int32Array, weight: ArrayLike<number>): Float32Array {
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

const log = (value: number) => Math.log(value + EMPTY);

function sumSides(picture: PatchFacts, sides: readonly (0 | 1 | 2 | 3)[]): Float32Array {
  const sum = new Float32Array(picture.patches.count);
  for (const side of sides) {
    for (let patch = 0; patch < sum.length; patch++)
      sum[patch] = (sum[patch] as number) + (picture.edgePixels[side][patch] as number);
  }
  return sum;
}

function edgeCosts(picture: PatchFacts): Float32Array {
  const { graph, l, a, b } = picture;
  const cost = new Float32Array(graph.edgeCount);
  for (let edge = 0; edge < cost.length; edge++) {
    const p = graph.from[edge] as number;
    const q = graph.to[edge] as number;
    const distance = Math.hypot(
      (l[p] as number) - (l[q] as number),
      (a[p] as number) - (a[q] as number),
      (b[p] as number) - (b[q] as number),
    );
    cost[edge] = Math.max(0, distance - 3);
  }
  return cost;
}

function waysFrom(picture: PatchFacts, cost: Float32Array, from: Float32Array): Float32Array {
  const start = Float32Array.from(from, (value) => (value > 0 ? 0 : Number.POSITIVE_INFINITY));
  const ways = findWays(picture.patches.count, picture.graph, cost, start);
  return ways.map((way) => (Number.isFinite(way) ? way / (way + 30) : 1));
}

function mean(values: Float32Array, area: Float32Array): number {
  let sum = 0;
  let total = 0;
  for (let index = 0; index < values.length; index++) {
    sum += (values[index] as number) * (area[index] as number);
    total += area[index] as number;
  }
  return total > 0 ? sum / total : 0;
}

/** Per word: scatter and centre offset of where it lies in the picture. */
function placeWords(vocabulary: Vocabulary, picture: PatchFacts, words: Int32Array) {
  const { wordCount, likeness } = vocabulary;
  const m = new Float64Array(wordCount * 4);
  for (let patch = 0; patch < words.length; patch++) {
    const o = (words[patch] as number) * 4;
    const area = picture.patches.area[patch] as number;
    const x = (picture.patches.x[patch] as number) / picture.width - 0.5;
    const y = (picture.patches.y[patch] as number) / picture.height - 0.5;
    m[o] = (m[o] as number) + area;
    m[o + 1] = (m[o + 1] as number) + area * x;
    m[o + 2] = (m[o + 2] as number) + area * y;
    m[o + 3] = (m[o + 3] as number) + area * (x * x + y * y);
  }
  const scatter = new Float32Array(wordCount);
  const off = new Float32Array(wordCount);
  for (let word = 0; word < wordCount; word++) {
    let n = 0;
    let sx = 0;
    let sy = 0;
    let ss = 0;
    for (let other = 0; other < wordCount; other++) {
      const k = likeness[word * wordCount + other] as number;
      n += k * (m[other * 4] as number);
      sx += k * (m[other * 4 + 1] as number);
      sy += k * (m[other * 4 + 2] as number);
      ss += k * (m[other * 4 + 3] as number);
    }
    if (n <= 0) continue;
    scatter[word] = Math.sqrt(Math.max(0, ss / n - (sx / n) ** 2 - (sy / n) ** 2));
    off[word] = Math.sqrt(ss / n);
  }
  return { scatter, off };
}

function contrasts(picture: PatchFacts): Float32Array {
  const { patches, l, a, b, width, height } = picture;
  const size = Math.max(width, height);
  const out = new Float32Array(patches.count);
  for (let p = 0; p < patches.count; p++) {
    let sum = 0;
    let total = 0;
    for (let q = 0; q < patches.count; q++) {
      const dx = ((patches.x[p] as number) - (patches.x[q] as number)) / size;
      const dy = ((patches.y[p] as number) - (patches.y[q] as number)) / size;
      const near = (patches.area[q] as number) / (1 + 10 * (dx * dx + dy * dy));
      const dl = (l[p] as number) - (l[q] as number);
      const da = (a[p] as number) - (a[q] as number);
      const db = (b[p] as number) - (b[q] as number);
      sum += near * Math.sqrt(dl * dl + da * da + db * db);
      total += near;
    }
    out[p] = sum / total / 30;
  }
  return out;
}

/** First clues of every picture. */
export function gatherFirstClues(pictures: readonly PatchFacts[], vocabulary: Vocabulary): Clues[] {
  const total = pictures.map((picture, index) =>
    densities(vocabulary, vocabulary.words[index] as Int32Array, picture.patches.area),
  );
  const edge = pictures.map((picture, index) =>
    densities(vocabulary, vocabulary.words[index] as Int32Array, sumSides(picture, [0, 1, 2, 3])),
  );
  const upper = pictures.map((picture, index) =>
    densities(vocabulary, vocabulary.words[index] as Int32Array, sumSides(picture, [0, 1, 3])),
  );
  // where the look of a picture's middle lies: prior of the subject's look
  const middle = pictures.map((picture, index) => {
    const weight = picture.patches.area.map((area, patch) => {
      const x = (picture.patches.x[patch] as number) / picture.width - 0.5;
      const y = (picture.patches.y[patch] as number) / picture.height - 0.5;
      return area * Math.exp(-(x * x + y * y) / (2 * 0.2 ** 2));
    });
    return densities(vocabulary, vocabulary.words[index] as Int32Array, weight);
  });
  return pictures.map((picture, index) => {
    const { patches, width, height, l, a, b } = picture;
    const words = vocabulary.words[index] as Int32Array;
    const cost = edgeCosts(picture);
    const way = waysFrom(picture, cost, sumSides(picture, [0, 1, 2, 3]));
    const wayUpper = waysFrom(picture, cost, sumSides(picture, [0, 1, 3]));
    const contrast = contrasts(picture);
    const place = placeWords(vocabulary, picture, words);
    const meanDetail = mean(picture.detail, patches.area);
    const chroma = a.map((value, patch) => Math.hypot(value, b[patch] as number));
    const meanChroma = mean(chroma, patches.area);
    const meanL = mean(l, patches.area);
    const others = pictures.map((_, other) => other).filter((other) => other !== index);
    const n = firstClueNames.length;
    const values = new Float32Array(patches.count * n);
    for (let patch = 0; patch < patches.count; patch++) {
      const w = words[patch] as number;
      const x = (patches.x[patch] as number) / width - 0.5;
      const y = (patches.y[patch] as number) / height - 0.5;
      const here = total[index]?.[w] as number;
      let recurs = 0;
      let least = 0;
      let edgeElsewhere = 0;
      let middleElsewhere = 0;
      if (others.length > 0) {
        least = Number.POSITIVE_INFINITY;
        for (const other of others) {
          const value = log(total[other]?.[w] as number);
          recurs += value / others.length;
          least = Math.min(least, value);
          edgeElsewhere += log(edge[other]?.[w] as number) / others.length;
          middleElsewhere += log(middle[other]?.[w] as number) / others.length;
        }
      } else {
        recurs = log(here);
        least = recurs;
        edgeElsewhere = log(edge[index]?.[w] as number);
        middleElsewhere = log(middle[index]?.[w] as number);
      }
      values.set(
        [
          way[patch] as number,
          wayUpper[patch] as number,
          log(here) - log(edge[index]?.[w] as number),
          log(here) - log(upper[index]?.[w] as number),
          x * x + y * y,
          x * x,
          y,
          Math.min(0.5 - Math.abs(x), 0.5 - Math.abs(y)),
          contrast[patch] as number,
          picture.detail[patch] as number,
          (picture.detail[patch] as number) - meanDetail,
          ((chroma[patch] as number) - meanChroma) / 20,
          recurs,
          least,
          recurs - log(here),
          middleElsewhere - edgeElsewhere,
          place.scatter[w] as number,
          place.off[w] as number,
          ((l[patch] as number) - meanL) / 25,
          (contrast[patch] as number) * recurs,
          middleElsewhere - log(edge[index]?.[w] as number),
        ],
        patch * n,
      );
    }
    return { count: patches.count, values };
  });
}

/** Clues that need a first opinion: `chances` holds for each picture the chance 0…1 of each patch to be subject. */
export function gatherLaterClues(
  pictures: readonly PatchFacts[],
  vocabulary: Vocabulary,
  first: readonly Clues[],
  chances: readonly Float32Array[],
): Clues[] {
  const weigh = (index: number, of: (chance: number) => number) => {
    const chance = chances[index] as Float32Array;
    return (pictures[index] as PatchFacts).patches.area.map((area, patch) => area * of(chance[patch] as number));
  };
  const words = (index: number) => vocabulary.words[index] as Int32Array;
  const subject = pictures.map((_, index) =>
    densities(
      vocabulary,
      words(index),
      weigh(index, (c) => c * c),
    ),
  );
  const ground = pictures.map((_, index) =>
    densities(
      vocabulary,
      words(index),
      weigh(index, (c) => (1 - c) * (1 - c)),
    ),
  );
  return pictures.map((picture, index) => {
    const { patches, width, height, graph } = picture;
    const chance = chances[index] as Float32Array;
    const cost = edgeCosts(picture);
    const wayS = waysFrom(
      picture,
      cost,
      chance.map((c) => (c > 0.8 ? 1 : 0)),
    );
    const wayG = waysFrom(
      picture,
      cost,
      chance.map((c) => (c < 0.2 ? 1 : 0)),
    );
    const around = new Float32Array(patches.count);
    const length = new Float32Array(patches.count);
    let sum = 0;
    let sx = 0;
    let sy = 0;
    let ss = 0;
    for (let e = 0; e < graph.edgeCount; e++) {
      const p = graph.from[e] as number;
      const q = graph.to[e] as number;
      const len = (graph.length[e] as number) / (1 + (cost[e] as number) / 8);
      around[p] = (around[p] as number) + len * (chance[q] as number);
      around[q] = (around[q] as number) + len * (chance[p] as number);
      length[p] = (length[p] as number) + len;
      length[q] = (length[q] as number) + len;
    }
    const size = Math.max(width, height);
    for (let p = 0; p < patches.count; p++) {
      const m = (chance[p] as number) ** 2 * (patches.area[p] as number);
      const x = (patches.x[p] as number) / size;
      const y = (patches.y[p] as number) / size;
      sum += m;
      sx += m * x;
      sy += m * y;
      ss += m * (x * x + y * y);
    }
    sum += 1e-6;
    const cx = sx / sum;
    const cy = sy / sum;
    const spread = Math.sqrt(Math.max(0.0025, ss / sum - cx * cx - cy * cy));
    const others = pictures.map((_, other) => other).filter((other) => other !== index);
    const n1 = firstClueNames.length;
    const n = laterClueNames.length;
    const values = new Float32Array(patches.count * n);
    for (let p = 0; p < patches.count; p++) {
      const w = (vocabulary.words[index] as Int32Array)[p] as number;
      let s = 0;
      let g = 0;
      for (const other of others) {
        s += log(subject[other]?.[w] as number) / others.length;
        g += log(ground[other]?.[w] as number) / others.length;
      }
      const ownS = log(subject[index]?.[w] as number);
      const ownG = log(ground[index]?.[w] as number);
      if (others.length === 0) {
        s = ownS;
        g = ownG;
      }
      const off = Math.hypot((patches.x[p] as number) / size - cx, (patches.y[p] as number) / size - cy);
      values.set((first[index] as Clues).values.subarray(p * n1, p * n1 + n1), p * n);
      const c = Math.min(0.999, Math.max(0.001, chance[p] as number));
      values.set(
        [
          Math.log(c / (1 - c)),
          (around[p] as number) / Math.max(1e-6, length[p] as number),
          ownS - ownG,
          s - g,
          s - ownG,
          off,
          off / spread,
          wayS[p] as number,
          wayG[p] as number,
        ],
        p * n + n1,
      );
    }
    return { count: patches.count, values };
  });
}
