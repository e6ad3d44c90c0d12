import { labToHex, toLabImage } from '../../raster/lab-image.ts';
import type { RgbImage } from '../../raster/raster.ts';
import { fitLongSide, shrinkRgb } from '../../raster/resize-raster.ts';

export interface SubjectColor {
  /** `#rrggbb`. */
  readonly hex: string;
  /** Share of the subject, 0…1. */
  readonly share: number;
}

/** Some thousand points a view: enough for shares to 1 %. */
const longSidePx = 96;
const rounds = 8;
/** Lab distance below which two colors are told as one. */
const sameColor = 12;
/** Pixels with less alpha are edge and carry the ground's color. */
const alphaMin = 200;

/**
 * Up to `countMax` dominant colors of the subject alone, most first: k-means in CIE L*a*b* over all `views` (`alpha`
 * 0…255, as large as its picture), each view counting the same. Empty when no view has a subject. Equal input gives
 * equal output.
 */
export function computeSubjectColors(
  views: readonly { picture: RgbImage; alpha: Uint8Array }[],
  countMax = 5,
): SubjectColor[] {
  const points = views.map(samplePoints).filter((one) => one.length > 0);
  const total = points.reduce((sum, one) => sum + one.length / 3, 0);
  if (total === 0) return [];
  const joined = new Float32Array(total * 3);
  const weights = new Float32Array(total);
  let offset = 0;
  for (const one of points) {
    joined.set(one, offset * 3);
    weights.fill(3 / one.length / points.length, offset, offset + one.length / 3);
    offset += one.length / 3;
  }
  return joinLikeColors(clusterColors(joined, weights, countMax + 3))
    .slice(0, countMax)
    .map((one) => ({
      hex: labToHex(one.lab[0], one.lab[1], one.lab[2]),
      share: Math.round(one.share * 1000) / 1000,
    }));
}

interface Cluster {
  lab: [number, number, number];
  share: number;
}

function samplePoints({ picture, alpha }: { picture: RgbImage; alpha: Uint8Array }): Float32Array {
  const small = fitLongSide(picture, longSidePx);
  const lab = toLabImage(shrinkRgb(picture, small.width, small.height));
  const points: number[] = [];
  for (let y = 0, pixel = 0; y < small.height; y++) {
    const row = Math.floor(((y + 0.5) * picture.height) / small.height) * picture.width;
    for (let x = 0; x < small.width; x++, pixel++) {
      if ((alpha[row + Math.floor(((x + 0.5) * picture.width) / small.width)] as number) < alphaMin) continue;
      points.push(lab.l[pixel] as number, lab.a[pixel] as number, lab.b[pixel] as number);
    }
  }
  return Float32Array.from(points);
}

/** Weighted k-means, started from the points farthest from those chosen before. */
function clusterColors(points: Float32Array, weights: Float32Array, count: number): Cluster[] {
  const centres = startCentres(points, count);
  let clusters: Cluster[] = [];
  for (let round = 0; round < rounds; round++) {
    const sums = centres.map(() => [0, 0, 0, 0] as [number, number, number, number]);
    for (let point = 0; point < weights.length; point++) {
      const sum = sums[nearestCentre(points, point, centres).index] as [number, number, number, number];
      const weight = weights[point] as number;
      for (let axis = 0; axis < 3; axis++)
        sum[axis] = (sum[axis] as number) + weight * (points[point * 3 + axis] as number);
      sum[3] += weight;
    }
    clusters = sums
      .filter((sum) => sum[3] > 0)
      .map((sum) => ({ lab: [sum[0] / sum[3], sum[1] / sum[3], sum[2] / sum[3]], share: sum[3] }));
    centres.splice(0, centres.length, ...clusters.map((cluster) => cluster.lab));
  }
  return clusters;
}

function startCentres(points: Float32Array, count: number): [number, number, number][] {
  const take = (point: number): [number, number, number] => [
    points[point * 3] as number,
    points[point * 3 + 1] as number,
    points[point * 3 + 2] as number,
  ];
  const total = points.length / 3;
  const centres = [take(total >> 1)];
  while (centres.length < Math.min(count, total)) {
    let farthest = 0;
    let distance = -1;
    // every seventh point is enough to start from, and keeps single odd pixels mostly out
    for (let point = 0; point < total; point += Math.min(7, total)) {
      const own = nearestCentre(points, point, centres).square;
      if (own > distance) {
        distance = own;
        farthest = point;
      }
    }
    centres.push(take(farthest));
  }
  return centres;
}

function nearestCentre(points: Float32Array, point: number, centres: readonly [number, number, number][]) {
  let index = 0;
  let square = Number.POSITIVE_INFINITY;
  for (const [candidate, centre] of centres.entries()) {
    const distance =
      ((points[point * 3] as number) - centre[0]) ** 2 +
      ((points[point * 3 + 1] as number) - centre[1]) ** 2 +
      ((points[point * 3 + 2] as number) - centre[2]) ** 2;
    if (distance < square) {
      square = distance;
      index = candidate;
    }
  }
  return { index, square };
}

function joinLikeColors(clusters: readonly Cluster[]): Cluster[] {
  const joined: Cluster[] = [];
  for (const cluster of [...clusters].sort((a, b) => b.share - a.share)) {
    const like = joined.find(
      (one) => Math.hypot(...one.lab.map((value, axis) => value - (cluster.lab[axis] as number))) < sameColor,
    );
    if (like) like.share += cluster.share;
    else joined.push({ lab: cluster.lab, share: cluster.share });
  }
  return joined.sort((a, b) => b.share - a.share);
}
