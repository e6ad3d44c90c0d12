/**
 * A directed graph between a source (the subject) and a sink (the surroundings) for a minimum cut. Capacities are
 * non-negative and may be fractional.
 * Arcs live in typed arrays as pairs, so that `arc ^ 1` is the way back.
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

const noArc = -1;

/** An empty graph with room for `edgeCountMax` calls of `addEdge`. */
export function createCutGraph(nodeCount: number, edgeCountMax: number): CutGraph {
  return {
    nodeCount,
    terminal: new Float32Array(nodeCount),
    first: new Int32Array(nodeCount).fill(noArc),
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
