import { expect, test } from 'vitest';
import { grainAt } from '../../../../test/helpers/draw-raster.ts';
import { addEdge, addTerminal, createCutGraph } from './cut-graph.ts';
import { findMinCut } from './min-cut.ts';

interface Problem {
  nodes: number;
  terminals: [number, number][];
  edges: [number, number, number][];
}

function price({ terminals, edges }: Problem, sides: ArrayLike<number>): number {
  let sum = 0;
  for (const [node, [ifSink, ifSource]] of terminals.entries()) sum += sides[node] ? ifSource : ifSink;
  for (const [one, other, capacity] of edges) if (sides[one] !== sides[other]) sum += capacity;
  return sum;
}

function makeProblem(seed: number): Problem {
  const nodes = 9;
  const draw = (index: number) => grainAt(index, seed, 3) + 0.5;
  const terminals = Array.from({ length: nodes }, (_, node): [number, number] => [draw(node) * 5, draw(node + 50) * 5]);
  const edges: Problem['edges'] = [];
  for (let one = 0; one < nodes; one++) {
    for (let other = one + 1; other < nodes; other++) {
      if (draw(100 + one * nodes + other) < 0.5) edges.push([one, other, draw(300 + one * nodes + other) * 4]);
    }
  }
  return { nodes, terminals, edges };
}

test('the cut is the cheapest of all labellings, on 200 random graphs', () => {
  for (let seed = 0; seed < 200; seed++) {
    const problem = makeProblem(seed);
    const graph = createCutGraph(problem.nodes, problem.edges.length);
    for (const [node, [ifSink, ifSource]] of problem.terminals.entries()) addTerminal(graph, node, ifSink, ifSource);
    for (const edge of problem.edges) addEdge(graph, ...edge);
    const found = price(problem, findMinCut(graph));
    let best = Number.POSITIVE_INFINITY;
    for (let code = 0; code < 2 ** problem.nodes; code++) {
      const sides = Array.from({ length: problem.nodes }, (_, node) => (code >> node) & 1);
      best = Math.min(best, price(problem, sides));
    }
    expect(found).toBeCloseTo(best, 3);
  }
});

test('a node without links takes the side it is told, and a graph of no nodes is cut', () => {
  const graph = createCutGraph(2, 0);
  addTerminal(graph, 0, 2, 1);
  addTerminal(graph, 1, 1, 2);
  expect([...findMinCut(graph)]).toEqual([1, 0]);
  expect(findMinCut(createCutGraph(0, 0))).toHaveLength(0);
});
