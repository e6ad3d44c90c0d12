import type { Network, NetworkOperation, NetworkTensor } from '../runner/read-network.ts';
import type { Weight } from './read-weights.ts';

/** Side in pixels of the picture that it looks at. */
export const chipPx = 150;

/**
 * The network of dlib that tells faces apart, as operations of a TensorFlow Lite file: from 150 × 150 pixels to a vector of 128
 * numbers. Fourteen residual blocks behind a convolution and a pool, their mean and a matrix (dlib's
 * examples/dnn_face_recognition_ex.cpp, its `anet_type`).
 */
export function layOutFaceNetwork(weights: ReadonlyMap<string, Weight>): Network {
  const { network, input, layers } = startNetwork([1, chipPx, chipPx, 3]);
  const { convolve, pool, add, mean, multiply } = layers(weights);
  const block = (value: number, name: string) => {
    const first = convolve(value, `${name}/conv1`, { isRectified: true });
    return add(convolve(first, `${name}/conv2`), value);
  };
  /** Of half the sides, by a mean of each four pixels beside the convolutions. */
  const halve = (value: number, name: string) => {
    const first = convolve(value, `${name}/conv1`, { stride: 2, isRectified: true });
    return add(convolve(first, `${name}/conv2`), pool(value, 'mean', 2));
  };
  let value = pool(convolve(input, 'conv32_down', { stride: 2, isRectified: true }), 'most', 3);
  for (const name of ['conv32_1', 'conv32_2', 'conv32_3']) value = block(value, name);
  value = halve(value, 'conv64_down');
  for (const name of ['conv64_1', 'conv64_2', 'conv64_3']) value = block(value, name);
  value = halve(value, 'conv128_down');
  for (const name of ['conv128_1', 'conv128_2']) value = block(value, name);
  value = halve(value, 'conv256_down');
  for (const name of ['conv256_1', 'conv256_2']) value = block(value, name);
  value = halve(value, 'conv256_down_out');
  return { ...network, inputs: [input], outputs: [multiply(mean(value), 'fc')] };
}

/** Numbers of BuiltinOperator in tensorflow/lite/schema/schema.fbs. */
const kinds = { add: 0, mean: 1, convolve: 3, convolveEach: 4, most: 17, rectify: 19, pad: 34 };
const valid = 1;

function startNetwork(shape: readonly number[]) {
  const tensors: NetworkTensor[] = [{ shape }];
  const operations: NetworkOperation[] = [];
  const shapeOf = (tensor: number) => (tensors[tensor] as NetworkTensor).shape as [number, number, number, number];
  const keep = (kept: readonly number[], data: Float32Array | Int32Array) => tensors.push({ shape: kept, data }) - 1;
  /** `options` are those of the operator's table, by their numbers. */
  const operate = (kind: number, inputs: number[], made: readonly number[], options: Record<number, number> = {}) => {
    const output = tensors.push({ shape: made }) - 1;
    const option = (field: number) => options[field] ?? 0;
    operations.push({ kind, inputs, outputs: [output], custom: new Uint8Array(), option });
    return output;
  };
  const rectify = (value: number) => operate(kinds.rectify, [value], shapeOf(value));
  const layers = (weights: ReadonlyMap<string, Weight>) => ({
    /** With the scale that follows every convolution multiplied into it. */
    convolve(value: number, name: string, { stride = 1, isRectified = false } = {}) {
      const [, rows, columns] = shapeOf(value);
      const { filters, bias, side, outs } = readConvolution(weights, name);
      const count = (from: number) => (stride === 1 ? from : Math.floor((from - side) / stride) + 1);
      const made = operate(
        kinds.convolve,
        [value, keep([outs, side, side, filters.length / outs / side / side], filters), keep([outs], bias)],
        [1, count(rows), count(columns), outs],
        { 0: stride === 1 ? 0 : valid, 1: stride, 2: stride },
      );
      return isRectified ? rectify(made) : made;
    },
    /** Of squares of `side`, two pixels apart. */
    pool(value: number, kind: 'most' | 'mean', side: number) {
      const [, rows, columns, channels] = shapeOf(value);
      const made = [1, Math.floor((rows - side) / 2) + 1, Math.floor((columns - side) / 2) + 1, channels];
      if (kind === 'most') return operate(kinds.most, [value], made, { 0: valid, 1: 2, 2: 2, 3: side, 4: side });
      const share = keep([1, side, side, channels], new Float32Array(side * side * channels).fill(1 / (side * side)));
      return operate(kinds.convolveEach, [value, share], made, { 0: valid, 1: 2, 2: 2 });
    },
    /** Rectified; what has fewer rows, columns or channels is filled up with zeros behind them. */
    add(one: number, other: number) {
      const [sides, others] = [shapeOf(one), shapeOf(other)];
      const made = sides.map((side, at) => Math.max(side, others[at] as number));
      const fill = (value: number) => {
        const own = shapeOf(value);
        const margins = own.flatMap((side, at) => [0, (made[at] as number) - side]);
        if (margins.every((margin) => margin === 0)) return value;
        return operate(kinds.pad, [value, keep([4, 2], Int32Array.from(margins))], made);
      };
      return rectify(operate(kinds.add, [fill(one), fill(other)], made));
    },
    /** Of all pixels. */
    mean(value: number) {
      const [, rows, columns, channels] = shapeOf(value);
      return operate(kinds.mean, [value], [1, 1, 1, channels], { 3: columns, 4: rows });
    },
    multiply(value: number, name: string) {
      const { shape: sides, data } = getWeight(weights, name);
      const [ins = 1, outs = 1] = sides;
      const turned = Float32Array.from(data, (_, at) => data[(at % ins) * outs + Math.floor(at / ins)] as number);
      return operate(kinds.convolve, [value, keep([outs, 1, 1, ins], turned)], [1, 1, 1, outs], { 1: 1, 2: 1 });
    },
  });
  return { network: { tensors, operations }, input: 0, layers };
}

/** From rows × columns × ins × outs to outs × rows × columns × ins. */
function readConvolution(weights: ReadonlyMap<string, Weight>, name: string) {
  const { shape, data } = getWeight(weights, `${name}/conv/filters`);
  const [side = 1, , ins = 1, outs = 1] = shape;
  const scale = getWeight(weights, `${name}/scale/weights`).data;
  const shift = getWeight(weights, `${name}/scale/biases`).data;
  const own = getWeight(weights, `${name}/conv/bias`).data;
  const rest = side * side * ins;
  const filters = new Float32Array(data.length);
  for (let out = 0; out < outs; out++) {
    for (let at = 0; at < rest; at++)
      filters[out * rest + at] = (data[at * outs + out] as number) * (scale[out] as number);
  }
  const bias = own.map((value, out) => value * (scale[out] as number) + (shift[out] as number));
  return { filters, bias, side, outs };
}

function getWeight(weights: ReadonlyMap<string, Weight>, name: string): Weight {
  const weight = weights.get(name);
  if (weight === undefined) throw new Error(`the network has no weight ${name}`);
  return weight;
}
