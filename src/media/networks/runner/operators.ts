import { roundUp } from '../../raster/places.ts';
import { convolve, convolveEach, convolveTransposed, reachAlong } from './convolve.ts';
import { countPixels, type Operator, type Plan, readShape, type Value } from './plan.ts';

/** By the numbers of BuiltinOperator in tensorflow/lite/schema/schema.fbs, and by the names of custom ones. */
export const operators: Readonly<Record<number | string, Operator>> = {
  0: add,
  1: mean,
  2: concatenate,
  3: convolve,
  4: convolveEach,
  14: squash,
  17: most,
  18: multiply,
  22: reshape,
  23: resize,
  34: pad,
  117: swish,
  Convolution2DTransposeBias: convolveTransposed,
};

/** Of equal shapes, or one of 1 × 1 × channels with one of rows × columns × channels; as `multiply`. */
function add(plan: Plan, { inputs }: Parameters<Operator>[1], least: number): Value {
  const [large, small] = orderBySize(plan.value(inputs[0]), plan.value(inputs[1]));
  const answer = plan.takeValue(large.shape);
  const { kernels } = plan;
  plan.addStep(() => kernels.add(large.place, small.place, answer.place, countBytes(large), countBytes(small), least));
  return answer;
}

function multiply(plan: Plan, { inputs }: Parameters<Operator>[1]): Value {
  const [large, small] = orderBySize(plan.value(inputs[0]), plan.value(inputs[1]));
  const answer = plan.takeValue(large.shape);
  const { kernels } = plan;
  plan.addStep(() => kernels.multiply(large.place, small.place, answer.place, countBytes(large), countBytes(small)));
  return answer;
}

function orderBySize(one: Value, other: Value): [large: Value, small: Value] {
  return countPixels(one) >= countPixels(other) ? [one, other] : [other, one];
}

function countBytes(value: Value): number {
  return countPixels(value) * value.depth;
}

/** 1 ÷ (1 + e^-x): of a value a picture's pixel at most, so it stays without a kernel. */
function squash(plan: Plan, { inputs }: Parameters<Operator>[1]): Value {
  const value = plan.value(inputs[0]);
  const answer = plan.takeValue(value.shape);
  const [, , channels] = readShape(value);
  const [from, to, step, pixels] = [value.place / 4, answer.place / 4, value.depth / 4, countPixels(value)];
  plan.addStep(() => {
    const floats = plan.floats();
    for (let pixel = 0; pixel < pixels * step; pixel += step) {
      for (let at = pixel; at < pixel + channels; at++)
        floats[to + at] = 1 / (1 + Math.exp(-(floats[from + at] as number)));
    }
  });
  return answer;
}

/** x · min(6, max(0, x + 3)) ÷ 6. */
function swish(plan: Plan, { inputs }: Parameters<Operator>[1]): Value {
  const value = plan.value(inputs[0]);
  const answer = plan.takeValue(value.shape);
  const { kernels } = plan;
  plan.addStep(() => kernels.swish(value.place, answer.place, countBytes(value)));
  return answer;
}

/** Of the whole picture, which is all that these networks have. */
function mean(plan: Plan, { inputs, option }: Parameters<Operator>[1]): Value {
  const value = plan.value(inputs[0]);
  const [rows, columns, channels] = readShape(value);
  if (option(3) !== columns || option(4) !== rows) throw new Error('a mean is not of the whole picture');
  const answer = plan.takeValue([1, 1, 1, channels]);
  const { kernels } = plan;
  const { depth } = value;
  plan.addStep(() => {
    plan.floats().fill(0, answer.place / 4, (answer.place + depth) / 4);
    kernels.mean(value.place, answer.place, rows * columns, depth, 1 / (rows * columns));
  });
  return answer;
}

/** Of squares of pixels that lie inside of the picture. */
function most(plan: Plan, { inputs, option }: Parameters<Operator>[1]): Value {
  const value = plan.value(inputs[0]);
  const [height, width, channels] = readShape(value);
  const [same, stride, side] = [option(0, 1) === 0, option(1), option(3)];
  const down = reachAlong(height, side, stride, same);
  const along = reachAlong(width, side, stride, same);
  if (option(2) !== stride || option(4) !== side || down.seen > height || along.seen > width)
    throw new Error('a pool is not of squares inside of the picture');
  const answer = plan.takeValue([1, down.count, along.count, channels]);
  const { kernels } = plan;
  const { depth } = value;
  const row = width * depth;
  plan.addStep(() => {
    kernels.most(value.place, answer.place, down.count, along.count, depth, stride * row, stride * depth, side, row);
  });
  return answer;
}

