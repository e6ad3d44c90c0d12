/**
 * A directed graph between a source (the subject) and a sink (the surroundings) for a minimum cut. Capacities are
 * non-negative and may be fractional.
 *
 * Search-tree augmentation after Y. Boykov and V. Kolmogorov, "An experimental comparison of min-cut/max-flow
 * algorithms for energy minimization in vision", PAMI 26(9), 2004: two trees grow from both ends, meet, are cut and
 * mended. Arcs live in typed arrays as pairs, so that `arc ^ 1` is the way back.
 */
export interface CutGraph {
  readonly nodeCount: number;
  /** Residual capacity of each node's terminal link: above 0 from the source, below 0 to the sink. */
  readonly terminal: Float32Array;
  readonly first: Int32Array;
  next: Int32Array;
  head: Int32Array;
  residual: Float32Array;
  arcCount: number;
}

const FREE = 0;
const SOURCE = 1;
const SINK = 2;
const NO_ARC = -1;
const TERMINAL = -2;
const ORPHAN = -3;
/** Below this a residual capacity counts as used up: 32-bit sums leave crumbs that would loop for ever. */
const CRUMB = 1e-6;

/** An empty graph with room for `edgeCountMax` calls of `addEdge`. */
export function createCutGraph(nodeCount: number, edgeCountMax: number): CutGraph {
  return {
    nodeCount,
    terminal: new Float32Array(nodeCount),
    first: new Int32Array(nodeCount).fill(NO_ARC),
    next: new Int32Array(edgeCountMax * 2),
    head: new Int32Array(edgeCountMax * 2),
    residual: new Float32Array(edgeCountMax * 2),
    arcCount: 0,
  };
}

/** Links two nodes with the same capacity both ways. */
export function addEdge(graph: CutGraph, from: number, to: number, capacity: number): void {
  const arc = graph.arcCount;
  graph.head[arc] = to;
  graph.head[arc + 1] = from;
  graph.residual[arc] = capacity;
  graph.residual[arc + 1] = capacity;
  graph.next[arc] = graph.first[from] as number;
  graph.first[from] = arc;
  graph.next[arc + 1] = graph.first[to] as number;
  graph.first[to] = arc + 1;
  graph.arcCount = arc + 2;
}

/** Adds the price of calling the node surroundings (`ifSink`) and of calling it subject (`ifSource`), both ≥ 0. */
export function addTerminal(graph: CutGraph, node: number, ifSink: number, ifSource: number): void {
  graph.terminal[node] = (graph.terminal[node] as number) + ifSink - ifSource;
}

/** The cheapest cut: 1 for every node on the source's side, else 0. Uses the graph's capacities up. */
export function findMinCut(graph: CutGraph): Uint8Array {
  const trees = growTrees(graph);
  return Uint8Array.from(trees, (tree) => (tree === SOURCE ? 1 : 0));
}

