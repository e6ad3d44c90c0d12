import { openPlaces } from '../../raster/places.ts';
import { type Kernels, openKernels } from './kernels.ts';
import type { Operation } from './lay-out-u2net.ts';
import { countChannels, countWeightBytes, roundUpChannels } from './weights.ts';

/** A tensor in the kernels' memory: 16 bits a value, a pixel's channels together. */
interface Tensor {
  readonly rows: number;
  readonly columns: number;
  /** Bytes of a pixel. */
  readonly depth: number;
  readonly place: number;
}

interface Plan {
  readonly kernels: Kernels;
  readonly steps: (() => void)[];
  take(rows: number, columns: number, channels: number): Tensor;
  giveBack(tensor: Tensor): void;
  /** All of the memory, for use in steps only: while planning it grows. */
  bytes(): Uint8Array;
}

const valueBytes = 2;
/** Answers beside each other that kernels.wat makes at a time. */
const answersAtOnce = 4;

/** From the values of a square picture, rows of red, green and blue, to those of the last operation's first channel, all in whole numbers. */
export type RunWholeNumbers = (picture: Int16Array) => Int16Array;

/**
 * Lays a network out once, for pictures of each of the `sides` in pixels, in one memory: weights, what lies between the layers, and the steps
 * with their places. A run copies in the picture, calls the kernels and copies out the answer. `weights`: `packLayer` of each
 * convolution, in their order; throws an `Error` where there are more or fewer. Answers in the order of the sides.
 */
export function planWholeNumbers(
  operations: readonly Operation[],
  weights: Uint8Array,
  sides: readonly number[],
): RunWholeNumbers[] {
  const kernels = openKernels();
  const places = openPlaces(kernels);
  const channels = countChannels(operations);
  const sizes = operations.map((operation) =>
    operation.kind === 'convolve' ? countWeightBytes(channels[operation.inputs[0]] as number, operation.outs) : 0,
  );
  const size = sizes.reduce((sum, bytes) => sum + bytes, 0);
  if (size !== weights.length) throw new Error(`the network has ${size} bytes of weights, the file ${weights.length}`);
  const layers = places.keep(new Float32Array(weights.buffer, weights.byteOffset, size / 4));
  let bytes = new Uint8Array();
  const runs = sides.map((side): RunWholeNumbers => {
    const plan: Plan = {
      kernels,
      steps: [],
      take(rows, columns, count) {
        const depth = roundUpChannels(count) * valueBytes;
        return { rows, columns, depth, place: places.take(rows * columns * depth) };
      },
      giveBack: ({ place }) => places.giveBack(place),
      bytes: () => bytes,
    };
    const [picture, answer] = planSteps(plan, operations, layers, sizes, side);
    // The next side may lie where this one does: nothing but the answer outlives a run, and that is copied out.
    plan.giveBack(answer);
    return (pixels) => {
      const values = new Int16Array(bytes.buffer);
      writePixels(values, picture, pixels);
      for (const step of plan.steps) step();
      return readFirst(values, answer);
    };
  });
  bytes = new Uint8Array(kernels.memory.buffer);
  return runs;
}

/** Places every tensor; one that isn't used any more leaves its place to later ones. */
function planSteps(
  plan: Plan,
  operations: readonly Operation[],
  layers: number,
  sizes: readonly number[],
  side: number,
): [picture: Tensor, answer: Tensor] {
  const tensors: Tensor[] = [plan.take(side, side, 3)];
  const lastUse = new Map(operations.flatMap((operation, at) => listUses(operation).map((tensor) => [tensor, at])));
  let layer = layers;
  for (const [at, operation] of operations.entries()) {
    const isLast = (tensor: number) => lastUse.get(tensor) === at;
    const made = operate(plan, operation, tensors, layer, isLast);
    layer += sizes[at] as number;
    tensors.push(made);
    for (const tensor of new Set(listUses(operation))) {
      const used = tensors[tensor] as Tensor;
      if (isLast(tensor) && used.place !== made.place) plan.giveBack(used);
    }
  }
  return [tensors[0] as Tensor, tensors.at(-1) as Tensor];
}

function listUses(operation: Operation): readonly number[] {
  const { inputs } = operation;
  return operation.kind === 'convolve' && operation.plus !== undefined ? [...inputs, operation.plus] : inputs;
}

