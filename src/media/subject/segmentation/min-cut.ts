import type { CutGraph } from './cut-graph.ts';

const free = 0;
const source = 1;
const sink = 2;
const noArc = -1;
const toTerminal = -2;
const orphaned = -3;
/** Below this a residual capacity counts as used up: 32-bit sums leave crumbs that would loop for ever. */
const crumb = 1e-6;

/** The two trees while they grow. One number per node in every array. */
interface Trees {
  readonly graph: CutGraph;
  /** free, source or sink. */
  readonly side: Uint8Array;
  /** The arc to the parent, or one of the marks above. */
  readonly parent: Int32Array;
  /** Steps to the root, as known at the time in `stamp`. */
  readonly distance: Int32Array;
  readonly stamp: Int32Array;
  /** Active nodes, a ring of which `queued` says who is in it. */
  readonly queue: Int32Array;
  readonly queued: Uint8Array;
  queueEnd: number;
  readonly orphans: number[];
  time: number;
}

/**
 * The cheapest cut: 1 for every node on the source's side, else 0. Uses the graph's capacities up.
 *
 * Search-tree augmentation after Y. Boykov and V. Kolmogorov, "An experimental comparison of min-cut/max-flow
 * algorithms for energy minimization in vision", PAMI 26(9), 2004: two trees grow from both ends, meet, are cut and
 * mended.
 */
export function findMinCut(graph: CutGraph): Uint8Array {
  const trees = plantTrees(graph);
  const { side, queue, queued, orphans } = trees;
  for (let start = 0; start !== trees.queueEnd; start = start === graph.nodeCount ? 0 : start + 1) {
    const node = queue[start] as number;
    for (let bridge = growAt(trees, node); bridge >= 0; bridge = growAt(trees, node)) {
      trees.time++;
      augment(trees, bridge);
      for (let orphan = orphans.pop(); orphan !== undefined; orphan = orphans.pop()) adopt(trees, orphan);
    }
    queued[node] = 0;
  }
  return side.map((one) => (one === source ? 1 : 0));
}

function plantTrees(graph: CutGraph): Trees {
  const count = graph.nodeCount;
  const trees: Trees = {
    graph,
    side: new Uint8Array(count),
    parent: new Int32Array(count).fill(noArc),
    distance: new Int32Array(count),
    stamp: new Int32Array(count),
    queue: new Int32Array(count + 1),
    queued: new Uint8Array(count),
    queueEnd: 0,
    orphans: [],
    time: 0,
  };
  for (let node = 0; node < count; node++) {
    const link = graph.terminal[node] as number;
    if (link === 0) continue;
    trees.side[node] = link > 0 ? source : sink;
    trees.parent[node] = toTerminal;
    trees.distance[node] = 1;
    activate(trees, node);
  }
  return trees;
}

function activate(trees: Trees, node: number): void {
  if (trees.queued[node]) return;
  trees.queued[node] = 1;
  trees.queue[trees.queueEnd] = node;
  trees.queueEnd = trees.queueEnd === trees.graph.nodeCount ? 0 : trees.queueEnd + 1;
}

/** Takes free neighbours into the tree of `node`; answers the arc from the source's tree into the sink's where they touch. */
function growAt(trees: Trees, node: number): number {
  const { side, parent, stamp, distance } = trees;
  const { first, next, head, residual } = trees.graph;
  const own = side[node] as number;
  if (own === free) return noArc;
  for (let arc = first[node] as number; arc >= 0; arc = next[arc] as number) {
    if ((residual[own === source ? arc : arc ^ 1] as number) <= crumb) continue;
    const other = head[arc] as number;
    if (side[other] === free) {
      side[other] = own;
      parent[other] = arc ^ 1;
      stamp[other] = stamp[node] as number;
      distance[other] = (distance[node] as number) + 1;
      activate(trees, other);
    } else if (side[other] !== own) {
      return own === source ? arc : arc ^ 1;
    }
  }
  return noArc;
}

