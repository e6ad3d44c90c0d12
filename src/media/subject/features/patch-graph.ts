import type { Superpixels } from './superpixels.ts';

/** Which patches touch, as an edge list; each pair once, `from` < `to`. */
export interface PatchGraph {
  readonly edgeCount: number;
  readonly from: Int32Array;
  readonly to: Int32Array;
  /** Shared outline in pixels. */
  readonly length: Float32Array;
}

/** Which patches touch (4-neighbours), and along how many pixels. */
export function findPatchGraph(patches: Superpixels, width: number, height: number): PatchGraph {
  const lengths = new Map<number, number>();
  const { labels, count } = patches;
  const note = (one: number, other: number) => {
    if (one === other) return;
    const key = one < other ? one * count + other : other * count + one;
    lengths.set(key, (lengths.get(key) ?? 0) + 1);
  };
  for (let y = 0, pixel = 0; y < height; y++) {
    for (let x = 0; x < width; x++, pixel++) {
      const label = labels[pixel] as number;
      if (x + 1 < width) note(label, labels[pixel + 1] as number);
      if (y + 1 < height) note(label, labels[pixel + width] as number);
    }
  }
  const keys = [...lengths.keys()];
  return {
    edgeCount: keys.length,
    from: Int32Array.from(keys, (key) => Math.floor(key / count)),
    to: Int32Array.from(keys, (key) => key % count),
    length: Float32Array.from(lengths.values()),
  };
}

/**
 * Cheapest way over the graph from every patch to the nearest of the patches whose `start` is finite, `start` included
 * (Dijkstra with a binary heap). `cost[edge]` ≥ 0. Unreachable patches stay at Infinity.
 */
export function computeShortestPaths(
  count: number,
  graph: PatchGraph,
  cost: Float32Array,
  start: Float32Array,
): Float32Array {
  const links = listLinks(count, graph);
  const way = Float32Array.from(start);
  const heap: [number, number][] = [];
  for (let patch = 0; patch < count; patch++) {
    if (Number.isFinite(way[patch] as number)) pushHeap(heap, [way[patch] as number, patch]);
  }
  for (let top = popHeap(heap); top; top = popHeap(heap)) {
    const [length, patch] = top;
    if (length > (way[patch] as number)) continue;
    for (let index = links.first[patch] as number; index < (links.first[patch + 1] as number); index++) {
      const edge = links.edge[index] as number;
      const other = graph.from[edge] === patch ? (graph.to[edge] as number) : (graph.from[edge] as number);
      const through = Math.fround(length + (cost[edge] as number));
      if (through < (way[other] as number)) {
        way[other] = through;
        pushHeap(heap, [through, other]);
      }
    }
  }
  return way;
}

/** The edges of each patch, packed: those of patch p are `edge[first[p]] … edge[first[p + 1] - 1]`. */
function listLinks(count: number, graph: PatchGraph): { first: Int32Array; edge: Int32Array } {
  const first = new Int32Array(count + 1);
  for (let edge = 0; edge < graph.edgeCount; edge++) {
    for (const end of [graph.from[edge] as number, graph.to[edge] as number]) {
      first[end + 1] = (first[end + 1] as number) + 1;
    }
  }
  for (let patch = 0; patch < count; patch++)
    first[patch + 1] = (first[patch + 1] as number) + (first[patch] as number);
  const fill = first.slice();
  const edges = new Int32Array(graph.edgeCount * 2);
  for (let edge = 0; edge < graph.edgeCount; edge++) {
    for (const end of [graph.from[edge] as number, graph.to[edge] as number]) {
      edges[fill[end] as number] = edge;
      fill[end] = (fill[end] as number) + 1;
    }
  }
  return { first, edge: edges };
}

function pushHeap(heap: [number, number][], item: [number, number]): void {
  let index = heap.length;
  heap.push(item);
  while (index > 0) {
    const above = (index - 1) >> 1;
    const other = heap[above] as [number, number];
    if (other[0] <= item[0]) break;
    heap[index] = other;
    index = above;
  }
  heap[index] = item;
}

function popHeap(heap: [number, number][]): [number, number] | undefined {
  const top = heap[0];
  const last = heap.pop();
  if (top === undefined || last === undefined || heap.length === 0) return top;
  let index = 0;
  for (;;) {
    let below = index * 2 + 1;
    if (below >= heap.length) break;
    if (below + 1 < heap.length && (heap[below + 1] as [number, number])[0] < (heap[below] as [number, number])[0]) {
      below++;
    }
    const other = heap[below] as [number, number];
    if (other[0] >= last[0]) break;
    heap[index] = other;
    index = below;
  }
  heap[index] = last;
  return top;
}
