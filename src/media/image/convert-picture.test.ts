import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp, { type Sharp } from 'sharp';
import { afterAll, describe, expect, test } from 'vitest';
import { box, ispe, nclx, number, prof, readCodedPicture, writeHeif } from '../../../test/helpers/write-heif.ts';
import type { AppError } from '../../lib/errors.ts';
import { parseSection } from '../../lib/settings.ts';
import { createMedia, type MediaSource, section } from '../index.ts';

const folder = mkdtempSync(join(tmpdir(), 'troupe-convert-'));
const settings = { ...parseSection(section, {}, []), childCount: 1, childIdleSeconds: 600 };
const media = createMedia(settings);
afterAll(async () => {
  await media.close();
  rmSync(folder, { recursive: true });
});

const fixture = (name: string) => readFileSync(new URL(`../../../test/fixtures/media/${name}`, import.meta.url));
let made = 0;

/** The picture that comes of these bytes, with what was done. */
async function convert(bytes: Buffer, own = media) {
  const path = join(folder, `source-${made++}`);
  writeFileSync(path, bytes);
  const given: Omit<MediaSource, 'role'> = { param: 'url', path, bytes: bytes.length };
  const source = await own.convertPicture(given, `${path}-out`);
  const file = readFileSync(source.path);
  expect(source.bytes).toBe(file.length);
  return { file, conversion: source.conversion, facts: await sharp(file).metadata() };
}

async function refusal(bytes: Buffer, own = media): Promise<AppError> {
  return await convert(bytes, own).then(
    () => expect.fail('it was converted'),
    (error) => error as AppError,
  );
}

const [width, height] = [400, 320];

/** Four colors: red, green above blue, white; wider than high. */
function drawQuarters(bits: 8 | 16 = 8): Sharp {
  const data = bits === 8 ? new Uint8Array(width * height * 3) : new Uint16Array(width * height * 3);
  for (let at = 0; at < width * height; at++) {
    const [right, below] = [at % width >= width / 2, Math.floor(at / width) >= height / 2];
    const white = 2 ** bits - 1;
    data.set([right === below ? white : 0, right ? white : 0, below ? white : 0], at * 3);
  }
  const image = sharp(data, { raw: { width, height, channels: 3 } });
  return bits === 8 ? image : image.toColorspace('rgb16');
}

/** The values in the middle of the four quarters. */
async function quartersOf(file: Buffer): Promise<number[][]> {
  const { data, info } = await sharp(file).raw().toBuffer({ resolveWithObject: true });
  return [
    [0.25, 0.25],
    [0.75, 0.25],
    [0.25, 0.75],
    [0.75, 0.75],
  ].map(([x = 0, y = 0]) => {
    const from = (Math.floor(y * info.height) * info.width + Math.floor(x * info.width)) * info.channels;
    return [...data.subarray(from, from + info.channels)];
  });
}

const names: Record<string, number[]> = {
  red: [255, 0, 0],
  green: [0, 255, 0],
  blue: [0, 0, 255],
  white: [255, 255, 255],
};

/** Each quarter by the color that it is within what coding with loss changes. */
async function describeQuarters(file: Buffer): Promise<string> {
  const near = (one: number[], other: number[]) => one.every((value, at) => Math.abs(value - (other[at] ?? 255)) < 24);
  const quarters = await quartersOf(file);
  return quarters
    .map((values) => Object.keys(names).find((name) => near(values, names[name] as number[])) ?? values.join('/'))
    .join(' ');
}

const upright = 'red green blue white';
const coded = readCodedPicture(fixture('quarters.heic'));
const item = (...properties: Buffer[]) => ({
  type: 'hvc1',
  data: coded.data,
  properties: [coded.hvcC, ispe(width, height), ...properties],
});