/** Sends as much as fits from the source over `bridge` to the sink; nodes whose link to their parent is full fall off. */
function augment(trees: Trees, bridge: number): void {
  const { parent } = trees;
  const { terminal, head, residual } = trees.graph;
  const start = head[bridge ^ 1] as number;
  const end = head[bridge] as number;
  let flow = residual[bridge] as number;
  let root = start;
  for (; parent[root] !== toTerminal; root = head[parent[root] as number] as number) {
    flow = Math.min(flow, residual[(parent[root] as number) ^ 1] as number);
  }
  flow = Math.min(flow, terminal[root] as number);
  for (root = end; parent[root] !== toTerminal; root = head[parent[root] as number] as number) {
    flow = Math.min(flow, residual[parent[root] as number] as number);
  }
  flow = Math.min(flow, -(terminal[root] as number));
  push(trees.graph, bridge, flow);
  drain(trees, start, source, flow);
  drain(trees, end, sink, flow);
}

/** Books `flow` on the way from `node` to the root of its tree. */
function drain(trees: Trees, node: number, own: typeof source | typeof sink, flow: number): void {
  const { parent, graph } = trees;
  const { terminal, head, residual } = graph;
  let walker = node;
  while (parent[walker] !== toTerminal) {
    const arc = parent[walker] as number;
    const used = own === source ? arc ^ 1 : arc;
    push(graph, used, flow);
    if ((residual[used] as number) <= crumb) cutLoose(trees, walker);
    walker = head[arc] as number;
  }
  const sign = own === source ? 1 : -1;
  terminal[walker] = (terminal[walker] as number) - sign * flow;
  if (sign * (terminal[walker] as number) <= crumb) cutLoose(trees, walker);
}

function push({ residual }: CutGraph, arc: number, flow: number): void {
  residual[arc] = (residual[arc] as number) - flow;
  residual[arc ^ 1] = (residual[arc ^ 1] as number) + flow;
}

function cutLoose(trees: Trees, node: number): void {
  trees.parent[node] = orphaned;
  trees.orphans.push(node);
}

/** Finds the orphan a new parent on its side, the one nearest to the root; without one it and its children go free. */
function adopt(trees: Trees, node: number): void {
  const { side, parent, stamp, distance } = trees;
  const { first, next, head, residual } = trees.graph;
  const own = side[node] as number;
  let best = noArc;
  let bestSteps = Number.POSITIVE_INFINITY;
  for (let arc = first[node] as number; arc >= 0; arc = next[arc] as number) {
    const other = head[arc] as number;
    if (side[other] !== own || parent[other] === noArc) continue;
    if ((residual[own === source ? arc ^ 1 : arc] as number) <= crumb) continue;
    const steps = countSteps(trees, other);
    if (steps > 0 && steps < bestSteps) {
      best = arc;
      bestSteps = steps;
    }
  }
  if (best >= 0) {
    parent[node] = best;
    stamp[node] = trees.time;
    distance[node] = bestSteps + 1;
    return;
  }
  for (let arc = first[node] as number; arc >= 0; arc = next[arc] as number) {
    const other = head[arc] as number;
    if (side[other] !== own) continue;
    if ((residual[own === source ? arc ^ 1 : arc] as number) > crumb) activate(trees, other);
    const up = parent[other] as number;
    if (up >= 0 && head[up] === node) cutLoose(trees, other);
  }
  side[node] = free;
  parent[node] = noArc;
}

/** Steps from `node` to its tree's root, or 0 where the way is broken; remembers what it learns for this `time`. */
function countSteps(trees: Trees, node: number): number {
  const { parent, distance, stamp, time } = trees;
  const { head } = trees.graph;
  let steps = 0;
  for (let walker = node; ; walker = head[parent[walker] as number] as number) {
    if (stamp[walker] === time) {
      steps += distance[walker] as number;
      break;
    }
    const arc = parent[walker] as number;
    steps++;
    if (arc === toTerminal) {
      stamp[walker] = time;
      distance[walker] = 1;
      break;
    }
    if (arc < 0) return 0;
  }
  let left = steps;
  for (let walker = node; stamp[walker] !== time; walker = head[parent[walker] as number] as number) {
    stamp[walker] = time;
    distance[walker] = left--;
  }
  return steps;
}
