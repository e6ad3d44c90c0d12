import { type OnnxGraph, type OnnxNode, writeOnnx } from './write-onnx.ts';

/**
 * Real ONNX models of a few hundred bytes whose answers can be worked out by hand, in the shapes of known architectures.
 */

const colors = ['red', 'green', 'blue'] as const;

/**
 * U²-Net's shape: chance of subject = sigmoid(steepness × (green − (red + blue) ÷ 2)), of values as U²-Net normalises them.
 * Green is subject. `side` other than 320 makes a model that fits nothing.
 */
export function greenMatting({ side = 320, steepness = 8 } = {}): Buffer {
  return writeOnnx(greenGraph('input.1', 'matte', [1, 3, side, side], [1, 1, side, side], steepness));
}

/** MODNet's shape and open sides; the same rule. */
export function openGreenMatting(): Buffer {
  return writeOnnx(greenGraph('input', 'output', ['b', 3, 'h', 'w'], ['b', 1, 'h', 'w'], 8));
}

/** The names and sides that BiRefNet and one export of IS-Net have; the values are chances as IS-Net's, or odds as BiRefNet's. */
export function imageMatting(values: 'chances' | 'odds'): Buffer {
  const graph = greenGraph('input_image', 'output_image', [1, 3, 1024, 1024], [1, 1, 1024, 1024], 8);
  if (values === 'chances') return writeOnnx(graph);
  const [convolution] = graph.nodes;
  return writeOnnx({ ...graph, nodes: [{ ...(convolution as OnnxNode), outputs: ['output_image'] }] });
}

/** U²-Net's shape, input and output of 16 bits; the green rule. */
export function halfMatting(): Buffer {
  const graph = greenGraph('whole', 'chance', [1, 3, 320, 320], [1, 1, 320, 320], 8);
  return writeOnnx({
    ...graph,
    isHalf: true,
    inputs: { 'input.1': [1, 3, 320, 320] },
    outputs: { matte: [1, 1, 320, 320] },
    nodes: [
      { op: 'Cast', inputs: ['input.1'], outputs: ['whole'], attributes: { to: 1 } },
      ...graph.nodes,
      { op: 'Cast', inputs: ['chance'], outputs: ['matte'], attributes: { to: 10 } },
    ],
  });
}

/** MODNet's names: all of every picture is subject, by between 0.5 and 0.73. */
export function veilMatting(): Buffer {
  const graph = greenGraph('input', 'chance', ['b', 3, 'h', 'w'], ['b', 1, 'h', 'w'], 8);
  return writeOnnx({
    ...graph,
    outputs: { output: ['b', 1, 'h', 'w'] },
    nodes: [...graph.nodes, { op: 'Sigmoid', inputs: ['chance'], outputs: ['output'] }],
  });
}

/** U²-Net's shape, and NaN wherever there is some green. */
export function brokenMatting(): Buffer {
  const graph = greenGraph('input.1', 'clean', [1, 3, 320, 320], [1, 1, 320, 320], 8);
  return writeOnnx({
    ...graph,
    outputs: { matte: [1, 1, 320, 320] },
    constants: [
      ...(graph.constants ?? []),
      { name: 'pick', dims: [1, 3, 1, 1], float: [0, 1, 0] },
      // Green 0 is (0 − 0.456) ÷ 0.224 = −2.036 after U²-Net's normalisation.
      { name: 'lift', dims: [1], float: [1.9] },
    ],
    nodes: [
      ...graph.nodes,
      // The root of a negative number; of black it is the root of 0.
      { op: 'Conv', inputs: ['input.1', 'pick', 'lift'], outputs: ['lifted'], attributes: { kernel_shape: [1, 1] } },
      { op: 'Relu', inputs: ['lifted'], outputs: ['light'] },
      { op: 'Neg', inputs: ['light'], outputs: ['dark'] },
      { op: 'Sqrt', inputs: ['dark'], outputs: ['bad'] },
      { op: 'Add', inputs: ['clean', 'bad'], outputs: ['matte'] },
    ],
  });
}

/** Always NaN: 0 ÷ 0. */
export function nanMatting(): Buffer {
  return writeOnnx({
    inputs: { 'input.1': [1, 3, 320, 320] },
    outputs: { matte: [1, 1, 320, 320] },
    constants: [{ name: 'weight', dims: [1, 3, 1, 1], float: [0, 0, 0] }],
    nodes: [
      { op: 'Conv', inputs: ['input.1', 'weight'], outputs: ['zero'], attributes: { kernel_shape: [1, 1] } },
      { op: 'Div', inputs: ['zero', 'zero'], outputs: ['matte'] },
    ],
  });
}

/** CLIP's names and open sides: the mean color of the picture, as CLIP normalises it. */
export function meanColorEmbedding(): Buffer {
  return writeOnnx({
    inputs: { pixel_values: ['b', 3, 'h', 'w'] },
    outputs: { image_embeds: ['b', 3] },
    nodes: [
      { op: 'GlobalAveragePool', inputs: ['pixel_values'], outputs: ['mean'] },
      { op: 'Flatten', inputs: ['mean'], outputs: ['image_embeds'], attributes: { axis: 1 } },
    ],
  });
}

