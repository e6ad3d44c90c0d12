import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp, { type Sharp } from 'sharp';
import { afterAll, describe, expect, test } from 'vitest';
import { makeAnimatedPng } from '../../../test/helpers/make-hostile-files.ts';
import type { Pixels } from '../raster/pixels.ts';
import { checkJpegCoding } from './check-jpeg.ts';
import { decodeImage } from './decode-image.ts';
import { readHeader } from './read-header.ts';

const folder = mkdtempSync(join(tmpdir(), 'troupe-decode-'));
afterAll(() => rmSync(folder, { recursive: true }));

const fixture = (name: string) => readFileSync(new URL(`../../../test/fixtures/media/${name}`, import.meta.url));
const limits = { imagePixelsMax: 50_000_000, uprightSideMaxPx: 2048 };
let written = 0;

function write(bytes: Buffer): string {
  const path = join(folder, `${written++}`);
  writeFileSync(path, bytes);
  return path;
}

async function decode(bytes: Buffer, own: Partial<typeof limits> = {}) {
  const path = write(bytes);
  const source = { path, param: 'image_url', bytes: bytes.length };
  const header = await readHeader(source, bytes[0] === 0xff ? 'jpeg' : 'png');
  return { header, pixels: await decodeImage(source, header, { ...limits, ...own }) };
}

/** A picture in four colors: red, green above blue, white; wider than high. */
function quarters(): Sharp {
  const [width, height] = [400, 320];
  const data = Buffer.alloc(width * height * 3);
  for (let at = 0; at < width * height; at++) {
    const [right, below] = [at % width >= width / 2, Math.floor(at / width) >= height / 2];
    data.set([right === below ? 255 : 0, right ? 255 : 0, below ? 255 : 0], at * 3);
  }
  return sharp(data, { raw: { width, height, channels: 3 } });
}

function corners({ data, width, height, channels }: Pixels): string[] {
  const at = (x: number, y: number) => {
    const from = (Math.floor(y * height) * width + Math.floor(x * width)) * channels;
    return Array.from(data.subarray(from, from + 3), (value) => (value > 127 ? '1' : '0')).join('');
  };
  return [at(0.25, 0.25), at(0.75, 0.25), at(0.25, 0.75), at(0.75, 0.75)];
}
const upright = ['100', '010', '001', '111'];

/** How the stored picture must be turned so that the given EXIF orientation turns it back. */
const stored: Record<number, (image: Sharp) => Sharp> = {
  1: (image) => image,
  2: (image) => image.flop(),
  3: (image) => image.rotate(180),
  4: (image) => image.flip(),
  5: (image) => image.rotate(270).flop(),
  6: (image) => image.rotate(270),
  7: (image) => image.rotate(90).flop(),
  8: (image) => image.rotate(90),
};

describe('EXIF orientation is applied once', () => {
  test.each([1, 2, 3, 4, 5, 6, 7, 8])('orientation %i comes out upright', async (orientation) => {
    const flat = await quarters().png().toBuffer();
    const first = await (stored[orientation] as (image: Sharp) => Sharp)(sharp(flat)).png().toBuffer();
    const jpeg = await sharp(first).withMetadata({ orientation }).jpeg({ quality: 95 }).toBuffer();
    const { header, pixels } = await decode(jpeg);
    expect(header).toMatchObject({ orientation, width_px: 400, height_px: 320 });
    expect([header.stored_width_px, header.stored_height_px]).toEqual(orientation < 5 ? [400, 320] : [320, 400]);
    expect([pixels.width, pixels.height]).toEqual([400, 320]);
    expect(corners(pixels)).toEqual(upright);
  });
});

