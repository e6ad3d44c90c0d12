import { join } from 'node:path';
import sharp, { type Sharp } from 'sharp';
import { describe, expect, test } from 'vitest';
import type { RgbImage } from '../../raster/raster.ts';
import { createThingsFinder } from './create-things-finder.ts';
import { layOutU2Net, type Operation } from './lay-out-u2net.ts';
import { planWholeNumbers, type RunWholeNumbers } from './plan-whole-numbers.ts';
import { countChannels, packLayer, squareValues, valueMax, type WholeLayer } from './weights.ts';

const fixtures = join(import.meta.dirname, '../../../../test/fixtures/media');

describe('whole numbers', () => {
  test.each<[string, number, Operation[]]>([
    ['one convolution', 5, [convolution(0, 16)]],
    ['one that is not rectified', 4, [convolution(0, 8, { isRectified: false })]],
    ['values that lie apart, further than the picture is wide', 6, [convolution(0, 8, { apart: 8 })]],
    [
      'pixels that are added',
      7,
      [convolution(0, 16), convolution(1, 16, { apart: 2 }), convolution(2, 16, { plus: 1 })],
    ],
    [
      'a block: halved, doubled, joined',
      8,
      [
        convolution(0, 16),
        { kind: 'halve', inputs: [1] },
        convolution(2, 8),
        { kind: 'double', inputs: [3] },
        { kind: 'join', inputs: [4, 1] },
        convolution(5, 16, { plus: 1 }),
        convolution(6, 1, { isRectified: false }),
      ],
    ],
  ])('%s: the kernels make what plain loops make', (_, side, operations) => {
    const random = createRandom(side);
    const picture = Int16Array.from({ length: side * side * 3 }, () => Math.floor(random() * 8000) - 4000);
    const layers = makeLayers(operations, random);
    const [run, larger] = planWholeNumbers(operations, Buffer.concat(layers.map(packLayer)), [side, 2 * side]) as [
      RunWholeNumbers,
      RunWholeNumbers,
    ];
    const wanted = runPlainly(operations, layers, picture, side);
    expect(new Set(wanted).size).toBeGreaterThan(3);
    expect([...run(picture)]).toEqual(wanted);
    larger(new Int16Array(4 * side * side * 3).fill(777));
    expect([...run(picture)], 'nothing of a run is left for the next').toEqual(wanted);
  });

  test('values end at their limit instead of turning over', () => {
    const operations = [convolution(0, 8)];
    const [layer] = makeLayers(operations, createRandom(1)) as [WholeLayer];
    const large = { ...layer, bias: new Float32Array(8).fill(1e9) };
    const answer = planWholeNumbers(operations, packLayer(large), [4])[0]?.(new Int16Array(48).fill(1000));
    expect(new Set(answer)).toEqual(new Set([valueMax]));
  });

  test('a file of another size is refused', () => {
    expect(() => planWholeNumbers(layOutU2Net(), new Uint8Array(1000), [64])).toThrow(
      'the network has 1741152 bytes of weights, the file 1000',
    );
  });
});

const { draw, glance } = createThingsFinder();

describe('the network that knows things', () => {
  test.each([
    ['duck.jpg', 0.1, 0.6],
    ['bear.jpg', 0.1, 0.8],
  ])('finds the toy in the middle of %s and not what is around', async (name, least, most) => {
    const picture = await load(name);
    const { width, height, data } = draw(picture);
    expect([width, height]).toEqual([80, 80]);
    const share = data.filter((chance) => chance >= 0.5).length / data.length;
    expect(share).toBeGreaterThan(least);
    expect(share).toBeLessThan(most);
    expect(data[40 * 80 + 40]).toBeGreaterThan(0.9);
    for (const corner of [0, 79, 79 * 80]) expect(data[corner]).toBeLessThan(0.1);
    expect(draw(picture).data).toEqual(data);
  });

  test('a glance sees the same toy, also after a look at another picture', async () => {
    const picture = await load('duck.jpg');
    const seen = glance(picture);
    const drawn = draw(picture);
    expect([seen.width, seen.height]).toEqual([48, 48]);
    const share = ({ data }: typeof seen) => data.filter((chance) => chance >= 0.5).length / data.length;
    expect(Math.abs(share(seen) - share(drawn))).toBeLessThan(0.05);
    draw(await load('bear.jpg'));
    expect(glance(picture)).toEqual(seen);
    expect(draw(picture)).toEqual(drawn);
  });

  test('a mirrored picture is drawn as the mirrored toy', async () => {
    const picture = await load('duck.jpg');
    const mirrored = await load('duck.jpg', (image) => image.flop());
    const [one, other] = [draw(picture).data, draw(mirrored).data];
    let [both, either] = [0, 0];
    for (let pixel = 0; pixel < one.length; pixel++) {
      const across = pixel - (pixel % 80) + 79 - (pixel % 80);
      const [left, right] = [(one[pixel] as number) >= 0.5, (other[across] as number) >= 0.5];
      if (left && right) both++;
      if (left || right) either++;
    }
    expect(both / either).toBeGreaterThan(0.9);
  });
});

