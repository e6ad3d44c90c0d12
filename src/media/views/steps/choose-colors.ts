import { fromOklab, toOklab } from '../../raster/oklab.ts';
import { shrinkPixels } from '../../raster/shrink-pixels.ts';
import type { DominantColor } from '../../schema.ts';
import { computeSubjectColors, rules } from '../../subject/index.ts';
import type { BuildState, View } from '../view.ts';

/** Longer side at which colors are sampled: about 1,600 pixels from each view. */
const sampleSidePx = 40;
const clusterCount = 6;
const rounds = 12;
/** Oklab distance below which two clusters read as one color. Judged by eye on the sample photos. */
const mergeDistance = 0.06;

/**
 * Chooses up to six dominant colors, largest share first: those of the subject in the views whose cut-out is sure;
 * where none is, those of all views whole.
 */
export function chooseColors(state: BuildState): void {
  const sure = state.views.flatMap(({ small, smallAlpha, matte }) =>
    smallAlpha !== undefined && matte !== undefined && matte.confidence >= rules.matte_unsure
      ? [{ picture: small, alpha: smallAlpha }]
      : [],
  );
  const colors = computeSubjectColors(sure, clusterCount);
  state.colors = colors.length > 0 ? colors : colorsOfWhole(state.views);
}

function colorsOfWhole(views: readonly View[]): DominantColor[] {
  const samples = views.flatMap(({ small }) => {
    const { data } = shrinkPixels(small, sampleSidePx);
    return Array.from({ length: data.length / 3 }, (_, at) => toOklab(data, at * 3));
  });
  return dominantColors(samples);
}

type Lab = readonly [number, number, number];

/**
 * Clusters Oklab samples by k-means and merges clusters that look alike. Deterministic: starts from the sample nearest
 * to the mean and adds the farthest one each time, so equal pictures give equal colors. Shares sum to 1 (rounding
 * apart).
 */
export function dominantColors(samples: readonly Lab[]): DominantColor[] {
  if (samples.length === 0) return [];
  let clusters = firstCentres(samples).map((centre) => ({ centre, count: 0 }));
  for (let round = 0; round < rounds; round++) clusters = assign(samples, clusters);
  return merge(clusters)
    .toSorted((one, other) => other.count - one.count)
    .map(({ centre, count }) => ({ hex: fromOklab(centre), share: Math.round((count / samples.length) * 1000) / 1000 }))
    .filter(({ share }) => share >= 0.01);
}

interface Cluster {
  centre: Lab;
  count: number;
}

function firstCentres(samples: readonly Lab[]): Lab[] {
  const centres = [nearest(samples, mean(samples))];
  const gaps = samples.map((sample) => distance(sample, centres[0] as Lab));
  while (centres.length < clusterCount) {
    const farthest = gaps.indexOf(gaps.reduce((one, other) => Math.max(one, other)));
    const centre = samples[farthest] as Lab;
    if (gaps[farthest] === 0) break;
    centres.push(centre);
    for (const [at, sample] of samples.entries()) gaps[at] = Math.min(gaps[at] as number, distance(sample, centre));
  }
  return centres;
}

function assign(samples: readonly Lab[], clusters: readonly Cluster[]): Cluster[] {
  const sums = clusters.map(() => [0, 0, 0, 0]);
  for (const sample of samples) {
    let best = 0;
    for (let at = 1; at < clusters.length; at++) {
      if (distance(sample, (clusters[at] as Cluster).centre) < distance(sample, (clusters[best] as Cluster).centre)) {
        best = at;
      }
    }
    const sum = sums[best] as number[];
    for (let axis = 0; axis < 3; axis++) sum[axis] = (sum[axis] as number) + (sample[axis] as number);
    sum[3] = (sum[3] as number) + 1;
  }
  return sums
    .filter((sum) => sum[3] !== 0)
    .map(([l = 0, a = 0, b = 0, count = 1]) => ({ centre: [l / count, a / count, b / count], count }));
}

function merge(clusters: readonly Cluster[]): Cluster[] {
  const merged: Cluster[] = [];
  for (const cluster of clusters.toSorted((one, other) => other.count - one.count)) {
    const twin = merged.find(({ centre }) => distance(centre, cluster.centre) < mergeDistance ** 2);
    if (twin === undefined) merged.push({ ...cluster });
    else twin.count += cluster.count;
  }
  return merged;
}

function mean(samples: readonly Lab[]): Lab {
  const sum = samples.reduce<[number, number, number]>(
    ([l, a, b], sample) => [l + sample[0], a + sample[1], b + sample[2]],
    [0, 0, 0],
  );
  return [sum[0] / samples.length, sum[1] / samples.length, sum[2] / samples.length];
}

function nearest(samples: readonly Lab[], to: Lab): Lab {
  return samples.reduce((best, sample) => (distance(sample, to) < distance(best, to) ? sample : best));
}

/** Squared. */
function distance(one: Lab, other: Lab): number {
  return (one[0] - other[0]) ** 2 + (one[1] - other[1]) ** 2 + (one[2] - other[2]) ** 2;
}