describe('every kind of JPEG and PNG comes out as 8-bit sRGB', () => {
  test.each<[string, (image: Sharp) => Promise<Buffer>, Record<string, unknown>]>([
    ['16-bit PNG', (image) => image.toColorspace('rgb16').png().toBuffer(), { bits_per_channel: 16 }],
    ['palette PNG', (image) => image.png({ palette: true }).toBuffer(), { format: 'png' }],
    ['interlaced PNG', (image) => image.png({ progressive: true }).toBuffer(), {}],
    ['progressive JPEG', (image) => image.jpeg({ progressive: true, quality: 95 }).toBuffer(), {}],
    [
      'wide-gamut JPEG',
      (image) => image.withIccProfile('p3').jpeg({ quality: 95 }).toBuffer(),
      { has_color_profile: true },
    ],
  ])('%s', async (_title, encode, facts) => {
    const { header, pixels } = await decode(await encode(quarters()));
    expect(header).toMatchObject(facts);
    expect(pixels).toMatchObject({ width: 400, height: 320, channels: 3 });
    expect(pixels.data.length).toBe(400 * 320 * 3);
    expect(corners(pixels)).toEqual(upright);
  });

  test('CMYK JPEG, whose colors are duller but stay what they are', async () => {
    const { header, pixels } = await decode(await quarters().toColorspace('cmyk').jpeg({ quality: 95 }).toBuffer());
    expect(header.color_space).toBe('cmyk');
    expect(pixels.channels).toBe(3);
    const [red = 0, green = 0, blue = 0] = pixels.data;
    expect(red - Math.max(green, blue)).toBeGreaterThan(150);
    expect(Math.min(...pixels.data.subarray(-3))).toBeGreaterThan(250);
  });

  test('an embedded profile is applied, not dropped: Display P3 red is not sRGB red', async () => {
    const grey = { create: { width: 400, height: 400, channels: 3 as const, background: '#c83c3c' } };
    const tagged = await sharp(grey).withIccProfile('p3').png().toBuffer();
    const { pixels } = await decode(tagged);
    for (const [at, value] of [200, 60, 60].entries())
      expect(Math.abs((pixels.data[at] as number) - value)).toBeLessThan(4);
    const untagged = await sharp(tagged, {}).keepMetadata().raw().toBuffer();
    expect(untagged[0]).toBeLessThan(200);
  });

  test('grey with alpha becomes four channels', async () => {
    const data = Buffer.alloc(400 * 400 * 2);
    for (let at = 0; at < 400 * 400; at++) data.set([0x99, at % 400 < 100 ? 0 : 255], at * 2);
    const soft = await sharp(data, { raw: { width: 400, height: 400, channels: 2 } })
      .toColorspace('b-w')
      .png()
      .toBuffer();
    const { header, pixels } = await decode(soft);
    expect(header).toMatchObject({ color_space: 'b-w', has_alpha: true });
    expect(pixels.channels).toBe(4);
    const centre = (200 * 400 + 200) * 4;
    expect(Array.from(pixels.data.subarray(centre, centre + 4))).toEqual([0x99, 0x99, 0x99, 255]);
    expect(pixels.data[3]).toBe(0);
  });

  test('plain grey becomes three equal channels', async () => {
    const { pixels } = await decode(await quarters().greyscale().jpeg().toBuffer());
    expect(pixels.channels).toBe(3);
    expect(pixels.data[0]).toBe(pixels.data[1]);
  });

  test('an alpha channel that is opaque throughout is dropped', async () => {
    const { header, pixels } = await decode(await quarters().ensureAlpha().png().toBuffer());
    expect(header.has_alpha).toBe(true);
    expect(pixels.channels).toBe(3);
    expect(corners(pixels)).toEqual(upright);
  });

  test('of an animation the first frame is read', async () => {
    const { pixels } = await decode(makeAnimatedPng(await quarters().png().toBuffer(), 400, 320));
    expect([pixels.width, pixels.height]).toEqual([400, 320]);
    expect(corners(pixels)).toEqual(upright);
  });

  test('a profile that is not one does not matter', async () => {
    const jpeg = await quarters().jpeg({ quality: 95 }).toBuffer();
    const profile = Buffer.concat([Buffer.from('ICC_PROFILE\0\x01\x01', 'latin1'), Buffer.alloc(300, 7)]);
    const marker = Buffer.from([0xff, 0xe2, 0, 0]);
    marker.writeUInt16BE(profile.length + 2, 2);
    const { pixels } = await decode(Buffer.concat([jpeg.subarray(0, 2), marker, profile, jpeg.subarray(2)]));
    expect(corners(pixels)).toEqual(upright);
  });
});