function growTrees(graph: CutGraph): Uint8Array {
  const { nodeCount, terminal, first, next, head, residual } = graph;
  const tree = new Uint8Array(nodeCount);
  /** For each node the arc to its parent, or one of the marks above. */
  const parent = new Int32Array(nodeCount).fill(NO_ARC);
  const distance = new Int32Array(nodeCount);
  const stamp = new Int32Array(nodeCount);
  const queue = new Int32Array(nodeCount + 1);
  const queued = new Uint8Array(nodeCount);
  const orphans: number[] = [];
  let queueHead = 0;
  let queueTail = 0;
  let time = 0;

  const activate = (node: number) => {
    if (queued[node]) return;
    queued[node] = 1;
    queue[queueTail] = node;
    queueTail = queueTail === nodeCount ? 0 : queueTail + 1;
  };

  for (let node = 0; node < nodeCount; node++) {
    const link = terminal[node] as number;
    if (link === 0) continue;
    tree[node] = link > 0 ? SOURCE : SINK;
    parent[node] = TERMINAL;
    distance[node] = 1;
    activate(node);
  }

  /** Steps from `node` to its tree's root, or 0 where the way is broken; remembers what it learns for this `time`. */
  const rootDistance = (node: number): number => {
    let steps = 0;
    let walker = node;
    for (;;) {
      if (stamp[walker] === time) {
        steps += distance[walker] as number;
        break;
      }
      const arc = parent[walker] as number;
      steps++;
      if (arc === TERMINAL) {
        stamp[walker] = time;
        distance[walker] = 1;
        break;
      }
      if (arc < 0) return 0;
      walker = head[arc] as number;
    }
    let left = steps;
    for (walker = node; stamp[walker] !== time; walker = head[parent[walker] as number] as number) {
      stamp[walker] = time;
      distance[walker] = left--;
    }
    return steps;
  };

  const adopt = (node: number) => {
    const side = tree[node] as number;
    let best = NO_ARC;
    let bestSteps = 0x7fffffff;
    for (let arc = first[node] as number; arc >= 0; arc = next[arc] as number) {
      const other = head[arc] as number;
      if (tree[other] !== side || parent[other] === NO_ARC) continue;
      if ((residual[side === SOURCE ? arc ^ 1 : arc] as number) <= CRUMB) continue;
      const steps = rootDistance(other);
      if (steps > 0 && steps < bestSteps) {
        best = arc;
        bestSteps = steps;
      }
    }
    if (best >= 0) {
      parent[node] = best;
      stamp[node] = time;
      distance[node] = bestSteps + 1;
      return;
    }
    for (let arc = first[node] as number; arc >= 0; arc = next[arc] as number) {
      const other = head[arc] as number;
      if (tree[other] !== side) continue;
      if ((residual[side === SOURCE ? arc ^ 1 : arc] as number) > CRUMB) activate(other);
      const up = parent[other] as number;
      if (up >= 0 && head[up] === node) {
        parent[other] = ORPHAN;
        orphans.push(other);
      }
    }
    tree[node] = FREE;
    parent[node] = NO_ARC;
  };

  /** `bridge` runs from the source's tree to the sink's. */
  const augment = (bridge: number) => {
    const start = head[bridge ^ 1] as number;
    const end = head[bridge] as number;
    let flow = residual[bridge] as number;
    let node = start;
    while (parent[node] !== TERMINAL) {
      flow = Math.min(flow, residual[(parent[node] as number) ^ 1] as number);
      node = head[parent[node] as number] as number;
    }
    flow = Math.min(flow, terminal[node] as number);
    for (node = end; parent[node] !== TERMINAL; node = head[parent[node] as number] as number) {
      flow = Math.min(flow, residual[parent[node] as number] as number);
    }
    flow = Math.min(flow, -(terminal[node] as number));

    const cutLoose = (loose: number) => {
      parent[loose] = ORPHAN;
      orphans.push(loose);
    };
    push(bridge, flow);
    for (node = start; parent[node] !== TERMINAL; ) {
      const arc = parent[node] as number;
      push(arc ^ 1, flow);
      const child = node;
      node = head[arc] as number;
      if ((residual[arc ^ 1] as number) <= CRUMB) cutLoose(child);
    }
    terminal[node] = (terminal[node] as number) - flow;
    if ((terminal[node] as number) <= CRUMB) cutLoose(node);
    for (node = end; parent[node] !== TERMINAL; ) {
      const arc = parent[node] as number;
      push(arc, flow);
      const child = node;
      node = head[arc] as number;
      if ((residual[arc] as number) <= CRUMB) cutLoose(child);
    }
    terminal[node] = (terminal[node] as number) + flow;
    if (-(terminal[node] as number) <= CRUMB) cutLoose(node);
  };

  const push = (arc: number, flow: number) => {
    residual[arc] = (residual[arc] as number) - flow;
    residual[arc ^ 1] = (residual[arc ^ 1] as number) + flow;
  };

  /** Grows the tree at `node`; answers the arc from the source's tree into the sink's where they touch. */
  const grow = (node: number): number => {
    const side = tree[node] as number;
    for (let arc = first[node] as number; arc >= 0; arc = next[arc] as number) {
      if ((residual[side === SOURCE ? arc : arc ^ 1] as number) <= CRUMB) continue;
      const other = head[arc] as number;
      if (tree[other] === FREE) {
        tree[other] = side;
        parent[other] = arc ^ 1;
        stamp[other] = stamp[node] as number;
        distance[other] = (distance[node] as number) + 1;
        activate(other);
      } else if (tree[other] !== side) {
        return side === SOURCE ? arc : arc ^ 1;
      }
    }
    return NO_ARC;
  };

  while (queueHead !== queueTail) {
    const node = queue[queueHead] as number;
    if (tree[node] !== FREE) {
      for (let bridge = grow(node); bridge >= 0; bridge = tree[node] === FREE ? NO_ARC : grow(node)) {
        time++;
        augment(bridge);
        for (let orphan = orphans.pop(); orphan !== undefined; orphan = orphans.pop()) adopt(orphan);
      }
    }
    queued[node] = 0;
    queueHead = queueHead === nodeCount ? 0 : queueHead + 1;
  }
  return tree;
}
