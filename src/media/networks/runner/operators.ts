import { convolve, convolveEach, convolveTransposed } from './convolve.ts';
import type { Operator, Value } from './operator.ts';
import type { NetworkOperation } from './read-network.ts';

/** By the numbers of BuiltinOperator in tensorflow/lite/schema/schema.fbs, and by the names of custom ones. */
export const operators: Readonly<Record<number | string, Operator>> = {
  0: ([one, other]) => add(one as Value, other as Value),
  1: ([value], operation) => pool(value as Value, operation, false),
  2: (inputs, operation) => concatenate(inputs, operation.option(0)),
  3: convolve,
  4: convolveEach,
  // Weights of 16 bits are 32 bits already.
  6: ([value]) => value as Value,
  14: ([value]) => squash(value as Value),
  17: ([value], operation) => pool(value as Value, operation, true),
  18: ([one, other]) => multiply(one as Value, other as Value),
  19: ([value]) => rectify(value as Value),
  22: ([value], _operation, _kernels, output) => ({ shape: output.shape, data: (value as Value).data }),
  23: resize,
  34: pad,
  117: ([value]) => swish(value as Value),
  Convolution2DTransposeBias: convolveTransposed,
};

// Each of these has a loop of its own: one that is handed what to do runs a third as fast.

function rectify({ shape, data }: Value): Value {
  const answer = new Float32Array(data.length);
  for (let at = 0; at < answer.length; at++) {
    const value = data[at] as number;
    answer[at] = value > 0 ? value : 0;
  }
  return { shape, data: answer };
}

function squash({ shape, data }: Value): Value {
  const answer = new Float32Array(data.length);
  for (let at = 0; at < answer.length; at++) answer[at] = 1 / (1 + Math.exp(-(data[at] as number)));
  return { shape, data: answer };
}

/** x · min(6, max(0, x + 3)) ÷ 6. */
function swish({ shape, data }: Value): Value {
  const answer = new Float32Array(data.length);
  for (let at = 0; at < answer.length; at++) {
    const value = data[at] as number;
    answer[at] = value <= -3 ? 0 : value >= 3 ? value : (value * (value + 3)) / 6;
  }
  return { shape, data: answer };
}

/** Of equal shapes, or one of 1 × 1 × channels with one of rows × columns × channels; as `multiply`. */
function add(one: Value, other: Value): Value {
  const [large, small] = one.data.length >= other.data.length ? [one, other] : [other, one];
  const [many, few] = [large.data, small.data];
  const answer = new Float32Array(many.length);
  for (let start = 0; start < many.length; start += few.length) {
    for (let at = 0; at < few.length; at++) answer[start + at] = (many[start + at] as number) + (few[at] as number);
  }
  return { shape: large.shape, data: answer };
}

function multiply(one: Value, other: Value): Value {
  const [large, small] = one.data.length >= other.data.length ? [one, other] : [other, one];
  const [many, few] = [large.data, small.data];
  const answer = new Float32Array(many.length);
  for (let start = 0; start < many.length; start += few.length) {
    for (let at = 0; at < few.length; at++) answer[start + at] = (many[start + at] as number) * (few[at] as number);
  }
  return { shape: large.shape, data: answer };
}

/** Most or mean of squares that don't overlap, which is all that these networks have. */
function pool({ shape, data }: Value, { option }: NetworkOperation, most: boolean): Value {
  const [, height = 1, width = 1, channels = 1] = shape;
  const [columnsOfOne, rowsOfOne] = [option(3), option(4)];
  const [columns, rows] = [Math.floor(width / columnsOfOne), Math.floor(height / rowsOfOne)];
  const answer = new Float32Array(rows * columns * channels).fill(most ? Number.NEGATIVE_INFINITY : 0);
  const share = 1 / (rowsOfOne * columnsOfOne);
  for (let y = 0; y < rows * rowsOfOne; y++) {
    for (let x = 0; x < columns * columnsOfOne; x++) {
      const to = (Math.floor(y / rowsOfOne) * columns + Math.floor(x / columnsOfOne)) * channels;
      const from = (y * width + x) * channels;
      for (let channel = 0; channel < channels; channel++) {
        const [before, value] = [answer[to + channel] as number, data[from + channel] as number];
        answer[to + channel] = most ? Math.max(before, value) : before + value * share;
      }
    }
  }
  return { shape: [1, rows, columns, channels], data: answer };
}

function concatenate(values: readonly Value[], axis: number): Value {
  const { shape } = values[0] as Value;
  const place = axis < 0 ? axis + shape.length : axis;
  const outer = shape.slice(0, place).reduce((product, side) => product * side, 1);
  const lengths = values.map(({ data }) => data.length / outer);
  const total = lengths.reduce((sum, length) => sum + length, 0);
  const answer = new Float32Array(outer * total);
  for (let row = 0; row < outer; row++) {
    let to = row * total;
    for (const [index, { data }] of values.entries()) {
      const length = lengths[index] as number;
      answer.set(data.subarray(row * length, (row + 1) * length), to);
      to += length;
    }
  }
  const joined = values.reduce((sum, value) => sum + (value.shape[place] as number), 0);
  return { shape: shape.map((side, at) => (at === place ? joined : side)), data: answer };
}

/** Zeros around; the second input says how many before and behind each side. */
function pad([value, margins]: readonly Value[]): Value {
  const { shape, data } = value as Value;
  const [, height = 1, width = 1, channels = 1] = shape;
  const [, , above = 0, below = 0, left = 0, right = 0, first = 0, last = 0] = (margins as Value).data;
  const [rows, columns, depth] = [height + above + below, width + left + right, channels + first + last];
  const answer = new Float32Array(rows * columns * depth);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const from = (y * width + x) * channels;
      answer.set(data.subarray(from, from + channels), ((y + above) * columns + x + left) * depth + first);
    }
  }
  return { shape: [1, rows, columns, depth], data: answer };
}

/** Bilinear, by the option between corners or pixel centres. */
function resize([value, size]: readonly Value[], { option }: NetworkOperation): Value {
  const { shape, data } = value as Value;
  const [, height = 1, width = 1, channels = 1] = shape;
  const [rows = 1, columns = 1] = (size as Value).data;
  const place = (to: number, count: number, from: number) => {
    const scale = option(2, 1) && count > 1 ? (from - 1) / (count - 1) : from / count;
    return Math.max(0, option(3, 1) ? (to + 0.5) * scale - 0.5 : to * scale);
  };
  const answer = new Float32Array(rows * columns * channels);
  for (let y = 0, to = 0; y < rows; y++) {
    const fromY = place(y, rows, height);
    const top = Math.min(height - 1, Math.floor(fromY));
    const bottom = Math.min(height - 1, top + 1);
    const down = fromY - top;
    for (let x = 0; x < columns; x++) {
      const fromX = place(x, columns, width);
      const left = Math.min(width - 1, Math.floor(fromX));
      const right = Math.min(width - 1, left + 1);
      const across = fromX - left;
      const [one, two] = [(top * width + left) * channels, (top * width + right) * channels];
      const [three, four] = [(bottom * width + left) * channels, (bottom * width + right) * channels];
      for (let channel = 0; channel < channels; channel++, to++) {
        const [a, b] = [data[one + channel] as number, data[two + channel] as number];
        const [c, d] = [data[three + channel] as number, data[four + channel] as number];
        const upper = a + (b - a) * across;
        answer[to] = upper + (c + (d - c) * across - upper) * down;
      }
    }
  }
  return { shape: [1, rows, columns, channels], data: answer };
}