describe('size', () => {
  test('larger pictures are scaled to the longer side, smaller ones kept', async () => {
    const { pixels } = await decode(fixture('duck.jpg'), { uprightSideMaxPx: 512 });
    expect([pixels.width, pixels.height]).toEqual([512, 512]);
    expect((await decode(fixture('duck.jpg'))).pixels.width).toBe(640);
  });
});

describe('damage', () => {
  const cases = Array.from({ length: 9 }, (_, tenth) => tenth + 1);
  test.each(cases)('a JPEG and a PNG cut at %i tenths are refused, never read in part', async (tenths) => {
    const jpeg = fixture('duck.jpg');
    const png = await sharp(jpeg).resize(400).png().toBuffer();
    for (const whole of [jpeg, png]) {
      const cut = whole.subarray(0, Math.floor((whole.length * tenths) / 10));
      await expect(decode(cut)).rejects.toMatchObject({
        code: 'image_processing_error',
        message: expect.stringMatching(/^image_url: is damaged/),
      });
    }
  });

  test('a JPEG whose end was cut off and closed again is refused', async () => {
    const jpeg = fixture('duck.jpg');
    const closed = Buffer.concat([jpeg.subarray(0, jpeg.length / 2), Buffer.from([0xff, 0xd9])]);
    await expect(decode(closed)).rejects.toMatchObject({ code: 'image_processing_error' });
  });

  const kinds: [string, (image: Sharp) => Sharp][] = [
    ['sequential', (image) => image.jpeg()],
    ['progressive', (image) => image.jpeg({ progressive: true })],
  ];
  test.each(kinds)(
    'a %s JPEG of which half a scan is missing is refused, whatever stands before it',
    async (_, encode) => {
      const jpeg = await encode(sharp(fixture('duck.jpg')).resize(400)).toBuffer();
      const scan = jpeg.indexOf(Buffer.from([0xff, 0xda]));
      const harmless = Buffer.from([1, 2, 3]);
      const half = Math.floor((jpeg.length + scan) / 2);
      const broken = [jpeg.subarray(0, 2), harmless, jpeg.subarray(2, half), jpeg.subarray(-2)];
      await expect(decode(Buffer.concat(broken))).rejects.toMatchObject({ code: 'image_processing_error' });
    },
  );

  test.each(kinds)('of 60 %s JPEGs with a changed bit, few that come out wrong are accepted', async (_, encode) => {
    const jpeg = await encode(sharp(fixture('duck.jpg')).resize(320)).toBuffer();
    const truth = (await decode(jpeg)).pixels.data;
    const from = jpeg.indexOf(Buffer.from([0xff, 0xda])) + 14;
    let wrong = 0;
    for (let turn = 0; turn < 60; turn++) {
      const mutant = Buffer.from(jpeg);
      const at = from + Math.floor(((jpeg.length - from - 2) * (turn + 0.5)) / 60);
      mutant[at] = (mutant[at] as number) ^ (1 << (turn % 8));
      const decoded = await decode(mutant).catch(() => undefined);
      if (decoded !== undefined && shareFarOff(truth, decoded.pixels.data) > 0.1) wrong += 1;
    }
    expect(wrong).toBeLessThanOrEqual(8);
  });

  test('more than a few bytes before the end marker are what a decoder did not get to: refused', async () => {
    const jpeg = fixture('duck.jpg');
    const lost = Buffer.concat([jpeg.subarray(0, -2), Buffer.alloc(900, 0x55), jpeg.subarray(-2)]);
    await expect(decode(lost)).rejects.toMatchObject({ code: 'image_processing_error' });
  });

  test.each(kinds)(
    'a %s JPEG without its end marker is accepted, one without its last bytes is not',
    async (_, encode) => {
      const jpeg = await encode(sharp(fixture('duck.jpg')).resize(400)).toBuffer();
      const whole = await decode(jpeg);
      for (const missing of [1, 2]) {
        const { data } = (await decode(jpeg.subarray(0, -missing))).pixels;
        expect(Buffer.compare(data, whole.pixels.data)).toBe(0);
      }
      await expect(decode(jpeg.subarray(0, -12))).rejects.toMatchObject({ code: 'image_processing_error' });
    },
  );

  test('restart markers, own codes, 4:4:4 and grey are read to their end', async () => {
    const photo = () => sharp(fixture('duck.jpg')).resize(333, 301);
    for (const image of [
      photo().jpeg({ chromaSubsampling: '4:4:4', quality: 100 }),
      photo().jpeg({ mozjpeg: true }),
      photo().greyscale().jpeg({ progressive: true }),
      photo().toColorspace('cmyk').jpeg({ progressive: true }),
    ]) {
      expect((await decode(await image.toBuffer())).pixels.width).toBe(333);
    }
    const restarts = fixture('restarts.jpg');
    expect((await decode(restarts)).pixels.width).toBe(320);
    const lost = Buffer.from(restarts);
    lost[lost.indexOf(Buffer.from([0xff, 0xd3])) + 1] = 0xd4;
    await expect(decode(lost)).rejects.toMatchObject({ code: 'image_processing_error' });
  });

  test('what cameras and editors leave in good files is let through', async () => {
    const jpeg = fixture('duck.jpg');
    const exif = Buffer.from('ffe1001a457869660000deadbeefdeadbeefdeadbeefdeadbeef', 'hex');
    const trailer = Buffer.alloc(5000, 0x41);
    const scanLike = Buffer.concat(Array.from({ length: 300 }, () => Buffer.from([0xff, 0xda, 0, 8])));
    const comment = Buffer.concat([Buffer.from([0xff, 0xfe, 0x04, 0xb2]), scanLike]);
    const extraneous = Buffer.concat([jpeg.subarray(0, -2), Buffer.from([1, 2, 3]), jpeg.subarray(-2)]);
    for (const odd of [
      Buffer.concat([jpeg.subarray(0, 2), exif, jpeg.subarray(2)]),
      Buffer.concat([jpeg, trailer]),
      Buffer.concat([jpeg, scanLike, fixture('dog.mp4')]),
      Buffer.concat([jpeg.subarray(0, 2), comment, jpeg.subarray(2)]),
      Buffer.concat([jpeg, jpeg]),
      extraneous,
    ]) {
      await checkJpegCoding({ path: write(odd), param: 'image_url' });
      expect((await decode(odd)).pixels.width).toBe(640);
    }
  });
});

