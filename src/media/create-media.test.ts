import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  chunk,
  claimArithmeticCoding,
  claimJpegSize,
  disguises,
  insertChunks,
  makePng,
  makeZeroPng,
  repeatScans,
} from '../../test/helpers/make-hostile-files.ts';
import { AppError } from '../lib/errors.ts';
import { parseSection } from '../lib/settings.ts';
import { createMedia, type Media, type MediaSettings, type MediaSource, type SourceRole, section } from './index.ts';

const folder = mkdtempSync(join(tmpdir(), 'troupe-media-'));
// Hundreds of builds, none of them about people or things (`people-in-builds.test.ts`): without networks the limit of memory is the setting's.
const settings: MediaSettings = {
  ...parseSection(section, {}, []),
  childCount: 1,
  childIdleSeconds: 600,
  peopleNetworks: 'off',
  thingsNetwork: 'off',
};
let media: Media;
/** Why children of `media` were lost in the middle of a job. */
const lost: string[] = [];
let made = 0;

beforeAll(() => {
  media = createMedia(settings, { onChildLost: (reason) => lost.push(reason) });
});
afterAll(async () => {
  await media.close();
  rmSync(folder, { recursive: true });
});

const fixturePath = (name: string) => new URL(`../../test/fixtures/media/${name}`, import.meta.url).pathname;
const fixture = (name: string) => readFileSync(fixturePath(name));
const param = 'model_params.element_image_list.refer_images[1].image_url';

function sourceOf(bytes: Buffer, role: SourceRole = 'frontal_image'): MediaSource {
  const path = join(folder, String(made++));
  writeFileSync(path, bytes);
  return { role, param, path, bytes: bytes.length };
}

function build(...sources: MediaSource[]) {
  const workFolder = join(folder, `out-${made++}`);
  mkdirSync(workFolder);
  return media.build(sources, workFolder);
}

/** The verdict on a file: the error of a build, or 'built'. None may need more than the limits of processor time. */
async function verdict(bytes: Buffer, role: SourceRole = 'frontal_image'): Promise<AppError | 'built'> {
  const outcome = await build(sourceOf(bytes, role)).then(
    () => 'built' as const,
    (error: unknown) => error,
  );
  if (outcome === 'built') return outcome;
  expect(outcome).toBeInstanceOf(AppError);
  expect((outcome as AppError).code).not.toBe('generation_timeout');
  return outcome as AppError;
}

const plain = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: '#357' } })
    .jpeg()
    .toBuffer();

describe('image limits', () => {
  test.each([
    [299, 640, 'image_dimension_mismatch', '299 × 640 px, each side must be at least 300 px'],
    [640, 280, 'image_dimension_mismatch', '640 × 280 px, each side must be at least 300 px'],
    [751, 300, 'image_dimension_mismatch', '751 × 300 px is 2.504:1, the aspect ratio must be from 1:2.5 to 2.5:1'],
    [400, 1001, 'image_dimension_mismatch', '400 × 1001 px is 1:2.503, the aspect ratio must be from 1:2.5 to 2.5:1'],
    [16400, 12900, 'image_dimension_mismatch', '16400 × 12900 px, an image may have at most 210 megapixels'],
  ])('%i × %i is refused with %s', async (width, height, code, rule) => {
    const [source] = [sourceOf(claimJpegSize(await plain(400, 400), width, height))];
    await expect(media.inspect([source])).rejects.toMatchObject({
      code,
      param,
      message: `${param}: ${rule}`,
      retryable: false,
    });
  });

  test.each([
    [300, 300],
    [750, 300],
    [300, 750],
  ])('%i × %i, exactly at a limit, is built', async (width, height) => {
    expect(await verdict(await plain(width, height))).toBe('built');
  });

  test('the upright size decides, not the stored one', async () => {
    const tall = await sharp(await plain(700, 300))
      .withMetadata({ orientation: 6 })
      .jpeg()
      .toBuffer();
    const [header] = await media.inspect([sourceOf(tall)]);
    expect(header).toMatchObject({ width_px: 300, height_px: 700, stored_width_px: 700, orientation: 6 });
  });

  test('more than 10 MB is refused before the file is read', async () => {
    const source = { ...sourceOf(Buffer.from([0xff, 0xd8, 0xff])), bytes: 10 * 2 ** 20 + 1 };
    await expect(media.inspect([source])).rejects.toMatchObject({
      code: 'invalid_parameters',
      message: `${param}: 10485761 bytes, an image may have at most 10485760 bytes`,
    });
  });

  test('a bad last image is refused before the first is decoded', async () => {
    const good = sourceOf(fixture('duck.jpg'));
    const bad = {
      ...sourceOf(Buffer.from('GIF89a')),
      role: 'refer_image' as const,
      param: 'refer_images[0].image_url',
    };
    const workFolder = join(folder, 'refused');
    mkdirSync(workFolder);
    await expect(media.build([good, bad], workFolder)).rejects.toMatchObject({
      message: 'refer_images[0].image_url: is a GIF image, expected a JPG, JPEG or PNG image; export it as JPEG or PNG',
    });
    expect(readdirSync(workFolder)).toEqual([]);
  });
});

