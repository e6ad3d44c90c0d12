import type { PatchFacts } from './describe-patches.ts';

/** The columns of `computeSideFeatures`, in order. */
export const sideFeatureNames = ['nearest_side', 'second_side', 'third_side', 'farthest_side'] as const;

/** Patches whose centre lies this near to a side of the working picture show what the ground looks like there. */
const rimPx = 16;
/** L* counts less than a* and b*: the ground's light changes over the picture. Texture in the unit of Lab distance. */
const scaleL = 0.7;
const scaleDetail = 10;
const scaleSpread = 5;
const scaleDirection = 6;
/** What a way as long as the picture adds to the difference. */
const farPriceOfPicture = 10;
/** Difference at which the feature is one half. */
const halfDifference = 10;

/**
 * How far each patch (four numbers in a row) differs from the most similar patch along each side of its picture, from
 * the side it resembles most to the one it resembles least; 0 (found again there) … 1. Sorted, as a subject that is cut
 * off by one side still differs from the other three. Of all features this one helped most (docs/decisions/0020).
 */
export function computeSideFeatures(picture: PatchFacts): Float32Array {
  const { patches, width, height } = picture;
  const rims = [
    findRim(patches.y, (y) => y),
    findRim(patches.x, (x) => width - x),
    findRim(patches.y, (y) => height - y),
    findRim(patches.x, (x) => x),
  ];
  const columns = sideFeatureNames.length;
  const features = new Float32Array(patches.count * columns);
  for (let patch = 0; patch < patches.count; patch++) {
    const row = features.subarray(patch * columns, (patch + 1) * columns);
    for (const [side, rim] of rims.entries()) {
      const difference = findLeastDifference(picture, patch, rim);
      row[side] = difference / (difference + halfDifference);
    }
    row.sort();
  }
  return features;
}

function findRim(places: Float32Array, toDistance: (place: number) => number): number[] {
  const rim: number[] = [];
  for (let patch = 0; patch < places.length; patch++) {
    if (toDistance(places[patch] as number) < rimPx) rim.push(patch);
  }
  return rim;
}

/** Difference to the most similar of the patches in `rim`, itself left out; large and finite where there is none. */
function findLeastDifference(picture: PatchFacts, patch: number, rim: readonly number[]): number {
  const { l, a, b, detail, spread, direction, patches } = picture;
  const farPrice = farPriceOfPicture / Math.max(picture.width, picture.height);
  let least = 1e6;
  for (const other of rim) {
    if (other === patch) continue;
    const dl = ((l[patch] as number) - (l[other] as number)) * scaleL;
    const da = (a[patch] as number) - (a[other] as number);
    const db = (b[patch] as number) - (b[other] as number);
    const looks = dl * dl + da * da + db * db;
    if (looks >= least * least) continue;
    const dt = ((detail[patch] as number) - (detail[other] as number)) * scaleDetail;
    const ds = ((spread[patch] as number) - (spread[other] as number)) * scaleSpread;
    const dr = ((direction[patch] as number) - (direction[other] as number)) * scaleDirection;
    const dx = (patches.x[patch] as number) - (patches.x[other] as number);
    const dy = (patches.y[patch] as number) - (patches.y[other] as number);
    const difference = Math.sqrt(looks + dt * dt + ds * ds + dr * dr) + farPrice * Math.sqrt(dx * dx + dy * dy);
    if (difference < least) least = difference;
  }
  return least;
}