describe('what it becomes', () => {
  test.each([
    ['webp', () => drawQuarters().webp().toBuffer()],
    ['avif', () => drawQuarters().avif({ chromaSubsampling: '4:4:4' }).toBuffer()],
    ['heic', async () => fixture('quarters.heic')],
  ])('a %s picture becomes a JPEG of its size, upright and in sRGB without a profile', async (format, draw) => {
    const { file, facts, conversion } = await convert(await draw());
    expect(conversion).toEqual({ converted_from: format });
    expect(facts).toMatchObject({ format: 'jpeg', width, height, hasProfile: false, chromaSubsampling: '4:4:4' });
    expect(facts.exif).toBeUndefined();
    expect(await describeQuarters(file)).toBe(upright);
  });

  test('a JPEG or PNG stays as it is, without a child process', async () => {
    const own = createMedia(settings);
    for (const bytes of [await drawQuarters().jpeg().toBuffer(), await drawQuarters().png().toBuffer()]) {
      const { file, conversion } = await convert(bytes, own);
      expect([file.equals(bytes), conversion]).toEqual([true, undefined]);
    }
    expect(own.childIds()).toEqual([]);
    await own.close();
  });

  test.each([
    ['webp', async (image: Sharp) => image.webp({ lossless: true }).toBuffer()],
    ['avif', async (image: Sharp) => image.avif({ chromaSubsampling: '4:4:4' }).toBuffer()],
    ['heic', async () => fixture('quarters-alpha.heic')],
  ])('the alpha of a %s picture stays, as a PNG', async (_, write) => {
    const { file, facts } = await convert(await write(await clearAbove(80)));
    expect(facts).toMatchObject({ format: 'png', hasAlpha: true, bitsPerSample: 8 });
    const { data } = await sharp(file).raw().toBuffer({ resolveWithObject: true });
    const alphaAt = (y: number) => data[(y * width + 200) * 4 + 3] as number;
    expect(alphaAt(20)).toBeLessThan(8);
    expect(alphaAt(160)).toBeGreaterThan(247);
  });

  test('alpha that is opaque throughout is left out', async () => {
    const { facts } = await convert(await drawQuarters().ensureAlpha(1).webp({ lossless: true }).toBuffer());
    expect([facts.format, facts.hasAlpha]).toEqual(['jpeg', false]);
  });

  test.each([
    ['heic', 10, async () => fixture('quarters-10bit.heic')],
    ['heic', 12, async () => fixture('quarters-12bit.heic')],
    ['avif', 10, () => drawQuarters(16).avif({ bitdepth: 10, chromaSubsampling: '4:4:4' }).toBuffer()],
    ['avif', 12, () => drawQuarters(16).avif({ bitdepth: 12, chromaSubsampling: '4:4:4' }).toBuffer()],
  ])('a %s picture of %i bits keeps its colors in 8', async (_, _bits, draw) => {
    const { file, facts } = await convert(await draw());
    expect([facts.format, facts.depth]).toEqual(['jpeg', 'uchar']);
    expect(await describeQuarters(file)).toBe(upright);
  });

  test('more than 4096 px on the longer side becomes that, by the rules of what was sent', async () => {
    const large = await sharp({ create: { width: 5000, height: 2500, channels: 3, background: '#357' } })
      .webp()
      .toBuffer();
    const { facts } = await convert(large);
    expect([facts.width, facts.height]).toEqual([4096, 2048]);
  });

  test('a picture that would be larger than a picture may be is made smaller until it is not', async () => {
    const sent = await noisy().resize(1400, 1120, { kernel: 'nearest' }).webp({ quality: 50 }).toBuffer();
    const usual = await convert(sent);
    const imageBytesMax = Math.floor(usual.file.length * 0.9);
    expect(sent.length).toBeLessThan(imageBytesMax);
    const own = createMedia({ ...settings, imageBytesMax });
    const { file } = await convert(sent, own);
    expect(file.length).toBeLessThanOrEqual(imageBytesMax);
    await own.close();
  });
});

/** The quarters, transparent above this row. */
async function clearAbove(row: number): Promise<Sharp> {
  const { data } = await drawQuarters().ensureAlpha(1).raw().toBuffer({ resolveWithObject: true });
  for (let at = 0; at < row * width; at++) data[at * 4 + 3] = 0;
  return sharp(data, { raw: { width, height, channels: 4 } });
}

describe('turns', () => {
  test.each([
    [6, (image: Sharp) => image.rotate(270)],
    [3, (image: Sharp) => image.rotate(180)],
    [2, (image: Sharp) => image.flop()],
  ])('a WebP picture is turned as its EXIF says (%i)', async (orientation, store) => {
    const stored = await store(drawQuarters()).png().toBuffer();
    const bytes = await sharp(stored).withMetadata({ orientation }).webp({ lossless: true }).toBuffer();
    const { file, facts } = await convert(bytes);
    expect([facts.width, facts.height, facts.orientation]).toEqual([width, height, undefined]);
    expect(await describeQuarters(file)).toBe(upright);
  });

  test.each([
    ['a quarter against the clock', box('irot', [1]), 'green white red blue', [height, width]],
    ['a half', box('irot', [2]), 'white blue green red', [width, height]],
    ['left to right', box('imir', [1]), 'green red white blue', [width, height]],
  ])('a HEIC picture is turned as its boxes say: %s', async (_, turn, quarters, size) => {
    const { file, facts } = await convert(writeHeif([item(turn)]));
    expect([facts.width, facts.height]).toEqual(size);
    expect(await describeQuarters(file)).toBe(quarters);
  });
});

