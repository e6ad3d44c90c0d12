import { describe, expect, test } from 'vitest';
import { planNetwork } from './plan-network.ts';
import type { Network, NetworkOperation, NetworkTensor } from './read-network.ts';

const wave = (count: number, step: number) => Float32Array.from({ length: count }, (_, at) => Math.sin(at * step));
const sizeOf = (shape: readonly number[]) => shape.reduce((product, side) => product * side, 1);

/** A layer of a network: its kind, what else it takes besides the tensor before, options by field, the shape it makes. */
interface Layer {
  readonly kind: number | string;
  readonly constants?: readonly NetworkTensor[];
  /** Tensors by number; the one before by default. */
  readonly takes?: readonly number[];
  readonly options?: Readonly<Record<number, number>>;
  readonly custom?: Uint8Array;
  readonly shape: readonly number[];
}

/** Tensor 0 is the input, tensor `n` what layer `n` (from 1) makes. */
function makeNetwork(shape: readonly number[], layers: readonly Layer[], outputs = [layers.length]): Network {
  const tensors: NetworkTensor[] = [{ shape }, ...layers.map((layer) => ({ shape: layer.shape }))];
  const operations = layers.map(
    ({ kind, constants = [], takes, options = {}, custom = new Uint8Array() }, at): NetworkOperation => {
      const first = tensors.push(...constants) - constants.length;
      const inputs = [...(takes ?? [at]), ...constants.map((_, index) => first + index)];
      return { kind, inputs, outputs: [at + 1], custom, option: (field) => options[field] ?? 0 };
    },
  );
  return { tensors, operations, inputs: [0], outputs };
}

function expectClose(found: Float32Array | undefined, expected: ArrayLike<number>) {
  expect(found).toHaveLength(expected.length);
  for (let at = 0; at < expected.length; at++) expect(found?.[at]).toBeCloseTo(expected[at] as number, 4);
}

/** As the definition of a convolution has it, with margins of zeros so that every stride has an answer. */
function convolvePlainly(values: Float32Array, weights: Float32Array, bias: Float32Array, sizes: Sizes): number[] {
  const { height, width, channels, outs, side, stride, each } = sizes;
  const [rows, columns] = [Math.ceil(height / stride), Math.ceil(width / stride)];
  const above = Math.max(0, (rows - 1) * stride + side - height) >> 1;
  const before = Math.max(0, (columns - 1) * stride + side - width) >> 1;
  return Array.from({ length: rows * columns * outs }, (_, index) => {
    const [out, x, y] = [index % outs, Math.floor(index / outs) % columns, Math.floor(index / outs / columns)];
    let sum = bias[out] as number;
    for (let u = 0; u < side; u++) {
      for (let v = 0; v < side; v++) {
        const [row, column] = [y * stride + u - above, x * stride + v - before];
        if (row < 0 || row >= height || column < 0 || column >= width) continue;
        for (let channel = 0; channel < channels; channel++) {
          if (each && channel !== out) continue;
          const weight = each
            ? (u * side + v) * channels + channel
            : ((out * side + u) * side + v) * channels + channel;
          sum += (values[(row * width + column) * channels + channel] as number) * (weights[weight] as number);
        }
      }
    }
    return sum;
  });
}

interface Sizes {
  height: number;
  width: number;
  channels: number;
  outs: number;
  side: number;
  stride: number;
  each: boolean;
}

