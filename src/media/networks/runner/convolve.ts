import { roundUp } from '../../raster/places.ts';
import { type Operator, type Plan, readShape, type Value } from './plan.ts';
import type { NetworkOperation } from './read-network.ts';

/** CONV_2D. */
export const convolve: Operator = (plan, { inputs, option }, least) => {
  const value = plan.value(inputs[0]);
  const weights = plan.constant(inputs[1]);
  const [outs = 1, rowsOfOne = 1, columnsOfOne = 1, channels = 1] = weights.shape;
  const [strideX, strideY] = [option(1), option(2)];
  refuseActivation(option(3, 1));
  const same = option(0, 1) === 0;
  const [height, width] = readShape(value);
  const down = reachAlong(height, rowsOfOne, strideY, same);
  const along = reachAlong(width, columnsOfOne, strideX, same);
  const { place, columns, release } = surround(plan, value, down, along);
  const answer = plan.takeValue([1, down.count, along.count, outs]);
  const w = plan.places.keep(packWeights(weights.data, outs, channels, value.depth / 4));
  const bias = plan.places.keep(readBias(plan, inputs[2], outs));
  const { kernels } = plan;
  const isPoint = rowsOfOne * columnsOfOne * strideX * strideY === 1;
  // All pixels are one row where a square is a pixel: rows of a few would be made in part twice.
  const [rows, perRow] = isPoint ? [1, down.count * along.count] : [down.count, along.count];
  const [rowStep, step] = [strideY * columns * value.depth, strideX * value.depth];
  const [rowBytes, run] = [columns * value.depth, columnsOfOne * value.depth];
  plan.addStep(() => {
    kernels.convolve(
      place,
      w,
      bias,
      answer.place,
      rows,
      perRow,
      answer.depth,
      rowStep,
      step,
      rowsOfOne,
      rowBytes,
      run,
      least,
    );
  });
  release();
  return answer;
};

/** DEPTHWISE_CONV_2D with one filter a channel. */
export const convolveEach: Operator = (plan, { inputs, option }, least) => {
  const value = plan.value(inputs[0]);
  const weights = plan.constant(inputs[1]);
  const [, side = 1, , channels = 1] = weights.shape;
  const stride = option(1);
  refuseActivation(option(4, 1));
  const same = option(0, 1) === 0;
  const [height, width] = readShape(value);
  const down = reachAlong(height, side, stride, same);
  const along = reachAlong(width, side, stride, same);
  const { place, columns, release } = surround(plan, value, down, along);
  const answer = plan.takeValue([1, down.count, along.count, channels]);
  const w = plan.places.keep(widen(weights.data, channels, value.depth / 4));
  const bias = plan.places.keep(readBias(plan, inputs[2], channels));
  const { kernels } = plan;
  const { depth } = value;
  const [rowStep, step, rowBytes] = [stride * columns * depth, stride * depth, columns * depth];
  plan.addStep(() => {
    kernels.filter(place, w, bias, answer.place, down.count, along.count, depth, rowStep, step, side, rowBytes, least);
  });
  release();
  return answer;
};