describe('colors', () => {
  /** The red of Display P3 can't be shown in sRGB; half of it can: pure code 128 gray stays, and a P3 color moves. */
  const p3Orange = async () =>
    await sharp({ create: { width: 400, height: 320, channels: 3, background: { r: 200, g: 120, b: 60 } } })
      .png()
      .toBuffer();

  test.each(['webp', 'avif'] as const)(
    'the profile of a %s picture is applied: Display P3 becomes sRGB',
    async (format) => {
      const inP3 = sharp(await p3Orange()).withIccProfile('p3');
      const bytes = await (format === 'webp'
        ? inP3.webp({ lossless: true })
        : inP3.avif({ quality: 90, chromaSubsampling: '4:4:4' })
      ).toBuffer();
      expect((await quartersOf(await sharp(bytes).png().keepIccProfile().toBuffer()))[0]).not.toEqual([200, 120, 60]);
      const { file } = await convert(bytes);
      for (const values of await quartersOf(file)) expectNear(values, [200, 120, 60], 4);
    },
  );

  /** Coded as sRGB's (200, 120, 60) is in Display P3; greys of 128, 64 and 192. */
  const tones = readCodedPicture(fixture('tones.heic'));
  const toneItem = (color: Buffer) => ({
    type: 'hvc1',
    data: tones.data,
    properties: [tones.hvcC, ispe(width, height), color],
  });

  test('the profile of a HEIC picture is applied, as iPhones write it', async () => {
    const p3 = await sharp(await p3Orange())
      .withIccProfile('p3')
      .jpeg()
      .toBuffer();
    const { icc } = await sharp(p3).metadata();
    const [orange = [], ...greys] = await quartersOf((await convert(writeHeif([toneItem(prof(icc as Buffer))]))).file);
    expectNear(orange, [200, 120, 60], 5);
    for (const [at, grey] of [128, 64, 192].entries()) expectNear(greys[at] as number[], [grey, grey, grey], 3);
    const [plain = []] = await quartersOf((await convert(writeHeif([toneItem(nclx(1, 13, 6))]))).file);
    expect(plain[0]).toBeLessThan(196);
  });

  // Light of the coded values by ITU-T H.273, coded as sRGB: 0.502 is 0.502 of white, and of PQ 92 cd/m² of 203.
  test.each([
    ['Display P3', nclx(12, 13, 6), [200, 120, 60], 128],
    ['a linear curve', nclx(1, 8, 6), null, 188],
    ['BT.2020 with PQ', nclx(9, 16, 6), null, 178],
  ])('the color codes of a HEIC picture are followed: %s', async (_, codes, orange, grey) => {
    const [first = [], second = []] = await quartersOf((await convert(writeHeif([toneItem(codes)]))).file);
    if (orange !== null) expectNear(first, orange, 5);
    expectNear(second, [grey, grey, grey], 5);
  });
});

function expectNear(values: readonly number[], expected: readonly number[], most: number): void {
  for (const [at, value] of values.entries())
    expect(Math.abs(value - (expected[at] as number))).toBeLessThanOrEqual(most);
}

describe('files of several pictures', () => {
  test('an animated WebP gives its first picture, and how many there are', async () => {
    const frames = await sharp(
      [
        await drawQuarters().png().toBuffer(),
        await drawQuarters().flip().png().toBuffer(),
        await drawQuarters().flop().png().toBuffer(),
      ],
      { join: { animated: true } },
    )
      .webp({ lossless: true })
      .toBuffer();
    const { file, facts, conversion } = await convert(frames);
    expect(conversion).toEqual({ converted_from: 'webp', pictures: 3 });
    expect([facts.width, facts.height, await describeQuarters(file)]).toEqual([width, height, upright]);
  });

  test('a HEIC file of several pictures gives the one that it calls primary', async () => {
    const turned = item(box('irot', [2]));
    const { file, conversion } = await convert(writeHeif([item(), turned, turned]));
    expect(conversion).toEqual({ converted_from: 'heic', pictures: 3 });
    expect(await describeQuarters(file)).toBe(upright);
  });

  test('a picture of tiles, as telephones write it, is one picture', async () => {
    const tile = { ...item(), isHidden: true };
    const grid = {
      type: 'grid',
      data: Buffer.concat([Buffer.from([0, 0, 0, 1]), number(2 * width, 2), number(height, 2)]),
      properties: [ispe(2 * width, height)],
    };
    const bytes = writeHeif([grid, tile, tile], { references: [{ kind: 'dimg', from: 1, to: [2, 3] }] });
    const { facts, conversion } = await convert(bytes);
    expect([facts.width, facts.height, conversion]).toEqual([2 * width, height, { converted_from: 'heic' }]);
  });
});

