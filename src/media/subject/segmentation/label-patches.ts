import type { PatchFacts } from '../features/describe-patches.ts';
import { addEdge, addTerminal, createCutGraph } from './cut-graph.ts';
import { findMinCut } from './min-cut.ts';

/** Price of one regular patch side of outline between equal colors, in nats. */
const stiffness = 3;
/** Lab distance at which that price has fallen to 0.6 of it. */
const colorSigma = 8;

/**
 * The labelling of the patches (1 = subject) that agrees best with their probabilities while its outline is short and lies
 * where the color changes.
 */
export function labelPatches(picture: PatchFacts, probabilities: Float32Array): Uint8Array {
  const { graph, patches, l, a, b } = picture;
  const net = createCutGraph(patches.count, graph.edgeCount);
  const regularArea = (picture.width * picture.height) / patches.count;
  for (let patch = 0; patch < patches.count; patch++) {
    const probability = Math.min(0.995, Math.max(0.005, probabilities[patch] as number));
    const size = (patches.area[patch] as number) / regularArea;
    addTerminal(net, patch, -Math.log(1 - probability) * size, -Math.log(probability) * size);
  }
  const side = Math.sqrt(regularArea);
  for (let edge = 0; edge < graph.edgeCount; edge++) {
    const p = graph.from[edge] as number;
    const q = graph.to[edge] as number;
    const square =
      ((l[p] as number) - (l[q] as number)) ** 2 +
      ((a[p] as number) - (a[q] as number)) ** 2 +
      ((b[p] as number) - (b[q] as number)) ** 2;
    const similar = Math.exp(-square / (2 * colorSigma ** 2));
    addEdge(net, p, q, (stiffness * (graph.length[edge] as number) * (0.05 + similar)) / side);
  }
  return findMinCut(net);
}
