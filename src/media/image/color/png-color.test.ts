import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import sharp, { type Sharp } from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { chunk, insertChunks } from '../../../../test/helpers/make-hostile-files.ts';
import { decodeImage } from '../decode-image.ts';
import { readHeader } from '../read-header.ts';

const folder = mkdtempSync(join(tmpdir(), 'troupe-png-color-'));
afterAll(() => rmSync(folder, { recursive: true }));

const stored = [200, 60, 80] as const;
const create = (alpha?: number) =>
  sharp({
    create: {
      width: 320,
      height: 320,
      channels: alpha === undefined ? 3 : 4,
      background: { r: stored[0], g: stored[1], b: stored[2], ...(alpha === undefined ? {} : { alpha }) },
    },
  });
let plain: Buffer;
let profile: Buffer;
beforeAll(async () => {
  plain = await create().png().toBuffer();
  profile = (await sharp(await create().withIccProfile('p3').png().toBuffer()).metadata()).icc as Buffer;
});

function numbers(...values: number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 4);
  for (const [at, value] of values.entries()) bytes.writeUInt32BE(Math.round(value * 1e5), at * 4);
  return bytes;
}

const gAMA = (value: number) => chunk('gAMA', numbers(value));
const cHRM = (...values: number[]) => chunk('cHRM', numbers(...values));
const cICP = (...codes: number[]) => chunk('cICP', Buffer.from(codes));
const sRGB = () => chunk('sRGB', Buffer.of(0));
const iCCP = (bytes: Buffer) => chunk('iCCP', Buffer.concat([Buffer.from('name\0\0', 'latin1'), deflateSync(bytes)]));
const srgbPrimaries = [0.3127, 0.329, 0.64, 0.33, 0.3, 0.6, 0.15, 0.06];
const adobePrimaries = [0.3127, 0.329, 0.64, 0.33, 0.21, 0.71, 0.15, 0.06];

/** The first pixel of the picture with these chunks behind its header. */
async function decode(png: Buffer, ...chunks: Buffer[]): Promise<number[]> {
  const bytes = insertChunks(png, ...chunks);
  const source = { path: join(folder, 'picture.png'), param: 'image_url', bytes: bytes.length };
  writeFileSync(source.path, bytes);
  const limits = { imagePixelsMax: 1e6, uprightSideMaxPx: 2048 };
  const { data, channels } = await decodeImage(source, await readHeader(source, 'png'), limits);
  return Array.from(data.subarray(0, channels));
}

function expectNear(pixel: readonly number[], wanted: readonly number[], off = 1): void {
  expect(pixel).toHaveLength(wanted.length);
  for (const [at, value] of pixel.entries()) expect(Math.abs(value - (wanted[at] as number))).toBeLessThanOrEqual(off);
}

/** What linear light of 0…1 is in sRGB (IEC 61966-2-1). */
const shade = (light: number) =>
  Math.round(255 * (light <= 0.0031308 ? 12.92 * light : 1.055 * light ** (1 / 2.4) - 0.055));
const linear = stored.map((value) => shade(value / 255));

