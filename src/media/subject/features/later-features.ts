import type { FeatureMatrix } from './classify-patches.ts';
import type { PatchFacts } from './describe-patches.ts';
import { firstFeatureNames } from './first-features.ts';
import { computeEdgeCosts, computeGeodesicDistances } from './geodesic-distance.ts';
import type { Vocabulary } from './vocabulary.ts';
import { computeWordHistogram, logDensity } from './word-histogram.ts';

/** The columns of `computeLaterFeatures`, in order: the first features and those that a first opinion makes possible. */
export const laterFeatureNames = [
  ...firstFeatureNames,
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

/** Probabilities beyond these are sure enough to start ways from. */
const sureSubject = 0.8;
const sureGround = 0.2;
/** Lab units of edge price at which a neighbour's opinion counts half. */
const neighbourHalf = 8;

/** Models of subject and ground, as word histograms of looks. */
interface Models {
  subject: Float32Array;
  ground: Float32Array;
}

/** `probabilities` holds for each picture the probability 0…1 of each patch to be subject, by the first model. */
export function computeLaterFeatures(
  pictures: readonly PatchFacts[],
  vocabulary: Vocabulary,
  first: readonly FeatureMatrix[],
  probabilities: readonly Float32Array[],
): FeatureMatrix[] {
  const models = pictures.map((picture, index): Models => {
    const words = vocabulary.words[index] as Int32Array;
    const probability = probabilities[index] as Float32Array;
    const weigh = (of: (probability: number) => number) =>
      picture.patches.area.map((area, patch) => area * of(probability[patch] as number) ** 2);
    return {
      subject: computeWordHistogram(
        vocabulary,
        words,
        weigh((value) => value),
      ),
      ground: computeWordHistogram(
        vocabulary,
        words,
        weigh((value) => 1 - value),
      ),
    };
  });
  return pictures.map((picture, index) => {
    const siblings = models.filter((_, other) => other !== index);
    const own = models[index] as Models;
    const words = vocabulary.words[index] as Int32Array;
    const probability = probabilities[index] as Float32Array;
    return gatherOfPicture(
      picture,
      words,
      first[index] as FeatureMatrix,
      probability,
      own,
      siblings.length > 0 ? siblings : [own],
    );
  });
}

function gatherOfPicture(
  picture: PatchFacts,
  words: Int32Array,
  first: FeatureMatrix,
  probability: Float32Array,
  own: Models,
  siblings: readonly Models[],
): FeatureMatrix {
  const { patches, width, height } = picture;
  const size = Math.max(width, height);
  const price = computeEdgeCosts(picture);
  const fromSubject = computeGeodesicDistances(
    picture,
    price,
    probability.map((value) => (value > sureSubject ? 1 : 0)),
  );
  const fromGround = computeGeodesicDistances(
    picture,
    price,
    probability.map((value) => (value < sureGround ? 1 : 0)),
  );
  const around = askNeighbours(picture, price, probability);
  const centre = findCentre(picture, probability, size);
  const columns = firstFeatureNames.length;
  const values = new Float32Array(patches.count * laterFeatureNames.length);
  for (let patch = 0; patch < patches.count; patch++) {
    const word = words[patch] as number;
    const ownGround = logDensity(own.ground, word);
    let subjectThere = 0;
    let groundThere = 0;
    for (const sibling of siblings) {
      subjectThere += logDensity(sibling.subject, word) / siblings.length;
      groundThere += logDensity(sibling.ground, word) / siblings.length;
    }
    const off = Math.hypot(
      (patches.x[patch] as number) / size - centre.x,
      (patches.y[patch] as number) / size - centre.y,
    );
    const kept = Math.min(0.999, Math.max(0.001, probability[patch] as number));
    const to = patch * laterFeatureNames.length;
    values.set(first.values.subarray(patch * columns, (patch + 1) * columns), to);
    values.set(
      [
        Math.log(kept / (1 - kept)),
        around[patch] as number,
        logDensity(own.subject, word) - ownGround,
        subjectThere - groundThere,
        subjectThere - ownGround,
        off,
        off / centre.spread,
        fromSubject[patch] as number,
        fromGround[patch] as number,
      ],
      to + columns,
    );
  }
  return { count: patches.count, values };
}

/** Mean probability of the patches around each, by the length of the shared outline and the likeness across it. */
function askNeighbours({ graph, patches }: PatchFacts, price: Float32Array, probability: Float32Array): Float32Array {
  const sum = new Float32Array(patches.count);
  const total = new Float32Array(patches.count);
  for (let edge = 0; edge < graph.edgeCount; edge++) {
    const p = graph.from[edge] as number;
    const q = graph.to[edge] as number;
    const weight = (graph.length[edge] as number) / (1 + (price[edge] as number) / neighbourHalf);
    sum[p] = (sum[p] as number) + weight * (probability[q] as number);
    sum[q] = (sum[q] as number) + weight * (probability[p] as number);
    total[p] = (total[p] as number) + weight;
    total[q] = (total[q] as number) + weight;
  }
  return sum.map((value, patch) => value / Math.max(1e-6, total[patch] as number));
}

/** Centre and spread of the likely subject, in shares of the picture's longer side; the spread at least 0.05. */
function findCentre({ patches }: PatchFacts, probability: Float32Array, size: number) {
  let [total, sumX, sumY, square] = [1e-6, 0, 0, 0];
  for (let patch = 0; patch < patches.count; patch++) {
    const weight = (probability[patch] as number) ** 2 * (patches.area[patch] as number);
    const x = (patches.x[patch] as number) / size;
    const y = (patches.y[patch] as number) / size;
    total += weight;
    sumX += weight * x;
    sumY += weight * y;
    square += weight * (x * x + y * y);
  }
  const x = sumX / total;
  const y = sumY / total;
  return { x, y, spread: Math.sqrt(Math.max(0.0025, square / total - x * x - y * y)) };
}