/** Zeros behind the channels, rows and columns; the second input says how many before and behind each side. */
function pad(plan: Plan, { inputs }: Parameters<Operator>[1]): Value {
  const value = plan.value(inputs[0]);
  const [, , before = 0, below = 0, left = 0, beside = 0, first = 0, behind = 0] = plan.constant(inputs[1]).data;
  const [rows, columns, channels] = readShape(value);
  if (before + left + first !== 0) throw new Error('zeros are not behind the values');
  const answer = plan.takeValue([1, rows + below, columns + beside, channels + behind]);
  const { kernels } = plan;
  const [row, answerRow] = [columns * value.depth, (columns + beside) * answer.depth];
  plan.addStep(() => {
    plan.floats().fill(0, answer.place / 4, (answer.place + countBytes(answer)) / 4);
    for (let y = 0; y < rows; y++)
      kernels.copyRows(
        value.place + y * row,
        value.depth,
        answer.place + y * answerRow,
        answer.depth,
        columns,
        value.depth,
      );
  });
  return answer;
}

/** Bilinear, by the option between corners or pixel centres. */
function resize(plan: Plan, { inputs, option }: Parameters<Operator>[1]): Value {
  const value = plan.value(inputs[0]);
  const [height, width, channels] = readShape(value);
  const [rows = 1, columns = 1] = plan.constant(inputs[1]).data;
  const answer = plan.takeValue([1, rows, columns, channels]);
  const list = (count: number, from: number) =>
    Array.from({ length: count }, (_, to) => {
      const scale = option(2, 1) !== 0 && count > 1 ? (from - 1) / (count - 1) : from / count;
      const at = Math.max(0, option(3, 1) === 0 ? to * scale : (to + 0.5) * scale - 0.5);
      const first = Math.min(from - 1, Math.floor(at));
      return { first, second: Math.min(from - 1, first + 1), share: at - first };
    });
  const { kernels } = plan;
  const { depth } = value;
  const table = new DataView(new ArrayBuffer(16 * columns));
  for (const [at, { first, second, share }] of list(columns, width).entries()) {
    table.setUint32(at * 16, first * depth, true);
    table.setUint32(at * 16 + 4, second * depth, true);
    table.setFloat32(at * 16 + 8, share, true);
  }
  const tableAt = plan.places.keep(new Float32Array(table.buffer));
  const lines = list(rows, height);
  plan.addStep(() => {
    for (const [row, { first, second, share }] of lines.entries()) {
      const [top, bottom] = [value.place + first * width * depth, value.place + second * width * depth];
      kernels.stretch(top, bottom, answer.place + row * columns * depth, tableAt, columns, depth, share);
    }
  });
  return answer;
}

/** The same values as so many vectors, one close behind the other. */
function reshape(plan: Plan, { inputs, outputs }: Parameters<Operator>[1]): Value {
  const value = plan.value(inputs[0]);
  const { shape } = plan.constant(outputs[0]);
  const answer = takeVectors(plan, shape);
  const [, , channels] = readShape(value);
  const { kernels } = plan;
  const [from, to, step, pixels] = [value.place / 4, answer.place / 4, value.depth / 4, countPixels(value)];
  plan.addStep(() => {
    if (step === channels)
      return kernels.copyRows(value.place, 0, answer.place, 0, 1, roundUp(pixels * value.depth, 16));
    const floats = plan.floats();
    for (let pixel = 0; pixel < pixels; pixel++) {
      for (let at = 0; at < channels; at++)
        floats[to + pixel * channels + at] = floats[from + pixel * step + at] as number;
    }
  });
  return answer;
}

/** Of vectors, one list behind the other. */
function concatenate(plan: Plan, { inputs, outputs, option }: Parameters<Operator>[1]): Value {
  const { shape } = plan.constant(outputs[0]);
  if (option(0) !== 1 || shape.length !== 3) throw new Error('not lists are put together');
  const answer = takeVectors(plan, shape);
  let to = answer.place / 4;
  for (const tensor of inputs) {
    const value = plan.value(tensor);
    const [from, length, place] = [value.place / 4, countBytes(value) / 4, to];
    plan.addStep(() => plan.floats().copyWithin(place, from, from + length));
    to += length;
  }
  return answer;
}

function takeVectors(plan: Plan, shape: readonly number[]): Value {
  const count = shape.reduce((product, side) => product * side, 1);
  return { shape, place: plan.places.take(count * 4 + 16), depth: (shape.at(-1) ?? 1) * 4 };
}