describe('what a build makes', () => {
  test('an upright JPEG, a thumbnail, a matte and a cut-out of each image, with true sizes and hashes, and a sheet of all', async () => {
    const result = await build(sourceOf(fixture('duck.jpg')), sourceOf(fixture('bear.jpg'), 'refer_image'));
    expect(result.frontal_image).toBe('frontal.jpg');
    expect(result.files.map(({ name }) => name)).toEqual([
      ...['frontal.jpg', 'frontal-thumbnail.webp', 'refer-1.jpg', 'refer-1-thumbnail.webp'],
      ...['frontal-matte.png', 'frontal-cutout.webp', 'refer-1-matte.png', 'refer-1-cutout.webp', 'sheet.webp'],
    ]);
    expect(result.files[0]).toMatchObject({ role: 'upright', width_px: 640, height_px: 640, source: 0 });
    expect(result.sources[1]).toMatchObject({ role: 'refer_image', param, facts: { kind: 'image', format: 'jpeg' } });
    expect(result.colors.length).toBeGreaterThan(2);
    expect(result.placeholder_hash).toMatch(/^[\w+/]{20,}={0,2}$/);
  });

  test('a picture with alpha becomes a PNG that still has it', async () => {
    const soft = await sharp({ create: { width: 400, height: 300, channels: 4, background: '#ff000080' } })
      .png()
      .toBuffer();
    const { files, frontal_image } = await build(sourceOf(soft));
    expect(frontal_image).toBe('frontal.png');
    expect(files[0]).toMatchObject({ media_type: 'image/png', width_px: 400 });
  });

  test('no EXIF, XMP, IPTC or text of the input survives', async () => {
    const secret = 'SECRET-4711';
    const jpeg = await sharp(fixture('duck.jpg'))
      .withExif({ IFD0: { Copyright: secret }, IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '51/1 30/1 0/1' } })
      .withXmp(`<x:xmpmeta xmlns:x="adobe:ns:meta/"><note>${secret}</note></x:xmpmeta>`)
      .toBuffer();
    const png = insertChunks(
      await sharp(fixture('bear.jpg')).ensureAlpha(0.5).png().toBuffer(),
      chunk('tEXt', Buffer.from(`profile\0${secret}`)),
    );
    expect(jpeg.includes(secret) && png.includes(secret)).toBe(true);
    const workFolder = join(folder, 'bare');
    mkdirSync(workFolder);
    await media.build([sourceOf(jpeg), sourceOf(png, 'refer_image')], workFolder);
    for (const name of readdirSync(workFolder)) {
      const bytes = readFileSync(join(workFolder, name));
      for (const trace of [secret, 'Exif', 'http://ns.adobe.com/xap', 'tEXt', 'iTXt', 'eXIf', 'Photoshop']) {
        expect(bytes.includes(trace), `${trace} in ${name}`).toBe(false);
      }
    }
  });

  test('equal sources give equal files', async () => {
    const [one, other] = [await build(sourceOf(fixture('duck.jpg'))), await build(sourceOf(fixture('duck.jpg')))];
    expect(one).toEqual(other);
  });
});