async function load(name: string, change = (image: Sharp) => image): Promise<RgbImage> {
  const image = change(sharp(join(fixtures, name)).resize(512, 512, { fit: 'inside' }).removeAlpha());
  const { data, info } = await image.raw().toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, data: new Uint8Array(data) };
}

function convolution(
  input: number,
  outs: number,
  { apart = 1, isRectified = true, plus }: { apart?: number; isRectified?: boolean; plus?: number } = {},
): Operation {
  return { kind: 'convolve', inputs: [input], outs, apart, isRectified, ...(plus !== undefined && { plus }) };
}

function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return state / 2 ** 31;
  };
}

function makeLayers(operations: readonly Operation[], random: () => number): WholeLayer[] {
  const channels = countChannels(operations);
  return operations.flatMap((operation) => {
    if (operation.kind !== 'convolve') return [];
    const [ins, { outs }] = [channels[operation.inputs[0]] as number, operation];
    const weights = Int16Array.from({ length: outs * squareValues * ins }, () => Math.floor(random() * 401) - 200);
    const list = (scale: number) => Float32Array.from({ length: outs }, () => random() * scale);
    return [{ ins, outs, weights, scale: list(0.001), bias: list(300), share: list(1) }];
  });
}

/** The last tensor's first channel. */
function runPlainly(
  operations: readonly Operation[],
  layers: readonly WholeLayer[],
  picture: Int16Array,
  side: number,
): number[] {
  const channels = countChannels(operations);
  const tensors: { side: number; at: (y: number, x: number, channel: number) => number }[] = [];
  const keep = (sides: number, count: number, value: (y: number, x: number, channel: number) => number) => {
    const data = Array.from({ length: sides * sides * count }, (_, at) =>
      value(Math.floor(at / count / sides), Math.floor(at / count) % sides, at % count),
    );
    const at = (y: number, x: number, channel: number) =>
      y < 0 || x < 0 || y >= sides || x >= sides ? 0 : (data[(y * sides + x) * count + channel] as number);
    tensors.push({ side: sides, at });
  };
  keep(side, 3, (y, x, channel) => picture[(y * side + x) * 3 + channel] as number);
  let layer = 0;
  for (const [index, operation] of operations.entries()) {
    const [first, second] = operation.inputs.map((input) => tensors[input]) as [
      (typeof tensors)[0],
      (typeof tensors)[0],
    ];
    const count = channels[index + 1] as number;
    const ins = channels[operation.inputs[0]] as number;
    if (operation.kind === 'halve') {
      keep(first.side / 2, count, (y, x, channel) =>
        Math.max(...[0, 1, 2, 3].map((corner) => first.at(2 * y + (corner >> 1), 2 * x + (corner % 2), channel))),
      );
    } else if (operation.kind === 'double') {
      const lean = (near: number, far: number) => Math.floor((3 * near + far + 2) / 4);
      const far = (at: number) => Math.min(first.side - 1, Math.max(0, (at >> 1) + (at % 2 === 0 ? -1 : 1)));
      keep(2 * first.side, count, (y, x, channel) => {
        const across = (column: number) => lean(first.at(y >> 1, column, channel), first.at(far(y), column, channel));
        return lean(across(x >> 1), across(far(x)));
      });
    } else if (operation.kind === 'join') {
      keep(first.side, count, (y, x, channel) =>
        channel < ins ? first.at(y, x, channel) : second.at(y, x, channel - ins),
      );
    } else {
      const { weights, scale, bias, share } = layers[layer++] as WholeLayer;
      const added = operation.plus === undefined ? undefined : tensors[operation.plus];
      keep(first.side, count, (y, x, out) => {
        let sum = 0;
        for (let square = 0; square < squareValues; square++) {
          const [row, column] = [
            y + (Math.floor(square / 3) - 1) * operation.apart,
            x + ((square % 3) - 1) * operation.apart,
          ];
          for (let channel = 0; channel < ins; channel++)
            sum += first.at(row, column, channel) * (weights[(out * squareValues + square) * ins + channel] as number);
        }
        const float = Math.fround;
        let value = float(float(sum) * (scale[out] as number));
        value = float(value + (bias[out] as number));
        if (operation.isRectified) value = Math.max(0, value);
        if (added !== undefined) value = float(value + float(float(added.at(y, x, out)) * (share[out] as number)));
        return Math.min(valueMax, Math.max(-32_768, roundToEven(value)));
      });
    }
  }
  const last = tensors.at(-1) as (typeof tensors)[0];
  return Array.from({ length: last.side ** 2 }, (_, at) => last.at(Math.floor(at / last.side), at % last.side, 0));
}

function roundToEven(value: number): number {
  const rounded = Math.round(value);
  return Math.abs(value % 1) === 0.5 && rounded % 2 !== 0 ? rounded - 1 : rounded;
}