/**
 * UltraFace's shape: a face at `box` (shares of the input) with score 0.9, and a second one right of it whose score is the
 * picture's mean brightness (0.5 for middle grey).
 */
export function fixedFaces(box: readonly [number, number, number, number] = [0.1, 0.2, 0.3, 0.5]): Buffer {
  const count = 4420;
  const base = new Array<number>(count * 2).fill(0);
  const light = new Array<number>(count * 2).fill(0);
  const boxes = new Array<number>(count * 4).fill(0);
  base[1] = 0.9;
  // Normalised values are (v − 127) ÷ 128: half of that plus ½ is about v ÷ 255.
  base[3] = 0.5;
  light[3] = 0.5;
  boxes.splice(0, 8, ...box, 0.6, 0.2, 0.8, 0.5);
  return writeOnnx({
    inputs: { input: [1, 3, 240, 320] },
    outputs: { scores: [1, count, 2], boxes: [1, count, 4] },
    constants: [
      { name: 'base', dims: [1, count, 2], float: base },
      { name: 'light', dims: [1, count, 2], float: light },
      { name: 'fixed', dims: [1, count, 4], float: boxes },
    ],
    nodes: [
      { op: 'ReduceMean', inputs: ['input'], outputs: ['mean'], attributes: { axes: [1, 2, 3], keepdims: 0 } },
      { op: 'Mul', inputs: ['light', 'mean'], outputs: ['lit'] },
      { op: 'Add', inputs: ['base', 'lit'], outputs: ['scores'] },
      { op: 'Identity', inputs: ['fixed'], outputs: ['boxes'] },
    ],
  });
}

/** U²-Net's shape, and `mebibytes` more memory than it needs for as long as it runs. */
export function hungryMatting(mebibytes: number): Buffer {
  const graph = greenGraph('input.1', 'clean', [1, 3, 320, 320], [1, 1, 320, 320], 8);
  return writeOnnx({
    ...graph,
    outputs: { matte: [1, 1, 320, 320] },
    constants: [...(graph.constants ?? []), { name: 'shape', dims: [1], ints: [(mebibytes * 2 ** 20) / 4] }],
    nodes: [
      ...graph.nodes,
      { op: 'ReduceMean', inputs: ['clean'], outputs: ['mean'], attributes: { axes: [0, 1, 2, 3], keepdims: 0 } },
      { op: 'Expand', inputs: ['mean', 'shape'], outputs: ['huge'] },
      { op: 'Sigmoid', inputs: ['huge'], outputs: ['touched'] },
      { op: 'ReduceMean', inputs: ['touched'], outputs: ['total'], attributes: { keepdims: 0 } },
      { op: 'Sub', inputs: ['total', 'total'], outputs: ['nothing'] },
      { op: 'Add', inputs: ['clean', 'nothing'], outputs: ['matte'] },
    ],
  });
}

/** U²-Net's shape, and a minute or more of multiplying matrices first. */
export function slowMatting(): Buffer {
  const graph = greenGraph('input.1', 'clean', [1, 3, 320, 320], [1, 1, 320, 320], 8);
  const rounds = Array.from({ length: 200 }, (_, round) => ({
    op: 'MatMul',
    inputs: [`m${round}`, 'm0'],
    outputs: [`m${round + 1}`],
  }));
  return writeOnnx({
    ...graph,
    outputs: { matte: [1, 1, 320, 320] },
    constants: [...(graph.constants ?? []), { name: 'square', dims: [2], ints: [2500, 2500] }],
    nodes: [
      ...graph.nodes,
      { op: 'ReduceMean', inputs: ['clean'], outputs: ['mean'], attributes: { keepdims: 0 } },
      { op: 'Expand', inputs: ['mean', 'square'], outputs: ['m0'] },
      ...rounds,
      { op: 'ReduceMean', inputs: ['m200'], outputs: ['total'], attributes: { keepdims: 0 } },
      { op: 'Add', inputs: ['clean', 'total'], outputs: ['matte'] },
    ],
  });
}

type Shape = readonly (number | string)[];

function greenGraph(input: string, output: string, from: Shape, to: Shape, steepness: number): OnnxGraph {
  const weights = colors.map((color) => steepness * (color === 'green' ? 1 : -0.5));
  return {
    inputs: { [input]: from },
    outputs: { [output]: to },
    constants: [{ name: 'weight', dims: [1, 3, 1, 1], float: weights }],
    nodes: [
      { op: 'Conv', inputs: [input, 'weight'], outputs: ['odds'], attributes: { kernel_shape: [1, 1] } },
      { op: 'Sigmoid', inputs: ['odds'], outputs: [output] },
    ],
  };
}