describe('hostile and odd images', () => {
  test.each(disguises)('%s is refused by its bytes, and named', async (name, bytes, what) => {
    const isVideo = name.endsWith('.mp4');
    const error = (await verdict(bytes, isVideo ? 'refer_video' : 'frontal_image')) as AppError;
    expect(error.code).toBe(isVideo ? 'invalid_parameters' : 'image_processing_error');
    expect(error.message).toMatch(`${param}: is ${what}, expected`);
  });

  test.each([
    ['photo.jpg', '\0\0\0\x18ftypheic\0\0\0\0mif1heic', 'frontal_image', 'a HEIC image', 'JPEG or PNG'],
    ['photo.jpg', '\0\0\0\x1cftypavif\0\0\0\0mif1avifmiaf', 'frontal_image', 'an AVIF image', 'JPEG or PNG'],
    ['photo.jpg', 'RIFF\x10\0\0\0WEBPVP8 ', 'frontal_image', 'a WebP image', 'JPEG or PNG'],
    ['clip.mp4', 'RIFF\x10\0\0\0AVI LIST', 'refer_video', 'an AVI video', 'MP4 with H.264'],
  ] as const)(
    '%s that shows what is wanted in another format says how to export it (%j)',
    async (_name, bytes, role, what, format) => {
      const error = (await verdict(Buffer.from(bytes, 'latin1'), role)) as AppError;
      expect(error.message).toMatch(`${param}: is ${what}, expected`);
      expect(error.message).toMatch(new RegExp(`; export it as ${format}$`));
    },
  );

  test.each([
    ['nothing but its first two bytes', Buffer.from([0xff, 0xd8])],
    ['zeros behind them', Buffer.concat([Buffer.from([0xff, 0xd8]), Buffer.alloc(500)])],
  ])('a JPEG with %s is called damaged', async (_title, bytes) => {
    expect(((await verdict(bytes)) as AppError).message).toMatch(`${param}: is damaged`);
  });

  test("a PNG as Apple's tools pack it into apps is named, with what to do", async () => {
    const png = makeZeroPng(400, 400, 'rgb');
    const packed = Buffer.concat([png.subarray(0, 8), chunk('CgBI', Buffer.from('50002002', 'hex')), png.subarray(8)]);
    expect(((await verdict(packed)) as AppError).message).toBe(
      `${param}: is a PNG image as Apple's tools pack it into apps (CgBI), expected a JPG, JPEG or PNG image; export it as JPEG or PNG`,
    );
  });

  test.each([
    ['20000 × 20000 PNG of zeros with alpha', () => makeZeroPng(20_000, 20_000, 'rgba'), /210 megapixels/],
    ['30000 × 30000 one-bit PNG', () => makeZeroPng(30_000, 30_000, 'one-bit'), /210 megapixels/],
    [
      'PNG that claims 2^31−1 px a side',
      () => makePng(2 ** 31 - 1, 2 ** 31 - 1, 2, 8, Buffer.alloc(64)),
      /megapixels|damaged/,
    ],
    ['PNG of a depth that is none', () => makePng(400, 400, 15, 48, Buffer.alloc(64)), /PNG header is not valid/],
    ['PNG with no picture in it', () => makePng(400, 400, 2, 8, Buffer.alloc(0)), /is damaged/],
    [
      'PNG with a huge chunk length',
      () =>
        Buffer.concat([
          makePng(400, 400, 2, 8, Buffer.alloc(0)).subarray(0, 33),
          Buffer.from('7fffffff49444154', 'hex'),
        ]),
      /is damaged/,
    ],
    ['JPEG that claims 60000 × 60000', () => claimJpegSize(fixture('duck.jpg'), 60_000, 60_000), /210 megapixels/],
    ['JPEG that claims more than it holds', () => claimJpegSize(fixture('duck.jpg'), 7000, 7000), /is damaged/],
    ['JPEG with nothing behind its magic', () => Buffer.from([0xff, 0xd8, 0xff, 0xe0]), /is damaged/],
  ])('%s is refused', async (_title, make, message) => {
    const error = (await verdict(make())) as AppError;
    const isTooLarge = error.message.includes('megapixels');
    const code = isTooLarge ? 'image_dimension_mismatch' : 'image_processing_error';
    expect(error).toMatchObject({ code, retryable: false });
    expect(error.message).toMatch(message);
  });

  test('a progressive JPEG of 1,000 scans is refused unread', async () => {
    const progressive = await sharp(fixture('duck.jpg')).resize(320).jpeg({ progressive: true }).toBuffer();
    const error = (await verdict(repeatScans(progressive, 1000))) as AppError;
    expect(error.message).toMatch(/holds many progressive scans, at most 100 are accepted/);
  });

  test('an arithmetically coded JPEG is an answer and not a crash', async () => {
    expect(await verdict(claimArithmeticCoding(fixture('duck.jpg')))).not.toBe(undefined);
  });

  const blank = (width: number, height: number) =>
    sharp({ create: { width, height, channels: 3, background: '#357' }, limitInputPixels: false });

  test.each([
    ['a telephone of 50 megapixels', () => blank(8192, 6144).jpeg()],
    [
      'the same, progressive in full color',
      () => blank(8192, 6144).jpeg({ progressive: true, chromaSubsampling: '4:4:4' }),
    ],
    ['the same as an interlaced PNG', () => blank(8192, 6144).png({ progressive: true })],
    ['a studio camera of 102 megapixels, progressive', () => blank(11_648, 8736).jpeg({ progressive: true })],
    ['a telephone of 200 megapixels', () => blank(16_384, 12_288).jpeg()],
    ['the same as a PNG', () => blank(16_384, 12_288).png()],
  ])('a picture of %s is built within the memory limit', { timeout: 600_000 }, async (_, take) => {
    expect(await verdict(await take().toBuffer())).toBe('built');
    for (const id of media.childIds()) expect(peakMib(id)).toBeLessThan(settings.childMemoryMib);
  });

  test('a picture that must be held whole is told from its header when that is too much, and not for a video request', async () => {
    const png = makeZeroPng(7000, 7000, 'rgba16');
    const interlaced = Buffer.concat([png.subarray(16, 28), Buffer.from([1])]);
    const source = sourceOf(Buffer.concat([png.subarray(0, 8), chunk('IHDR', interlaced), png.subarray(33)]));
    await expect(media.inspect([source])).rejects.toMatchObject({
      code: 'image_processing_error',
      message: `${param}: needs more than 512 MiB of memory to decode: 7000 × 7000 px need about 524 MiB; export it without interlacing, with 8 bits a channel, or smaller`,
    });
    const { role: _, ...file } = source;
    expect(await media.inspect([{ ...file, kind: 'image' }])).toMatchObject([{ width_px: 7000 }]);
  });

  test('one that needs more memory is refused for that, and the next file is served', async () => {
    const small = createMedia({ ...settings, childMemoryMib: 192 });
    const workFolder = mkdtempSync(join(folder, 'memory-'));
    const interlaced = await sharp({ create: { width: 6900, height: 6900, channels: 3, background: '#123' } })
      .png({ progressive: true })
      .toBuffer();
    await expect(small.build([sourceOf(interlaced)], workFolder)).rejects.toMatchObject({
      code: 'image_processing_error',
      message: expect.stringMatching(/: needs more than 192 MiB of memory to decode/),
      retryable: false,
    });
    await expect(small.inspect([sourceOf(fixture('duck.jpg'))])).resolves.toHaveLength(1);
    await small.close();
  });

  test('a polyglot keeps nothing of its other half', async () => {
    const page = Buffer.from('<script>alert(1)</script>');
    const workFolder = mkdtempSync(join(folder, 'polyglot-'));
    await media.build([sourceOf(Buffer.concat([fixture('duck.jpg'), page]))], workFolder);
    expect(readFileSync(join(workFolder, 'frontal.jpg')).includes('<script>')).toBe(false);
  });

  // At a tenth of a core this alone takes over ten minutes.
  test('200 random mutations of a JPEG and a PNG: an answer each, and no child is lost', {
    timeout: 3_600_000,
  }, async () => {
    const [jpeg, png] = [
      await sharp(fixture('duck.jpg')).resize(320).jpeg().toBuffer(),
      await sharp(fixture('duck.jpg')).resize(320).png().toBuffer(),
    ];
    await media.inspect([sourceOf(jpeg)]);
    const before = lost.length;
    for (let seed = 1; seed <= 100; seed++) {
      for (const whole of [jpeg, png]) {
        const outcome = await verdict(mutate(whole, seed));
        if (outcome !== 'built') expect(outcome.retryable, outcome.detail).toBe(false);
      }
    }
    // One that keeps much memory is let go between two jobs; that is no loss.
    expect(lost.slice(before)).toEqual([]);
    for (const id of media.childIds()) expect(peakMib(id)).toBeLessThan(settings.childMemoryMib);
  });
});

