import type { Operation } from '../../src/media/networks/things/lay-out-u2net.ts';
import { countChannels } from '../../src/media/networks/things/weights.ts';
import type { Convolution } from './read-onnx-convolutions.ts';

/** Rows × columns × channels. */
export interface FloatTensor {
  readonly side: number;
  readonly channels: number;
  readonly data: Float32Array;
}

/** Every tensor of a network, the picture first, in 32-bit floats and by plain loops: what the whole numbers are held against. */
export function runInFloats(
  operations: readonly Operation[],
  convolutions: readonly Convolution[],
  picture: FloatTensor,
): FloatTensor[] {
  const tensors = [picture];
  const counts = countChannels(operations);
  let layer = 0;
  for (const operation of operations) {
    const [first, second] = operation.inputs.map((input) => tensors[input]) as [FloatTensor, FloatTensor];
    if (operation.kind === 'halve') tensors.push(halve(first));
    else if (operation.kind === 'double') tensors.push(double(first));
    else if (operation.kind === 'join') tensors.push(join(first, second));
    else {
      const { outs, apart, isRectified, plus } = operation;
      const made = convolve(first, convolutions[layer++] as Convolution, outs, apart, isRectified);
      const added = plus === undefined ? undefined : tensors[plus]?.data;
      tensors.push(
        added === undefined ? made : { ...made, data: made.data.map((value, at) => value + (added[at] as number)) },
      );
    }
  }
  if (tensors.some(({ channels }, at) => channels !== counts[at]))
    throw new Error('a tensor has other channels than were laid out');
  return tensors;
}

function convolve(
  input: FloatTensor,
  { weights, bias }: Convolution,
  outs: number,
  apart: number,
  isRectified: boolean,
): FloatTensor {
  const { side, channels, data } = input;
  // By square × ins × outs: the innermost loop then goes over neighbours.
  const turned = new Float32Array(weights.length);
  for (let out = 0, from = 0; out < outs; out++) {
    for (let channel = 0; channel < channels; channel++) {
      for (let value = 0; value < 9; value++)
        turned[(value * channels + channel) * outs + out] = weights[from++] as number;
    }
  }
  const answer = new Float32Array(side * side * outs);
  const sums = new Float32Array(outs);
  for (let pixel = 0; pixel < side * side; pixel++) {
    sums.set(bias);
    for (let value = 0; value < 9; value++) {
      const y = Math.floor(pixel / side) + (Math.floor(value / 3) - 1) * apart;
      const x = (pixel % side) + ((value % 3) - 1) * apart;
      if (x < 0 || y < 0 || x >= side || y >= side) continue;
      for (let channel = 0; channel < channels; channel++) {
        const given = data[(y * side + x) * channels + channel] as number;
        const from = (value * channels + channel) * outs;
        if (given !== 0)
          for (let out = 0; out < outs; out++)
            sums[out] = (sums[out] as number) + given * (turned[from + out] as number);
      }
    }
    for (let out = 0; out < outs; out++)
      answer[pixel * outs + out] = isRectified ? Math.max(0, sums[out] as number) : (sums[out] as number);
  }
  return { side, channels: outs, data: answer };
}

function halve({ side, channels, data }: FloatTensor): FloatTensor {
  return make(side / 2, channels, (y, x, channel) => {
    const values = [0, 1, side, side + 1].map(
      (step) => data[(2 * y * side + 2 * x + step) * channels + channel] as number,
    );
    return Math.max(...values);
  });
}

function double({ side, channels, data }: FloatTensor): FloatTensor {
  const near = (at: number) => at >> 1;
  const far = (at: number) => Math.min(side - 1, Math.max(0, near(at) + (at % 2 === 0 ? -1 : 1)));
  return make(2 * side, channels, (y, x, channel) => {
    const value = (row: number, column: number) => data[(row * side + column) * channels + channel] as number;
    const above = 3 * value(near(y), near(x)) + value(near(y), far(x));
    return (3 * above + 3 * value(far(y), near(x)) + value(far(y), far(x))) / 16;
  });
}

function join(first: FloatTensor, second: FloatTensor): FloatTensor {
  const channels = first.channels + second.channels;
  return make(first.side, channels, (y, x, channel) => {
    const isFirst = channel < first.channels;
    const from = isFirst ? first : second;
    return from.data[(y * first.side + x) * from.channels + (isFirst ? channel : channel - first.channels)] as number;
  });
}

function make(side: number, channels: number, value: (y: number, x: number, channel: number) => number): FloatTensor {
  const data = new Float32Array(side * side * channels);
  for (let at = 0; at < data.length; at++) {
    const pixel = Math.floor(at / channels);
    data[at] = value(Math.floor(pixel / side), pixel % side, at % channels);
  }
  return { side, channels, data };
}
