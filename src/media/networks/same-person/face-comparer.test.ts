import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import sharp, { type Sharp } from 'sharp';
import { describe, expect, test } from 'vitest';
import type { Pixels } from '../../raster/pixels.ts';
import { openPlaces } from '../../raster/places.ts';
import { createPeopleFinder } from '../create-people-finder.ts';
import { openKernels } from '../runner/kernels.ts';
import { planNetwork } from '../runner/plan-network.ts';
import { createFaceComparer, type FaceComparer, type FaceVector } from './create-face-comparer.ts';
import { chipPx, layOutFaceNetwork } from './lay-out-face-network.ts';
import { readWeights } from './read-weights.ts';

const finder = createPeopleFinder();
const comparer = createFaceComparer() as FaceComparer;
const astronaut = fixture('astronaut.jpg');
const portrait = fixture('portrait.jpg');

describe.skipIf(finder === null)('faces', () => {
  test.each<[string, () => Sharp]>([
    ['mirrored', () => sharp(astronaut).flop()],
    ['darker and without color', () => sharp(astronaut).modulate({ brightness: 0.6, saturation: 0 })],
    ['turned by 15 degrees', () => sharp(astronaut).rotate(15, { background: '#888' })],
    ['of half the size', () => sharp(astronaut).resize(256)],
    ['blurred', () => sharp(astronaut).blur(2)],
  ])('of one person are of one: %s', async (_, change) => {
    const [one, other] = [await look(sharp(astronaut)), await look(change())];
    expect(comparer.compare(one, other)).toBeGreaterThan(0.6);
  });

  test('of two people are of two', async () => {
    const score = comparer.compare(await look(sharp(astronaut)), await look(sharp(portrait)));
    expect(score).toBeLessThan(0.2);
  });

  test('that are too small are not compared, with what was measured', async () => {
    const found = await see(sharp(astronaut).resize(90).extend({ left: 40, right: 40, top: 40, background: '#777' }));
    expect(found).toMatchObject({ why: 'small', limit: 20 });
    expect((found as { value: number }).value).toBeLessThan(20);
  });

  test('in a box without one are not made up', async () => {
    const picture = await read(sharp(astronaut));
    expect(comparer.describe(picture, { left: 0.7, top: 0.05, right: 0.9, bottom: 0.25 })).toMatchObject({
      why: 'unseen',
    });
  });
});

test("the network's vector is that of the package's own evaluation by TensorFlow.js", () => {
  const folder = join(createRequire(import.meta.url).resolve('@vladmandic/face-api/package.json'), '../model');
  const load = (name: string) => readFileSync(join(folder, `face_recognition_model${name}`));
  const network = planNetwork(layOutFaceNetwork(readWeights(load('-weights_manifest.json'), load('.bin'))));
  const means = [122.782, 117.001, 104.298];
  const input = Float32Array.from({ length: chipPx * chipPx * 3 }, (_, at) => {
    const value = Math.round(127 + 100 * Math.sin(at * 0.013) + 20 * Math.sin(at * 1.7));
    return (value - (means[at % 3] as number)) / 256;
  });
  const [vector = new Float32Array()] = network.run(input);
  expect(vector).toHaveLength(128);
  // Every sixteenth number of `computeFaceDescriptor` of @vladmandic/face-api 1.7.15 for the same 150 × 150 pixels.
  const expected: readonly number[] = [-0.0473, -0.13358, -0.18646, 0.05988, 0.17976, -0.13638, -0.08106, 0.19329];
  for (const [at, value] of expected.entries())
    expect(Math.abs((vector[at * 16] as number) - value)).toBeLessThan(1e-3);
  network.forget();
  expect(network.run(input)[0]).toEqual(vector);
});

test('what was lent of the memory of a network is overwritten, and weights stay', () => {
  const kernels = openKernels();
  const places = openPlaces(kernels);
  const kept = places.keep([1, 2, 3, 4]);
  const lent = [places.take(32), places.take(100_000)];
  const floats = () => new Float32Array(kernels.memory.buffer);
  for (const place of lent) floats().fill(7, place / 4, place / 4 + 8);
  places.giveBack(lent[0] as number);
  places.wipe();
  for (const place of lent) expect([...floats().subarray(place / 4, place / 4 + 8)]).toEqual(Array(8).fill(0));
  expect([...floats().subarray(kept / 4, kept / 4 + 4)]).toEqual([1, 2, 3, 4]);
});

function fixture(name: string): string {
  return new URL(`../../../../test/fixtures/media/${name}`, import.meta.url).pathname;
}

async function read(picture: Sharp): Promise<Pixels & { channels: 3 }> {
  const { data, info } = await picture.removeAlpha().raw().toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, channels: 3, data };
}

async function see(picture: Sharp) {
  const pixels = await read(sharp(await picture.toColorspace('srgb').png().toBuffer()));
  const [face] = finder?.findFaces(pixels) ?? [];
  if (face === undefined) throw new Error('no face was found');
  return comparer.describe(pixels, face);
}

async function look(picture: Sharp): Promise<FaceVector> {
  return (await see(picture)) as FaceVector;
}