describe('time', () => {
  const settle = async (own: Partial<MediaSettings>) => {
    const hasty = createMedia({ ...settings, ...own });
    const big = sourceOf(
      await sharp({ create: { width: 7000, height: 7000, channels: 3, background: '#123' } })
        .png()
        .toBuffer(),
    );
    try {
      return await hasty.build([big], mkdtempSync(join(folder, 'hasty-'))).catch((error: AppError) => error);
    } finally {
      await hasty.close();
    }
  };

  // No real file: processor time is read a few times a second, so how much of a step of a second is seen is chance.
  test('a file that needs more processor time than a file may is refused for that', async () => {
    const ffmpeg = join(folder, 'endless-ffmpeg');
    writeFileSync(ffmpeg, '#!/bin/sh\n[ "$2" = -version ] && echo ffmpeg version 0 || while :; do :; done\n', {
      mode: 0o755,
    });
    const endless = createMedia({ ...settings, ffmpeg, childStallSeconds: 3, clockFactor: 1000 });
    const clip = sourceOf(fixture('dog.mp4'), 'refer_video');
    await expect(endless.build([clip], mkdtempSync(join(folder, 'endless-')))).rejects.toMatchObject({
      code: 'generation_timeout',
      message: `${param}: needs more than 3 s of processor time`,
      retryable: false,
    });
    await endless.close();
  });

  test('a stall by the clock is ours: no field is named, and another attempt may succeed', async () => {
    const ffmpeg = join(folder, 'stuck-ffmpeg');
    writeFileSync(ffmpeg, '#!/bin/sh\n[ "$2" = -version ] && echo ffmpeg version 0 || exec sleep 600\n', {
      mode: 0o755,
    });
    const stuck = createMedia({ ...settings, ffmpeg, childStallSeconds: 5, clockFactor: 1 });
    const clip = sourceOf(fixture('dog.mp4'), 'refer_video');
    await expect(stuck.build([clip], mkdtempSync(join(folder, 'stuck-')))).rejects.toMatchObject({
      code: 'service_error',
      message: 'this server was too busy to do the work in time; nothing was charged',
      param: undefined,
      retryable: true,
    });
    await stuck.close();
  });

  test('a signal that ends the decoder from outside is no fault of the clip, and another attempt may succeed', async () => {
    const ffmpeg = join(folder, 'stopped-ffmpeg');
    writeFileSync(ffmpeg, '#!/bin/sh\n[ "$2" = -version ] && echo ffmpeg version 0 || kill -TERM $$\n', {
      mode: 0o755,
    });
    const stopped = createMedia({ ...settings, ffmpeg });
    const clip = sourceOf(fixture('dog.mp4'), 'refer_video');
    await expect(stopped.build([clip], mkdtempSync(join(folder, 'stopped-')))).rejects.toMatchObject({
      code: 'service_error',
      retryable: true,
    });
    await stopped.close();
  });

  test('a child that did not start in time is ours: no field is named, and another attempt may succeed', async () => {
    expect(await settle({ childStartSeconds: 0.001 })).toMatchObject({
      code: 'service_error',
      message: 'this server was too busy to do the work in time; nothing was charged',
      param: undefined,
      retryable: true,
    });
  });
});

/** Changes a few bytes, most of them near the front where the structure is. Deterministic for a seed. */
function mutate(whole: Buffer, seed: number): Buffer {
  const copy = Buffer.from(whole);
  let state = seed * 2654435761;
  const next = (below: number) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  for (let change = 0; change <= seed % 5; change++) copy[8 + next(next(2) === 0 ? 600 : copy.length - 8)] = next(256);
  return copy;
}

/** The kernel's own record of the most resident memory a process ever had. */
function peakMib(id: number): number {
  if (process.platform !== 'linux') return 0;
  return Number(/^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${id}/status`, 'utf8'))?.[1]) / 1024;
}

test('fixtures are small enough to live in the repository', () => {
  for (const name of readdirSync(fixturePath('.'))) expect(statSync(fixturePath(name)).size).toBeLessThan(2 ** 20);
});