describe('the colors of a PNG are those that browsers show', () => {
  test('gAMA alone: its curve, with the primaries of sRGB', async () => {
    expectNear(await decode(plain, gAMA(1)), linear);
    expectNear(
      await decode(plain, gAMA(1 / 1.8)),
      stored.map((value) => shade((value / 255) ** 1.8)),
    );
  });

  test('gAMA and cHRM: Adobe RGB comes out as by its profile', async () => {
    // By the matrix of the Adobe RGB (1998) specification, section 4.3.6.1, and that of sRGB.
    const [r = 0, g = 0, b = 0] = stored.map((value) => (value / 255) ** 2.19921875);
    const wanted = [1.39836 * r - 0.39836 * g, g, -0.04293 * g + 1.04293 * b].map((light) => shade(Math.min(1, light)));
    expectNear(await decode(plain, gAMA(1 / 2.19921875), cHRM(...adobePrimaries)), wanted, 2);
  });

  test("cHRM alone: its primaries, with sRGB's curve; what spans no colors counts as not there", async () => {
    const [red = 0, green = 0, blue = 0] = await decode(plain, cHRM(...adobePrimaries));
    expect(red).toBeGreaterThan(stored[0] + 20);
    expect(Math.abs(green - stored[1]) + Math.abs(blue - stored[2])).toBeLessThan(4);
    expectNear(await decode(plain, cHRM(0.3, 0.3, 0.3, 0.3, 0.3, 0.3, 0.3, 0.3)), stored);
  });

  test('what programs write beside sRGB changes nothing', async () => {
    expect(await decode(plain, gAMA(0.45455), cHRM(...srgbPrimaries))).toEqual([...stored]);
    expect(await decode(plain, gAMA(0.45455))).toEqual([...stored]);
  });

  test('cICP counts before iCCP, iCCP before sRGB, sRGB before gAMA and cHRM', async () => {
    const byProfile = await decode(plain, iCCP(profile));
    expect(byProfile[0]).toBeGreaterThan(stored[0] + 10);
    expectNear(await decode(plain, cICP(12, 13, 0, 1)), byProfile);
    expectNear(await decode(plain, cICP(1, 13, 0, 1), iCCP(profile), gAMA(1)), stored);
    expect(await decode(plain, iCCP(profile), gAMA(1))).toEqual(byProfile);
    expect(await decode(plain, sRGB(), gAMA(1), cHRM(...adobePrimaries))).toEqual([...stored]);
  });

  test('a broken profile or chunk, or a code that says nothing, counts as not there', async () => {
    expectNear(await decode(plain, iCCP(Buffer.alloc(300, 7)), gAMA(1)), linear);
    expectNear(await decode(plain, cICP(2, 2, 0, 1), gAMA(1)), linear);
    expectNear(await decode(plain, cICP(12, 13, 1, 1)), stored);
    expectNear(await decode(plain, gAMA(0)), stored);
    const torn = gAMA(1);
    torn[9] = 0x55;
    expectNear(await decode(plain, torn), stored);
  });

  test('cICP of narrow range, of other curves, and of high dynamic range with white where white is', async () => {
    expectNear(
      await decode(plain, cICP(1, 13, 0, 0)),
      stored.map((value) => ((value - 16) / 219) * 255),
    );
    expectNear(await decode(plain, cICP(1, 8, 0, 1)), linear);
    const grey = (value: number) =>
      sharp({ create: { width: 320, height: 320, channels: 3, background: { r: value, g: value, b: value } } })
        .png()
        .toBuffer();
    // 203 cd/m², diffuse white, is 0.58 in PQ and 0.75 in HLG (ITU-R BT.2408, table 1); what is brighter has room above.
    const [pq = 0] = await decode(await grey(148), cICP(9, 16, 0, 1));
    const [hlg = 0] = await decode(await grey(191), cICP(9, 18, 0, 1));
    expect(Math.abs(pq - hlg)).toBeLessThan(4);
    expect(pq).toBeGreaterThan(235);
    expect((await decode(await grey(255), cICP(9, 16, 0, 1)))[0]).toBe(255);
    expect((await decode(await grey(0), cICP(9, 18, 0, 1)))[0]).toBe(0);
  });

  test.each<[string, () => Sharp, number[]]>([
    ['palette', () => create(), linear],
    ['16 bits', () => create().toColorspace('rgb16'), linear],
    ['alpha', () => create(0.5), [...linear, 128]],
    ['16 bits and alpha', () => create(0.5).toColorspace('rgb16'), [...linear, 128]],
  ])('also of a PNG with %s', async (name, image, wanted) => {
    const png = await image()
      .png({ palette: name === 'palette' })
      .toBuffer();
    expectNear(await decode(png, gAMA(1)), wanted);
  });

  test('also of a grey PNG', async () => {
    const png = await create().greyscale().png().toBuffer();
    const [before = 0] = await decode(png);
    expectNear(await decode(png, gAMA(1)), Array<number>(3).fill(shade(before / 255)));
  });
});