/** Notes the steps of an operation; `weights` is the place of a convolution's. Answers where its output will lie. */
function operate(
  plan: Plan,
  operation: Operation,
  tensors: readonly Tensor[],
  weights: number,
  isLast: (tensor: number) => boolean,
): Tensor {
  const [first, second] = operation.inputs.map((input) => tensors[input]) as [Tensor, Tensor];
  if (operation.kind === 'halve') return halve(plan, first);
  if (operation.kind === 'double') return double(plan, first);
  if (operation.kind === 'join') return join(plan, first, second);
  const { outs, apart, isRectified, plus = 0 } = operation;
  const around = surround(plan, first, apart);
  // What is added is read once, just before the answer is written: where no answer is made twice, it may lie there.
  const isInPlace = plus !== 0 && isLast(plus) && first.columns % answersAtOnce === 0;
  const answer = isInPlace ? (tensors[plus] as Tensor) : plan.take(first.rows, first.columns, outs);
  const added = plus === 0 ? 0 : (tensors[plus] as Tensor).place;
  const [width, least] = [around.columns * around.depth, isRectified ? 0 : Number.NEGATIVE_INFINITY];
  const { place, rows, columns, depth } = answer;
  plan.steps.push(() => {
    plan.kernels.convolve(around.place, weights, place, added, rows, columns, depth, width, around.depth, apart, least);
  });
  plan.giveBack(around);
  return answer;
}

/** The tensor with `apart` rows and columns of zeros around it. */
function surround(plan: Plan, { rows, columns, depth, place }: Tensor, apart: number): Tensor {
  const around = plan.take(rows + 2 * apart, columns + 2 * apart, depth / valueBytes);
  const [row, width, margin] = [columns * depth, around.columns * depth, apart * depth];
  const [top, end] = [around.place, around.place + around.rows * width];
  const first = top + apart * width + margin;
  plan.steps.push(() => {
    const bytes = plan.bytes();
    bytes.fill(0, top, first);
    // Behind one row and before the next.
    for (let y = 1; y < rows; y++) bytes.fill(0, first + y * width - 2 * margin, first + y * width);
    bytes.fill(0, first + (rows - 1) * width + row, end);
    plan.kernels.copyRows(place, row, first, width, rows, row);
  });
  return around;
}

function halve(plan: Plan, input: Tensor): Tensor {
  const answer = plan.take(input.rows / 2, input.columns / 2, input.depth / valueBytes);
  const { place, rows, columns, depth } = answer;
  plan.steps.push(() => plan.kernels.most(input.place, place, rows, columns, depth));
  return answer;
}

function double(plan: Plan, { place, rows, columns, depth }: Tensor): Tensor {
  const answer = plan.take(2 * rows, 2 * columns, depth / valueBytes);
  const row = columns * depth;
  plan.steps.push(() => {
    for (let y = 0; y < 2 * rows; y++) {
      const near = y >> 1;
      const far = Math.min(rows - 1, Math.max(0, near + (y % 2 === 0 ? -1 : 1)));
      plan.kernels.enlarge(place + near * row, place + far * row, answer.place + 2 * y * row, columns, depth);
    }
  });
  return answer;
}

function join(plan: Plan, first: Tensor, second: Tensor): Tensor {
  const { rows, columns } = first;
  const answer = plan.take(rows, columns, (first.depth + second.depth) / valueBytes);
  const { place, depth } = answer;
  plan.steps.push(() => {
    plan.kernels.copyRows(first.place, first.depth, place, depth, rows * columns, first.depth);
    plan.kernels.copyRows(second.place, second.depth, place + first.depth, depth, rows * columns, second.depth);
  });
  return answer;
}

/** With zeros behind the colors. */
function writePixels(values: Int16Array, { place, depth }: Tensor, pixels: Int16Array): void {
  const step = depth / valueBytes;
  for (let from = 0, to = place / valueBytes; from < pixels.length; to += step) {
    for (let channel = 0; channel < step; channel++)
      values[to + channel] = channel < 3 ? (pixels[from++] as number) : 0;
  }
}

function readFirst(values: Int16Array, { rows, columns, depth, place }: Tensor): Int16Array {
  const [from, step] = [place / valueBytes, depth / valueBytes];
  return Int16Array.from({ length: rows * columns }, (_, pixel) => values[from + pixel * step] as number);
}
