import type { FeatureMatrix } from './classify-patches.ts';
import type { PatchFacts } from './describe-patches.ts';
import { computeEdgeCosts, computeGeodesicDistances } from './geodesic-distance.ts';
import { computeSideFeatures, sideFeatureNames } from './side-features.ts';
import type { Vocabulary } from './vocabulary.ts';
import { computeWordHistogram, logDensity } from './word-histogram.ts';

/** The columns of `computeFirstFeatures`, in order. "Look" is a word of the shared vocabulary; "edge" the picture's edge. */
export const firstFeatureNames = [
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
  ...sideFeatureNames,
] as const;

/** How far from the middle, in shares of the picture, a patch still counts as the middle. */
const middleSigma = 0.2;

/** What the looks of one picture are like over all, along its edges, along its edges but the lower, in its middle. */
interface PictureLooks {
  whole: Float32Array;
  edge: Float32Array;
  upperEdge: Float32Array;
  middle: Float32Array;
}

/**
 * One row of features for every patch of every picture, from the picture itself and from how its looks recur in the
 * others. A single picture stands in for its own siblings, so that the columns keep their meaning.
 */
export function computeFirstFeatures(pictures: readonly PatchFacts[], vocabulary: Vocabulary): FeatureMatrix[] {
  const looks = pictures.map((picture, index) =>
    countLooks(picture, vocabulary, vocabulary.words[index] as Int32Array),
  );
  return pictures.map((picture, index) => {
    const siblings = looks.filter((_, other) => other !== index);
    const own = looks[index] as PictureLooks;
    const words = vocabulary.words[index] as Int32Array;
    return gatherOfPicture(picture, vocabulary, words, own, siblings.length > 0 ? siblings : [own]);
  });
}

function countLooks(picture: PatchFacts, vocabulary: Vocabulary, words: Int32Array): PictureLooks {
  const { patches, width, height } = picture;
  const middle = patches.area.map((area, patch) => {
    const x = (patches.x[patch] as number) / width - 0.5;
    const y = (patches.y[patch] as number) / height - 0.5;
    return area * Math.exp(-(x * x + y * y) / (2 * middleSigma ** 2));
  });
  return {
    whole: computeWordHistogram(vocabulary, words, patches.area),
    edge: computeWordHistogram(vocabulary, words, sumSides(picture, [0, 1, 2, 3])),
    upperEdge: computeWordHistogram(vocabulary, words, sumSides(picture, [0, 1, 3])),
    middle: computeWordHistogram(vocabulary, words, middle),
  };
}

function gatherOfPicture(
  picture: PatchFacts,
  vocabulary: Vocabulary,
  words: Int32Array,
  own: PictureLooks,
  siblings: readonly PictureLooks[],
): FeatureMatrix {
  const { patches, width, height, l, a, b, detail } = picture;
  const price = computeEdgeCosts(picture);
  const way = computeGeodesicDistances(picture, price, sumSides(picture, [0, 1, 2, 3]));
  const upperWay = computeGeodesicDistances(picture, price, sumSides(picture, [0, 1, 3]));
  const contrast = measureContrasts(picture);
  const place = placeWords(vocabulary, picture, words);
  const chroma = a.map((value, patch) => Math.hypot(value, b[patch] as number));
  const usual = { detail: mean(detail, patches.area), chroma: mean(chroma, patches.area), l: mean(l, patches.area) };
  const sides = computeSideFeatures(picture);
  const values = new Float32Array(patches.count * firstFeatureNames.length);
  for (let patch = 0; patch < patches.count; patch++) {
    const word = words[patch] as number;
    const x = (patches.x[patch] as number) / width - 0.5;
    const y = (patches.y[patch] as number) / height - 0.5;
    const here = logDensity(own.whole, word);
    const edge = logDensity(own.edge, word);
    const there = recallWord(siblings, word);
    values.set(
      [
        way[patch] as number,
        upperWay[patch] as number,
        here - edge,
        here - logDensity(own.upperEdge, word),
        x * x + y * y,
        x * x,
        y,
        Math.min(0.5 - Math.abs(x), 0.5 - Math.abs(y)),
        contrast[patch] as number,
        detail[patch] as number,
        (detail[patch] as number) - usual.detail,
        ((chroma[patch] as number) - usual.chroma) / 20,
        there.mean,
        there.least,
        there.mean - here,
        there.middle - there.edge,
        place.scatter[word] as number,
        place.off[word] as number,
        ((l[patch] as number) - usual.l) / 25,
        (contrast[patch] as number) * there.mean,
        there.middle - edge,
        ...sides.subarray(patch * sideFeatureNames.length, (patch + 1) * sideFeatureNames.length),
      ],
      patch * firstFeatureNames.length,
    );
  }
  return { count: patches.count, values };
}

/** How a look is found again in the siblings: mean and least log density, and the means in their middles and edges. */
function recallWord(siblings: readonly PictureLooks[], word: number) {
  const recall = { mean: 0, least: Number.POSITIVE_INFINITY, middle: 0, edge: 0 };
  for (const sibling of siblings) {
    const value = logDensity(sibling.whole, word);
    recall.mean += value / siblings.length;
    recall.least = Math.min(recall.least, value);
    recall.middle += logDensity(sibling.middle, word) / siblings.length;
    recall.edge += logDensity(sibling.edge, word) / siblings.length;
  }
  return recall;
}

function sumSides(picture: PatchFacts, sides: readonly (0 | 1 | 2 | 3)[]): Float32Array {
  const sum = new Float32Array(picture.patches.count);
  for (const side of sides) {
    for (let patch = 0; patch < sum.length; patch++)
      sum[patch] = (sum[patch] as number) + (picture.edgePixels[side][patch] as number);
  }
  return sum;
}

/** For each word: scatter and centre offset of where it lies in the picture, its kin counting along. */
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

/** Mean Lab distance to the other patches, near ones counting more, in units of 30. */
function measureContrasts(picture: PatchFacts): Float32Array {
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

function mean(values: Float32Array, area: Float32Array): number {
  let sum = 0;
  let total = 0;
  for (let index = 0; index < values.length; index++) {
    sum += (values[index] as number) * (area[index] as number);
    total += area[index] as number;
  }
  return total > 0 ? sum / total : 0;
}