/** MediaPipe's own operator: the opposite of a convolution, where the squares of the answer don't overlap. One channel comes out. */
export const convolveTransposed: Operator = (plan, operation) => {
  const { inputs, custom } = operation;
  const value = plan.value(inputs[0]);
  const weights = plan.constant(inputs[1]);
  const [outs = 1, rowsOfOne = 1, columnsOfOne = 1, channels = 1] = weights.shape;
  const options = new DataView(Uint8Array.from(custom).buffer);
  const [strideX, strideY] = [options.getInt32(4, true), options.getInt32(8, true)];
  if (strideX !== columnsOfOne || strideY !== rowsOfOne || outs !== 1)
    throw new Error('squares of a transposed convolution overlap');
  const [height, width] = readShape(value);
  const perPixel = rowsOfOne * columnsOfOne;
  const squares = plan.takeValue([1, height, width, perPixel]);
  const answer = plan.takeValue([1, height * rowsOfOne, width * columnsOfOne, 1]);
  const w = plan.places.keep(packWeights(weights.data, perPixel, channels, value.depth / 4));
  const [bias = 0] = plan.constant(inputs[2]).data;
  const biases = plan.places.keep(new Float32Array(roundUp(perPixel, 4)).fill(bias));
  const { kernels } = plan;
  const { depth } = value;
  plan.addStep(() => {
    const row = height * width * depth;
    kernels.convolve(
      value.place,
      w,
      biases,
      squares.place,
      1,
      height * width,
      squares.depth,
      row,
      depth,
      1,
      row,
      depth,
      -1 / 0,
    );
    const floats = plan.floats();
    const [from, step] = [squares.place / 4, squares.depth / 4];
    for (let y = 0, to = answer.place / 4; y < height * rowsOfOne; y++) {
      const pixels = from + Math.floor(y / rowsOfOne) * width * step + (y % rowsOfOne) * columnsOfOne;
      for (let x = 0; x < width; x++) {
        for (let column = 0; column < columnsOfOne; column++, to += 4)
          floats[to] = floats[pixels + x * step + column] as number;
      }
    }
  });
  plan.places.giveBack(squares.place);
  return answer;
};

interface Reach {
  readonly count: number;
  /** Zeros before the first value. */
  readonly before: number;
  /** Values that the answers see, with the zeros around. */
  readonly seen: number;
}

/** How many answers a side of `from` values has, and the margin that makes them so. */
export function reachAlong(from: number, side: number, stride: number, same: boolean): Reach {
  const count = same ? Math.ceil(from / stride) : Math.ceil((from - side + 1) / stride);
  const seen = (count - 1) * stride + side;
  return { count, before: same ? Math.max(0, seen - from) >> 1 : 0, seen };
}

/** The value with its margins of zeros, where it needs any: its place and columns. */
function surround(plan: Plan, value: Value, down: Reach, along: Reach) {
  const [height, width] = readShape(value);
  const { kernels, places } = plan;
  const { depth } = value;
  if (down.seen <= height && along.seen <= width)
    return { place: value.place, columns: width, release: () => undefined };
  const bytes = down.seen * along.seen * depth;
  // Answers by fours look up to three pixels further.
  const place = places.take(bytes + 3 * depth);
  const first = place + (down.before * along.seen + along.before) * depth;
  const rows = Math.min(height, down.seen - down.before);
  const columns = Math.min(width, along.seen - along.before);
  plan.addStep(() => {
    plan.floats().fill(0, place / 4, (place + bytes) / 4);
    kernels.copyRows(value.place, width * depth, first, along.seen * depth, rows, columns * depth);
  });
  return { place, columns: along.seen, release: () => places.giveBack(place) };
}

/** outs × rest as the kernel reads them: for each four outs, for each of the rest, four weights. */
function packWeights(weights: ArrayLike<number>, outs: number, channels: number, depth: number): Float32Array {
  const pixels = weights.length / outs / channels;
  const answer = new Float32Array(roundUp(outs, 4) * pixels * depth);
  for (let out = 0, from = 0; out < outs; out++) {
    const first = (out >> 2) * pixels * depth * 4 + (out & 3);
    for (let pixel = 0; pixel < pixels; pixel++) {
      for (let channel = 0; channel < channels; channel++, from++) {
        answer[first + (pixel * depth + channel) * 4] = weights[from] as number;
      }
    }
  }
  return answer;
}

/** Zeros behind each `length` values. */
function widen(values: ArrayLike<number>, length: number, depth: number): Float32Array {
  const answer = new Float32Array((values.length / length) * depth);
  for (let at = 0; at < values.length; at++)
    answer[Math.floor(at / length) * depth + (at % length)] = values[at] as number;
  return answer;
}

function readBias(plan: Plan, tensor: NetworkOperation['inputs'][number] | undefined, outs: number): Float32Array {
  const bias = new Float32Array(roundUp(outs, 4));
  if (tensor !== undefined && tensor >= 0) bias.set(plan.constant(tensor).data);
  return bias;
}

/** These networks have activations as operations of their own. */
function refuseActivation(kind: number): void {
  if (kind !== 0) throw new Error(`activation ${kind} of a network is not known`);
}
