import type { Kernels } from './kernels.ts';
import type { Operator, Value } from './operator.ts';

/** CONV_2D: every square of the input times the weights, as one product of matrices. */
export const convolve: Operator = ([value, weights, bias], { option }, kernels) => {
  const [, height = 1, width = 1, channels = 1] = (value as Value).shape;
  const [outs = 1, rowsOfOne = 1, columnsOfOne = 1] = (weights as Value).shape;
  const [strideX, strideY] = [option(1), option(2)];
  const along = reachAlong(width, columnsOfOne, strideX, option(0, 1) === 0);
  const down = reachAlong(height, rowsOfOne, strideY, option(0, 1) === 0);
  const data = (value as Value).data as Float32Array;
  const isPoint = rowsOfOne === 1 && columnsOfOne === 1 && strideX === 1 && strideY === 1;
  const squares = isPoint
    ? data
    : listSquares(data, { height, width, channels }, { along, down, strideX, strideY, rowsOfOne, columnsOfOne });
  const sums = kernels.multiply(
    squares,
    turnWeights((weights as Value).data as Float32Array, outs),
    ((bias as Value | undefined)?.data as Float32Array | undefined) ?? emptyBias(outs),
    down.count * along.count,
  );
  return { shape: [1, down.count, along.count, outs], data: activate(sums, option(3, 1)) };
};

interface Reach {
  readonly count: number;
  /** Zeros before the first value. */
  readonly before: number;
}

/** How many answers a side of `from` values has, and the margin that makes them so; `same` is padding 0 of the format. */
function reachAlong(from: number, side: number, stride: number, same: boolean): Reach {
  const count = same ? Math.ceil(from / stride) : Math.ceil((from - side + 1) / stride);
  return { count, before: same ? Math.max(0, (count - 1) * stride + side - from) >> 1 : 0 };
}

const emptyBias = (count: number) => new Float32Array(count);

/** Weights as the kernels want them, by those of the file: they are the same for every picture. */
const turned = new WeakMap<object, Float32Array>();

/** outs × rest, row by row, as rest × outs. */
function turnWeights(weights: Float32Array, outs: number): Float32Array {
  const known = turned.get(weights);
  if (known !== undefined) return known;
  const rest = weights.length / outs;
  const answer = new Float32Array(weights.length);
  for (let out = 0; out < outs; out++) {
    for (let at = 0; at < rest; at++) answer[at * outs + out] = weights[out * rest + at] as number;
  }
  turned.set(weights, answer);
  return answer;
}

interface Squares {
  along: Reach;
  down: Reach;
  strideX: number;
  strideY: number;
  rowsOfOne: number;
  columnsOfOne: number;
}

/** The values of each square one after another; outside of the input they are 0. */
function listSquares(
  data: Float32Array,
  { height, width, channels }: { height: number; width: number; channels: number },
  { along, down, strideX, strideY, rowsOfOne, columnsOfOne }: Squares,
): Float32Array {
  const answer = new Float32Array(down.count * along.count * rowsOfOne * columnsOfOne * channels);
  let to = 0;
  for (let y = 0; y < down.count; y++) {
    for (let x = 0; x < along.count; x++) {
      for (let row = 0; row < rowsOfOne; row++) {
        const fromY = y * strideY + row - down.before;
        for (let column = 0; column < columnsOfOne; column++, to += channels) {
          const fromX = x * strideX + column - along.before;
          if (fromY < 0 || fromY >= height || fromX < 0 || fromX >= width) continue;
          const from = (fromY * width + fromX) * channels;
          for (let channel = 0; channel < channels; channel++) answer[to + channel] = data[from + channel] as number;
        }
      }
    }
  }
  return answer;
}

/** DEPTHWISE_CONV_2D with one filter a channel. */
export const convolveEach: Operator = ([value, weights, bias], { option }, kernels) => {
  const [, height = 1, width = 1, channels = 1] = (value as Value).shape;
  const [, side = 1] = (weights as Value).shape;
  const stride = option(1);
  const along = reachAlong(width, side, stride, option(0, 1) === 0);
  const down = reachAlong(height, side, stride, option(0, 1) === 0);
  const paddedWidth = (along.count - 1) * stride + side;
  const paddedHeight = (down.count - 1) * stride + side;
  const padded = new Float32Array(paddedWidth * paddedHeight * channels);
  const data = (value as Value).data as Float32Array;
  const columns = Math.min(width, paddedWidth - along.before);
  for (let y = 0; y < Math.min(height, paddedHeight - down.before); y++) {
    const from = y * width * channels;
    const to = ((y + down.before) * paddedWidth + along.before) * channels;
    padded.set(data.subarray(from, from + columns * channels), to);
  }
  const sums = kernels.filter(
    padded,
    (weights as Value).data as Float32Array,
    ((bias as Value | undefined)?.data as Float32Array | undefined) ?? emptyBias(channels),
    { width: paddedWidth, rows: down.count, columns: along.count, channels, side, stride },
  );
  return { shape: [1, down.count, along.count, channels], data: activate(sums, option(4, 1)) };
};

/** MediaPipe's own operator: the opposite of a convolution, where the squares of the answer don't overlap. */
export const convolveTransposed: Operator = ([value, weights, bias], { custom }, kernels: Kernels) => {
  const [, height = 1, width = 1] = (value as Value).shape;
  const [outs = 1, rowsOfOne = 1, columnsOfOne = 1, channels = 1] = (weights as Value).shape;
  const options = new DataView(Uint8Array.from(custom).buffer);
  const [strideX, strideY] = [options.getInt32(4, true), options.getInt32(8, true)];
  if (strideX !== columnsOfOne || strideY !== rowsOfOne) throw new Error('squares of a transposed convolution overlap');
  const perPixel = outs * rowsOfOne * columnsOfOne;
  const sums = kernels.multiply(
    (value as Value).data as Float32Array,
    turnWeights((weights as Value).data as Float32Array, perPixel),
    new Float32Array(perPixel),
    height * width,
  );
  const [rows, columns] = [height * rowsOfOne, width * columnsOfOne];
  const data = new Float32Array(rows * columns * outs);
  for (let y = 0, to = 0; y < rows; y++) {
    for (let x = 0; x < columns; x++) {
      const pixel = Math.floor(y / rowsOfOne) * width + Math.floor(x / columnsOfOne);
      const square = (y % rowsOfOne) * columnsOfOne + (x % columnsOfOne);
      for (let out = 0; out < outs; out++, to++) {
        const sum = sums[pixel * perPixel + (out * rowsOfOne * columnsOfOne + square)] as number;
        data[to] = sum + ((bias as Value).data[out] as number);
      }
    }
  }
  if (channels * height * width !== (value as Value).data.length)
    throw new Error('channels of a transposed convolution differ');
  return { shape: [1, rows, columns, outs], data };
};

/** Activations of the format: 0 none, 1 not below 0, 3 from 0 to 6. */
function activate(data: Float32Array, kind: number): Float32Array {
  if (kind === 0) return data;
  const most = kind === 3 ? 6 : Number.POSITIVE_INFINITY;
  for (let at = 0; at < data.length; at++) data[at] = Math.min(most, Math.max(0, data[at] as number));
  return data;
}
