import type { PatchFacts } from './describe-patches.ts';
import { computeShortestPaths } from './patch-graph.ts';

/** Lab distance between neighbours that costs nothing: noise and shading. */
const freeStep = 3;
/** Lab units of way at which the answer is one half. */
const halfWay = 30;

/** Price of stepping over each edge of the patch graph: the Lab distance of its two patches, noise taken off. */
export function computeEdgeCosts(picture: PatchFacts): Float32Array {
  const { graph, l, a, b } = picture;
  const price = new Float32Array(graph.edgeCount);
  for (let edge = 0; edge < price.length; edge++) {
    const p = graph.from[edge] as number;
    const q = graph.to[edge] as number;
    const distance = Math.hypot(
      (l[p] as number) - (l[q] as number),
      (a[p] as number) - (a[q] as number),
      (b[p] as number) - (b[q] as number),
    );
    price[edge] = Math.max(0, distance - freeStep);
  }
  return price;
}

/**
 * How much color change lies on the smoothest way from each patch to the nearest patch with `from` above 0, squeezed
 * into 0 (there) … 1 (unreachable): geodesic saliency after Y. Wei et al., ECCV 2012.
 */
export function computeGeodesicDistances(
  picture: PatchFacts,
  price: Float32Array,
  from: ArrayLike<number>,
): Float32Array {
  const start = Float32Array.from(from, (value) => (value > 0 ? 0 : Number.POSITIVE_INFINITY));
  const ways = computeShortestPaths(picture.patches.count, picture.graph, price, start);
  return ways.map((way) => (Number.isFinite(way) ? way / (way + halfWay) : 1));
}