describe('rules and hostile files', () => {
  const draw = {
    webp: (image: Sharp) => image.webp({ lossless: true }).toBuffer(),
    avif: (image: Sharp) => image.avif().toBuffer(),
  };

  test.each(['webp', 'avif'] as const)('sizes and ratio of a %s picture are those of any picture', async (format) => {
    const blank = (wide: number, high: number) =>
      draw[format](sharp({ create: { width: wide, height: high, channels: 3, background: '#357' } }));
    const small = await refusal(await blank(299, 400));
    expect([small.code, small.message]).toEqual([
      'image_dimension_mismatch',
      'url: 299 × 400 px, each side must be at least 300 px',
    ]);
    expect((await refusal(await blank(1000, 380))).message).toContain('2.632:1');
    const own = createMedia({ ...settings, imagePixelsMax: 100_000 });
    expect((await refusal(await blank(400, 320), own)).message).toContain('at most 0.1 megapixels');
    await own.close();
  });

  test('a HEIC picture that claims to be huge is refused before it is decoded', async () => {
    const claim = (wide: number, high: number) =>
      writeHeif([{ type: 'hvc1', data: coded.data, properties: [coded.hvcC, ispe(wide, high)] }]);
    expect((await refusal(claim(30_000, 30_000))).code).toMatch(/image_dimension_mismatch|image_processing_error/);
    const heavy = await refusal(claim(14_000, 14_000));
    expect(heavy.message).toMatch(/needs more than 512 MiB of memory to decode: 14000 × 14000 px .* export it as JPEG/);
  });

  test('the bytes of the file that was sent count', async () => {
    const own = createMedia({ ...settings, imageBytesMax: 1024 });
    const error = await refusal(fixture('quarters-alpha.heic'), own);
    expect([error.code, error.message]).toEqual([
      'invalid_parameters',
      'url: 1679 bytes, an image may have at most 1024 bytes',
    ]);
    await own.close();
  });

  test.each([
    ['webp', () => drawQuarters().webp().toBuffer()],
    ['lossless webp', () => noisy().webp({ lossless: true }).toBuffer()],
    ['avif', () => noisy().avif().toBuffer()],
    ['heic', async () => fixture('quarters.heic')],
  ])('a %s file that is cut off anywhere is refused, and never half a picture', async (_, write) => {
    const whole = await write();
    for (const share of [0.1, 0.3, 0.6, 0.9, 0.99]) {
      const error = await refusal(whole.subarray(0, Math.floor(whole.length * share)));
      expect([error.code, error.retryable]).toEqual(['image_processing_error', false]);
      expect(error.message).toMatch(/^url: is (damaged|a)/);
    }
  });

  test.each([
    ['no picture in it', () => writeHeif([])],
    ['its picture behind its end', () => writeHeif([item()], { moveBy: 1_000_000 })],
    ['its picture elsewhere in it', () => writeHeif([item()], { moveBy: 7 })],
    ['a decoder that is none', () => writeHeif([{ ...item(), properties: [box('hvcC', [1, 2, 3]), ispe(400, 320)] }])],
    [
      'a grid of itself',
      () =>
        writeHeif([{ type: 'grid', data: Buffer.from([0, 0, 0, 0, 1, 144, 1, 64]), properties: [ispe(400, 320)] }], {
          references: [{ kind: 'dimg', from: 1, to: [1] }],
        }),
    ],
    [
      'a grid of 256 × 256 tiles that are one',
      () =>
        writeHeif(
          [
            { type: 'grid', data: Buffer.from([0, 0, 255, 255, 255, 255, 255, 255]), properties: [ispe(4000, 4000)] },
            item(),
          ],
          { references: [{ kind: 'dimg', from: 1, to: [2] }] },
        ),
    ],
    ['zeros for a picture', () => writeHeif([{ ...item(), data: Buffer.alloc(2000) }])],
    ['the brand alone', () => Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic', 'latin1')],
  ])('a HEIC file with %s is refused, and the child lives on', async (_, write) => {
    const error = await refusal(await write());
    expect([error.status, error.retryable]).toEqual([400, false]);
    expect((await convert(fixture('quarters.heic'))).conversion).toEqual({ converted_from: 'heic' });
  });

  test('one bit turned anywhere in a HEIC file is an answer and not a crash', { timeout: 600_000 }, async () => {
    const whole = fixture('quarters.heic');
    for (let at = 20; at < whole.length; at += 37) {
      const bytes = Buffer.from(whole);
      bytes[at] = (bytes[at] as number) ^ 0x10;
      const outcome = await convert(bytes).catch((error) => error as AppError);
      if ('code' in outcome) expect([at, outcome.status]).toEqual([at, 400]);
    }
  });
});

function noisy(): Sharp {
  return sharp({
    create: { width, height, channels: 3, noise: { type: 'gaussian', mean: 128, sigma: 40 }, background: '#888' },
  });
}