function shareFarOff(one: Uint8Array, other: Uint8Array): number {
  return one.filter((value, at) => Math.abs(value - (other[at] as number)) >= 24).length / one.length;
}

test('a JPEG-LS file as encoders write it is called so, not damaged: its data holds what no other JPEG has', async () => {
  // 8 × 2 px of three components: frame header (T.87), a scan whose data has FF 78, and the end.
  const file = Buffer.from(
    'ffd8fff7001108000200080301110002110003110 0ffda000c03010002000300000100 00ff781b8b1e6c14ffd9'.replaceAll(' ', ''),
    'hex',
  );
  await expect(checkJpegCoding({ path: write(file), param: 'image_url' })).rejects.toMatchObject({
    code: 'image_processing_error',
    message: expect.stringContaining('is a JPEG-LS image'),
  });
});

describe('a JPEG that is coded in a way that is not read says which, and what to do', () => {
  const claim = (marker: number, bits: number) => {
    const jpeg = Buffer.from(fixture('duck.jpg'));
    const at =
      [0xc0, 0xc2].map((old) => jpeg.indexOf(Buffer.from([0xff, old, 0x00, 0x11]))).find((found) => found >= 0) ?? 0;
    jpeg.set([marker, 0x00, 0x11, bits], at + 1);
    return write(jpeg);
  };
  test.each([
    [0xc1, 12, 'a JPEG image of 12 bits a sample'],
    [0xc3, 8, 'a lossless JPEG image'],
    [0xc5, 8, 'a hierarchical JPEG image'],
    [0xc9, 8, 'a JPEG image with arithmetic coding'],
    [0xca, 8, 'a JPEG image with arithmetic coding'],
    [0xf7, 8, 'a JPEG-LS image'],
  ])('process %i of %i bits', async (marker, bits, what) => {
    await expect(checkJpegCoding({ path: claim(marker, bits), param: 'image_url' })).rejects.toMatchObject({
      code: 'image_processing_error',
      message: `image_url: is ${what}, which is not read here; export it as an ordinary JPEG or as a PNG`,
    });
  });
});
