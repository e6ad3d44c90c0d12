import type { Operation } from './lay-out-u2net.ts';

/** Channels that kernels.wat works on at a time. */
const channelsAtOnce = 8;
/** Values of a 3 × 3 square. */
export const squareValues = 9;
/** Largest value between the layers, and of a weight. */
export const valueMax = 8191;
export const weightMax = 32_767;
/** Whole numbers to 1 of a color, (share of 255 - mean) ÷ deviation, and to 1 of the log-odds. */
export const inputSteps = 1500;
export const outputSteps = 256;

/** Numbers before the weights of each eight outs: scales, biases, shares of what is added. */
const headBytes = 3 * channelsAtOnce * 4;

/** Bytes of a convolution's weights in the file, from `ins` channels (counted by eights), as kernels.wat reads them. */
export function countWeightBytes(ins: number, outs: number): number {
  const blocks = Math.ceil(outs / channelsAtOnce);
  return blocks * (headBytes + squareValues * roundUpChannels(ins) * channelsAtOnce * 2);
}

/** Channels of a pixel in the kernels' memory. */
export function roundUpChannels(count: number): number {
  return Math.ceil(count / channelsAtOnce) * channelsAtOnce;
}

/** What a convolution has learned, in whole numbers; all by outs, `weights` by outs × square × ins. */
export interface WholeLayer {
  readonly ins: number;
  readonly outs: number;
  readonly weights: Int16Array;
  /** A sum of whole numbers times `scale` plus `bias` is an answer in whole numbers; what is added to it counts `share` times. */
  readonly scale: Float32Array;
  readonly bias: Float32Array;
  readonly share: Float32Array;
}

/** The layer's bytes as the file and the kernels' memory have them: for each eight outs the head, then for each two ins of each of the nine values eight times two weights. */
export function packLayer({ ins, outs, weights, scale, bias, share }: WholeLayer): Uint8Array {
  const bytes = new Uint8Array(countWeightBytes(ins, outs));
  const view = new DataView(bytes.buffer);
  const depth = roundUpChannels(ins);
  const block = countWeightBytes(ins, 1);
  for (let out = 0; out < outs; out++) {
    const [head, lane] = [Math.floor(out / channelsAtOnce) * block, out % channelsAtOnce];
    for (const [at, values] of [scale, bias, share].entries())
      view.setFloat32(head + (at * channelsAtOnce + lane) * 4, values[out] as number, true);
    for (let value = 0; value < squareValues; value++) {
      for (let channel = 0; channel < ins; channel++) {
        const pair = (value * depth + channel - (channel % 2)) / 2;
        const place = head + headBytes + (pair * 2 * channelsAtOnce + lane * 2 + (channel % 2)) * 2;
        view.setInt16(place, weights[(out * squareValues + value) * ins + channel] as number, true);
      }
    }
  }
  return bytes;
}

/** Channels of each tensor: that of the picture first. */
export function countChannels(operations: readonly Operation[]): number[] {
  const counts = [3];
  for (const operation of operations) {
    const ins = operation.inputs.reduce((sum, input) => sum + (counts[input] as number), 0);
    counts.push(operation.kind === 'convolve' ? operation.outs : ins);
  }
  return counts;
}