describe('a planned network', () => {
  test.each<[number, number, number, number, number, number]>([
    [1, 1, 96, 24, 1, 1],
    [5, 7, 5, 3, 1, 1],
    [8, 8, 3, 16, 3, 2],
    [7, 9, 6, 5, 5, 1],
    [3, 3, 4, 4, 3, 1],
    [9, 6, 7, 10, 3, 2],
  ])(
    '%i × %i pixels of %i channels are convolved to %i by squares of %i, stride %i',
    (height, width, channels, outs, side, stride) => {
      const [x, w, bias] = [
        wave(height * width * channels, 0.7),
        wave(side * side * channels * outs, 0.3),
        wave(outs, 1.1),
      ];
      const shape = [1, Math.ceil(height / stride), Math.ceil(width / stride), outs];
      const { run } = planNetwork(
        makeNetwork(
          [1, height, width, channels],
          [
            {
              kind: 3,
              constants: [
                { shape: [outs, side, side, channels], data: w },
                { shape: [outs], data: bias },
              ],
              options: { 1: stride, 2: stride },
              shape,
            },
          ],
        ),
      );
      expectClose(run(x)[0], convolvePlainly(x, w, bias, { height, width, channels, outs, side, stride, each: false }));
    },
  );

  test.each<[number, number, number, number, number]>([
    [7, 5, 6, 3, 2],
    [8, 8, 16, 5, 1],
    [2, 3, 3, 3, 1],
    [6, 6, 42, 3, 2],
  ])(
    '%i × %i pixels: each of %i channels is filtered by its own square of %i, stride %i',
    (height, width, channels, side, stride) => {
      const [x, w, bias] = [
        wave(height * width * channels, 0.4),
        wave(side * side * channels, 0.9),
        wave(channels, 0.2),
      ];
      const shape = [1, Math.ceil(height / stride), Math.ceil(width / stride), channels];
      const { run } = planNetwork(
        makeNetwork(
          [1, height, width, channels],
          [
            {
              kind: 4,
              constants: [
                { shape: [1, side, side, channels], data: w },
                { shape: [channels], data: bias },
              ],
              options: { 1: stride, 2: stride },
              shape,
            },
          ],
        ),
      );
      expectClose(
        run(x)[0],
        convolvePlainly(x, w, bias, { height, width, channels, outs: channels, side, stride, each: true }),
      );
    },
  );

  test('a sum is rectified where only that is used of it, and channels of zeros come behind', () => {
    const shape = [1, 4, 4, 6];
    const x = wave(sizeOf([1, 4, 4, 3]), 0.8);
    const { run } = planNetwork(
      makeNetwork(
        [1, 4, 4, 3],
        [
          { kind: 34, constants: [{ shape: [4, 2], data: Int32Array.of(0, 0, 0, 0, 0, 0, 0, 3) }], shape },
          { kind: 0, takes: [1, 1], shape },
          { kind: 19, shape },
        ],
      ),
    );
    const expected = Array.from({ length: 96 }, (_, at) =>
      at % 6 < 3 ? Math.max(0, 2 * (x[Math.floor(at / 6) * 3 + (at % 6)] as number)) : 0,
    );
    expectClose(run(x)[0], expected);
  });

  test('channels are weighed by what their mean becomes', () => {
    const [shape, one] = [
      [1, 2, 2, 5],
      [1, 1, 1, 5],
    ];
    const x = wave(20, 1.3);
    const { run } = planNetwork(
      makeNetwork(shape, [
        { kind: 1, options: { 3: 2, 4: 2 }, shape: one },
        { kind: 14, shape: one },
        { kind: 18, takes: [0, 2], shape },
        { kind: 117, shape },
      ]),
    );
    const share = (channel: number) => {
      const mean = [0, 5, 10, 15].reduce((sum, at) => sum + (x[at + channel] as number) / 4, 0);
      return 1 / (1 + Math.exp(-mean));
    };
    const swish = (value: number) => (value * Math.min(6, Math.max(0, value + 3))) / 6;
    expectClose(
      run(x)[0],
      Array.from(x, (value, at) => swish(value * share(at % 5))),
    );
  });

  test('the most of four pixels, and a picture enlarged between pixel centres', () => {
    const x = wave(4 * 4 * 3, 0.6);
    const { run } = planNetwork(
      makeNetwork(
        [1, 4, 4, 3],
        [
          { kind: 17, options: { 1: 2, 2: 2, 3: 2, 4: 2 }, shape: [1, 2, 2, 3] },
          { kind: 23, constants: [{ shape: [2], data: Int32Array.of(4, 4) }], options: { 3: 1 }, shape: [1, 4, 4, 3] },
        ],
      ),
    );
    const at = (y: number, column: number, channel: number) => x[(y * 4 + column) * 3 + channel] as number;
    const most = (y: number, column: number, channel: number) =>
      Math.max(...[0, 1].flatMap((u) => [0, 1].map((v) => at(2 * y + u, 2 * column + v, channel))));
    const between = (to: number) => [0, 0.25, 0.75, 1][to] as number;
    const expected = Array.from({ length: 48 }, (_, index) => {
      const [channel, down, across] = [index % 3, between(Math.floor(index / 12)), between(Math.floor(index / 3) % 4)];
      const upper = most(0, 0, channel) * (1 - across) + most(0, 1, channel) * across;
      const lower = most(1, 0, channel) * (1 - across) + most(1, 1, channel) * across;
      return upper * (1 - down) + lower * down;
    });
    expectClose(run(x)[0], expected);
  });

  test('answers of two sizes become one list, and every output is answered', () => {
    const x = wave(16 * 2, 0.35);
    const weights = wave(4, 0.9);
    const point: Layer = {
      kind: 3,
      constants: [{ shape: [2, 1, 1, 2], data: weights }],
      options: { 1: 1, 2: 1 },
      shape: [1, 4, 4, 2],
    };
    const { run } = planNetwork(
      makeNetwork(
        [1, 4, 4, 2],
        [
          point,
          { kind: 17, options: { 1: 2, 2: 2, 3: 2, 4: 2 }, shape: [1, 2, 2, 2] },
          { kind: 22, takes: [1], shape: [1, 32, 1] },
          { kind: 22, takes: [2], shape: [1, 8, 1] },
          { kind: 2, takes: [3, 4], options: { 0: 1 }, shape: [1, 40, 1] },
        ],
        [5, 2],
      ),
    );
    const sums = Array.from(x, (_, at) => {
      const pixel = at - (at % 2);
      const first = (at % 2) * 2;
      return (
        (x[pixel] as number) * (weights[first] as number) + (x[pixel + 1] as number) * (weights[first + 1] as number)
      );
    });
    const most = Array.from({ length: 8 }, (_, at) => {
      const [channel, column, row] = [at % 2, Math.floor(at / 2) % 2, Math.floor(at / 4)];
      const first = (row * 8 + column * 2) * 2 + channel;
      return Math.max(...[0, 2, 8, 10].map((step) => sums[first + step] as number));
    });
    const [list, pool] = run(x);
    expectClose(list, [...sums, ...most]);
    expectClose(pool, most);
  });

  test('a transposed convolution lays a square for each pixel', () => {
    const x = wave(2 * 3 * 4, 0.5);
    const weights = wave(16, 0.7);
    const custom = new Uint8Array(Int32Array.of(0, 2, 2).buffer);
    const { run } = planNetwork(
      makeNetwork(
        [1, 2, 3, 4],
        [
          {
            kind: 'Convolution2DTransposeBias',
            constants: [
              { shape: [1, 2, 2, 4], data: weights },
              { shape: [1], data: Float32Array.of(0.25) },
            ],
            custom,
            shape: [1, 4, 6, 1],
          },
        ],
      ),
    );
    const expected = Array.from({ length: 24 }, (_, at) => {
      const [row, column] = [Math.floor(at / 6), at % 6];
      const pixel = (Math.floor(row / 2) * 3 + Math.floor(column / 2)) * 4;
      const square = ((row % 2) * 2 + (column % 2)) * 4;
      return [0, 1, 2, 3].reduce((sum, c) => sum + (x[pixel + c] as number) * (weights[square + c] as number), 0.25);
    });
    expectClose(run(x)[0], expected);
  });

  test('the second picture is not mixed with the first', () => {
    const shape = [1, 5, 5, 3];
    const weights = { shape: [1, 3, 3, 3], data: wave(27, 0.4) };
    const layer: Layer = { kind: 4, constants: [weights], options: { 1: 1, 2: 1 }, shape };
    const { run } = planNetwork(makeNetwork(shape, [layer, layer, { kind: 0, takes: [1, 2], shape }]));
    const [first] = run(wave(75, 0.2));
    run(wave(75, 0.9));
    expect(run(wave(75, 0.2))[0]).toEqual(first);
  });

  test('an operator that is not known is refused when the network is planned', () => {
    expect(() => planNetwork(makeNetwork([1, 2, 2, 1], [{ kind: 99, shape: [1, 2, 2, 1] }]))).toThrow('operator 99');
  });
});
