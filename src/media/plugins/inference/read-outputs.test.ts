import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { drawRaster } from '../../../../test/helpers/draw-raster.ts';
import { resampleRgb } from '../../raster/resample-rgb.ts';
import { enlargePlane } from '../../raster/resize-raster.ts';
import type { FaceArchitecture, PictureInput } from '../architecture.ts';
import { findArchitecture } from '../architectures/architectures.ts';
import { compareEmbeddings, readEmbedding } from './read-embedding.ts';
import { type Face, readFaces } from './read-faces.ts';
import { readMatte } from './read-matte.ts';
import { toTensor } from './to-tensor.ts';

const floats = (dims: number[], fill: (at: number) => number) => ({
  dims,
  data: Float32Array.from({ length: dims.reduce((product, side) => product * side, 1) }, (_, at) => fill(at)),
});

describe('pictures become tensors', () => {
  const input: PictureInput = {
    layout: 'NCHW',
    width: 4,
    height: 4,
    fit: 'stretch',
    channels: 'rgb',
    mean: [0, 0, 0],
    deviation: [1, 1, 1],
  };
  const open = { name: 'x', type: 'float32', shape: [1, 3, null, null] };
  const wide = drawRaster(8, 4, (x) => [x < 4 ? 255 : 0, 51, 102]);

  test('planes of red, green and blue, or interleaved, or blue first', () => {
    const planes = toTensor(wide, input, open);
    expect(planes.dims).toEqual([1, 3, 4, 4]);
    expect([planes.data[0], planes.data[3]]).toEqual([1, 0]);
    expect(planes.data[16]).toBeCloseTo(0.2);
    expect(planes.data[32]).toBeCloseTo(0.4);
    const reversed = toTensor(wide, { ...input, channels: 'bgr' }, open);
    expect(reversed.data[0]).toBeCloseTo(0.4);
    expect(reversed.data[32]).toBe(1);
    const woven = toTensor(wide, { ...input, layout: 'NHWC' }, { ...open, shape: [1, null, null, 3] });
    expect(woven.dims).toEqual([1, 4, 4, 3]);
    expect(Array.from(woven.data.subarray(0, 3), (value) => value.toFixed(1))).toEqual(['1.0', '0.2', '0.4']);
  });

  test('mean and deviation are those of each color, whatever the order of the planes', () => {
    const { data } = toTensor(wide, { ...input, channels: 'bgr', mean: [0, 0.2, 0.4], deviation: [0.5, 1, 1] }, open);
    expect([data[0], data[16]].map((value) => value?.toFixed(3))).toEqual(['0.000', '0.000']);
    expect(data[32]).toBe(2);
  });

  test('a letterboxed picture keeps its shape, and the rest is what the model takes for nothing', () => {
    const boxed = toTensor(wide, { ...input, fit: 'letterbox' }, open);
    expect([boxed.filledWidth, boxed.filledHeight]).toEqual([4, 2]);
    expect(Array.from(boxed.data.subarray(8, 16))).toEqual(new Array(8).fill(0));
  });

  test('sides that the model fixes win; open ones keep the shape in whole steps where the architecture asks for it', () => {
    expect(toTensor(wide, input, { ...open, shape: [1, 3, 6, 10] }).dims).toEqual([1, 3, 6, 10]);
    expect(toTensor(wide, { ...input, width: 64, height: 64, keepShapeMultiple: 32 }, open).dims).toEqual([
      1, 3, 64, 128,
    ]);
  });

  test('shrinking is that of another resizer within half a level, enlarging is bilinear, and the same size is the same', async () => {
    const [width, height] = [61, 47];
    const picture = drawRaster(width, height, (x, y) => [128 + 100 * Math.sin(x / 6), 4 * y, x < 30 ? 20 : 230]);
    const ours = resampleRgb(picture, 20, 30);
    const theirs = await sharp(picture.data, { raw: { width, height, channels: 3 } })
      .resize(20, 30, { fit: 'fill', kernel: 'linear' })
      .raw()
      .toBuffer();
    const differences = Array.from(theirs, (value, at) => Math.abs(value - (ours[at] as number)));
    expect(differences.reduce((sum, one) => sum + one, 0) / theirs.length).toBeLessThan(0.5);
    const red = { width, height, data: Float32Array.from(picture.data.filter((_, at) => at % 3 === 0)) };
    const larger = resampleRgb(picture, 100, 90).filter((_, at) => at % 3 === 0);
    for (const [at, value] of enlargePlane(red, 100, 90).data.entries()) expect(larger[at]).toBeCloseTo(value, 2);
    expect(Array.from(resampleRgb(picture, width, height))).toEqual(Array.from(picture.data));
  });
});

describe('mattes', () => {
  const size = { width: 3, height: 2 };

  test('each activation gives 0…1', () => {
    const raw = floats([1, 1, 2, 3], (at) => at - 2);
    expect(readMatte(raw, size, 'none').data).toEqual(Float32Array.from([0, 0, 0, 1, 1, 1]));
    expect(readMatte(raw, size, 'sigmoid').data[2]).toBeCloseTo(0.5);
    const half = floats([1, 1, 2, 3], (at) => 0.1 + at / 10);
    expect(Array.from(readMatte(half, size, 'min-max').data, (value) => Number(value.toFixed(1)))).toEqual([
      0, 0.2, 0.4, 0.6, 0.8, 1,
    ]);
  });

  test('a matte that found nothing is not stretched into one', () => {
    const faint = readMatte(
      floats([1, 1, 2, 3], (at) => at / 100),
      size,
      'min-max',
    );
    expect(Math.max(...faint.data)).toBeCloseTo(0.05);
  });

  test('another size, NaN and infinity are faults of the model', () => {
    expect(() =>
      readMatte(
        floats([1, 2, 2, 3], () => 0),
        size,
        'none',
      ),
    ).toThrow('gave a matte of [1, 2, 2, 3], expected [1, 1, 2, 3]');
    for (const bad of [Number.NaN, Number.POSITIVE_INFINITY]) {
      const values = floats([1, 1, 2, 3], (at) => (at === 4 ? bad : 0));
      expect(() => readMatte(values, size, 'sigmoid')).toThrow('gave 1 of 6 values that are not numbers');
    }
  });
});

describe('embeddings', () => {
  test('length is taken out, and only the first token counts where there are many', () => {
    expect(
      Array.from(
        readEmbedding(
          floats([1, 2], (at) => [3, 4][at] as number),
          'whole',
        ),
      ),
    ).toEqual([3 / 5, 4 / 5].map(Math.fround));
    const tokens = floats([1, 3, 2], (at) => (at < 2 ? at : 100));
    expect(Array.from(readEmbedding(tokens, 'first-token'))).toEqual([0, 1]);
  });

  test('zeros, NaN and another shape are faults of the model', () => {
    expect(() =>
      readEmbedding(
        floats([1, 2], () => 0),
        'whole',
      ),
    ).toThrow('nothing but zeros');
    expect(() =>
      readEmbedding(
        floats([1, 2], () => Number.NaN),
        'whole',
      ),
    ).toThrow('not numbers');
    expect(() =>
      readEmbedding(
        floats([1, 2, 2], () => 1),
        'whole',
      ),
    ).toThrow('gave [1, 2, 2], expected [1, N]');
  });

  test('the score is one half at the stated cosine and grows with likeness', () => {
    const one = Float32Array.from([1, 0]);
    const other = Float32Array.from([0.6, 0.8]);
    expect(compareEmbeddings(one, other, { at: 0.6, slope: 10 })).toBe(0.5);
    expect(compareEmbeddings(one, one, { at: 0.6, slope: 10 })).toBe(0.982);
  });
});

describe('faces', () => {
  const architecture = (id: string) => findArchitecture(id) as FaceArchitecture;
  /** To the three decimals that are kept. */
  const expectNear = (face: Face | undefined, expected: Face) => {
    for (const [name, value] of Object.entries(expected)) {
      expect(Math.abs((face?.[name as keyof Face] ?? Number.NaN) - value), name).toBeLessThan(0.0011);
    }
  };
  const whole = (side: number) => ({ width: side, height: side, filledWidth: side, filledHeight: side });

  test('UltraFace: corners as shares, background first; of two boxes on one face the surer stays', () => {
    const scores = floats([1, 4420, 2], (at) => ({ 1: 0.8, 3: 0.95, 5: 0.75 })[at] ?? 0);
    const corners = [0.1, 0.1, 0.3, 0.4, 0.1, 0.1, 0.3, 0.42, 0.6, 0.6, 0.7, 0.8];
    const boxes = floats([1, 4420, 4], (at) => corners[at] ?? 0);
    const input = { width: 320, height: 240, filledWidth: 320, filledHeight: 120 };
    // The picture fills the upper half of the input, so its shares of the height are twice the input's.
    expect(readFaces([scores, boxes], architecture('ultraface-320'), input)).toEqual([
      { left: 0.1, top: 0.2, right: 0.3, bottom: 0.84, score: 0.95 },
      { left: 0.6, top: 1, right: 0.7, bottom: 1, score: 0.75 },
    ]);
  });

  test('YuNet: cells of three grids, root of class × objectness, logarithmic sides', () => {
    const outputs = architecture('yunet').outputs.map(({ shape }) => floats([...shape], () => 0));
    const cell = 10 * 40 + 20; // row 10, column 20 of stride 16
    (outputs[1] as { data: Float32Array }).data[cell] = 0.9;
    (outputs[4] as { data: Float32Array }).data[cell] = 1.2;
    (outputs[7] as { data: Float32Array }).data.set([0.5, 0, Math.log(4), Math.log(2)], cell * 4);
    const [face, ...others] = readFaces(outputs, architecture('yunet'), whole(640));
    expect(others).toEqual([]);
    expectNear(face, { left: 296 / 640, top: 144 / 640, right: 360 / 640, bottom: 176 / 640, score: Math.sqrt(0.9) });
  });

  test('BlazeFace: anchors of two grids, sigmoid of the score, centre and sides in pixels', () => {
    const boxes = floats([1, 896, 16], () => 0);
    const scores = floats([1, 896, 1], () => -100);
    const anchor = 512 + (3 * 8 + 2) * 6 + 5; // row 3, column 2 of the coarse grid
    scores.data[anchor] = 5;
    boxes.data.set([4, -4, 32, 16], anchor * 16);
    const [face] = readFaces([boxes, scores], architecture('blazeface'), whole(128));
    expectNear(face, { left: 28 / 128, top: 44 / 128, right: 60 / 128, bottom: 60 / 128, score: 0.993 });
  });

  test('another shape, and NaN, are faults of the model', () => {
    const good = floats([1, 4420, 2], () => 0);
    const bad = floats([1, 4420, 4], () => Number.NaN);
    const input = { width: 320, height: 240, filledWidth: 320, filledHeight: 240 };
    expect(() => readFaces([good, bad], architecture('ultraface-320'), input)).toThrow('17680 of 17680 values');
    expect(() => readFaces([bad, good], architecture('ultraface-320'), input)).toThrow(
      'gave [1, 4420, 4], expected [1, 4420, 2]',
    );
  });
});
