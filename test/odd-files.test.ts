/**
 * Every trap that a picture or clip can hold, each sent through a whole build as a task would: what it must come to. The
 * rooms' own tests look closer at single steps; this is the one place that lists all traps.
 */
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp, { type Sharp } from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { AppError } from '../src/lib/errors.ts';
import { parseSection } from '../src/lib/settings.ts';
import {
  type BuildResult,
  type ClipFacts,
  createMedia,
  type ImageFacts,
  type Media,
  type MediaSettings,
  type SourceRole,
  section,
} from '../src/media/index.ts';
import { pointElsewhere, repeatEdits, repeatTrack } from './helpers/make-hostile-clips.ts';
import {
  chunk,
  claimArithmeticCoding,
  claimJpegSize,
  disguises,
  insertChunks,
  makeAnimatedPng,
  makePng,
  makeZeroPng,
  repeatScans,
} from './helpers/make-hostile-files.ts';

const folder = mkdtempSync(join(tmpdir(), 'troupe-odd-'));
// The traps lie in headers and decoders; the networks see plain pixels, would take half of the time and have tests of their own.
const settings: MediaSettings = {
  ...parseSection(section, {}, []),
  childCount: 1,
  childIdleSeconds: 600,
  peopleNetworks: 'off',
  thingsNetwork: 'off',
};
const fixture = (name: string) => readFileSync(new URL(`./fixtures/media/${name}`, import.meta.url));
let media: Media;
let made = 0;

beforeAll(() => {
  media = createMedia(settings);
});
afterAll(async () => {
  await media.close();
  rmSync(folder, { recursive: true });
});

type Outcome = { result: BuildResult; files: Map<string, Buffer> } | AppError;

/** What comes of a file sent as that role. What it may cost is limited by the child's processor time, which a machine's load doesn't change. */
async function send(bytes: Buffer, role: SourceRole): Promise<Outcome> {
  const path = join(folder, `source-${made}`);
  const workFolder = join(folder, `out-${made++}`);
  writeFileSync(path, bytes);
  mkdirSync(workFolder);
  try {
    const result = await media.build([{ role, param: 'url', path, bytes: bytes.length }], workFolder);
    const files = readdirSync(workFolder).map((name) => [name, readFileSync(join(workFolder, name))] as const);
    return { result, files: new Map(files) };
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
}

async function build(bytes: Buffer, role: SourceRole = 'frontal_image') {
  const outcome = await send(bytes, role);
  if (outcome instanceof AppError) throw outcome;
  return outcome;
}

async function refuse(bytes: Buffer, role: SourceRole = 'frontal_image'): Promise<string> {
  const outcome = await send(bytes, role);
  if (!(outcome instanceof AppError)) throw new Error('it was built');
  expect(outcome).toMatchObject({ status: 400, retryable: false, param: 'url' });
  return outcome.message;
}

const clipOf = (name: string) => build(fixture(name), 'refer_video');
const clipFacts = ({ result }: { result: BuildResult }) => result.sources[0]?.facts as ClipFacts;
const imageFacts = ({ result }: { result: BuildResult }) => result.sources[0]?.facts as ImageFacts;

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

/** The four colors of the upright picture, each channel above the middle or not. */
async function cornersOf({ result, files }: { result: BuildResult; files: Map<string, Buffer> }): Promise<string> {
  const upright = files.get(result.frontal_image as string);
  const { data, info } = await sharp(upright).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  const at = (x: number, y: number) => {
    const from = (Math.floor(y * info.height) * info.width + Math.floor(x * info.width)) * 3;
    return Array.from(data.subarray(from, from + 3), (value) => (value > 127 ? '1' : '0')).join('');
  };
  return [at(0.25, 0.25), at(0.75, 0.25), at(0.25, 0.75), at(0.75, 0.75)].join(' ');
}

const upright = '100 010 001 111';

/** How the picture must be stored so that the given EXIF orientation turns it back. */
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

describe('pictures that are odd and good', () => {
  test.each([1, 2, 3, 4, 5, 6, 7, 8])('EXIF orientation %i comes out upright, once', async (orientation) => {
    const flat = sharp(await quarters().png().toBuffer());
    const turned = sharp(await (stored[orientation] as (image: Sharp) => Sharp)(flat).png().toBuffer());
    const outcome = await build(await turned.withMetadata({ orientation }).jpeg({ quality: 95 }).toBuffer());
    expect(await cornersOf(outcome)).toBe(upright);
    expect(imageFacts(outcome)).toMatchObject({ orientation, width_px: 400, height_px: 320 });
    expect(outcome.result.files[0]).toMatchObject({ width_px: 400, height_px: 320 });
  });

  test.each<[string, () => Promise<Buffer>, Partial<ImageFacts>]>([
    ['16-bit PNG', () => quarters().toColorspace('rgb16').png().toBuffer(), { bits_per_channel: 16 }],
    [
      '16-bit PNG with alpha',
      () => quarters().ensureAlpha(0.9).toColorspace('rgb16').png().toBuffer(),
      { has_alpha: true },
    ],
    ['palette PNG', () => quarters().png({ palette: true }).toBuffer(), { format: 'png' }],
    ['interlaced PNG', () => quarters().png({ progressive: true }).toBuffer(), { format: 'png' }],
    ['progressive JPEG', () => quarters().jpeg({ progressive: true, quality: 95 }).toBuffer(), { format: 'jpeg' }],
    [
      'Display P3 JPEG',
      () => quarters().withIccProfile('p3').jpeg({ quality: 95 }).toBuffer(),
      { has_color_profile: true },
    ],
    ['Display P3 PNG', () => quarters().withIccProfile('p3').png().toBuffer(), { has_color_profile: true }],
    ['JPEG with a profile that is none', async () => addProfile(await quarters().jpeg({ quality: 95 }).toBuffer()), {}],
    [
      'animated PNG, of which the first frame counts',
      async () => makeAnimatedPng(await quarters().png().toBuffer(), 400, 320),
      {},
    ],
  ])('%s', async (_title, make, facts) => {
    const outcome = await build(await make());
    expect(await cornersOf(outcome)).toBe(upright);
    expect(imageFacts(outcome)).toMatchObject(facts);
  });

  test('CMYK JPEG keeps its colors, duller', async () => {
    const outcome = await build(await quarters().toColorspace('cmyk').jpeg({ quality: 95 }).toBuffer());
    expect(imageFacts(outcome).color_space).toBe('cmyk');
    const [red = 0, green = 0, blue = 0] = await sharp(outcome.files.get('frontal.jpg')).raw().toBuffer();
    expect(red - Math.max(green, blue)).toBeGreaterThan(150);
  });

  test.each([8, 16] as const)(
    'grey with alpha of %i bits: the alpha is kept, and taken for the matte',
    async (bits) => {
      const disc = Buffer.alloc(400 * 400 * 2);
      for (let at = 0; at < 400 * 400; at++) {
        const inside = Math.hypot((at % 400) - 200, Math.floor(at / 400) - 200) < 120;
        disc.set([0x99, inside ? 255 : 0], at * 2);
      }
      const grey = sharp(disc, { raw: { width: 400, height: 400, channels: 2 } });
      const outcome = await build(
        await grey
          .toColorspace(bits === 8 ? 'b-w' : 'grey16')
          .png()
          .toBuffer(),
      );
      expect(outcome.result.frontal_image).toBe('frontal.png');
      expect(imageFacts(outcome)).toMatchObject({ has_alpha: true, bits_per_channel: bits, matte_confidence: 0.99 });
      expect(imageFacts(outcome).subject?.share).toBeCloseTo(Math.PI * 0.3 ** 2, 2);
    },
  );

  test('palette PNG with a transparent color', async () => {
    const holes = await quarters()
      .ensureAlpha()
      .composite([{ input: makeHole(), left: 0, top: 0, blend: 'dest-out' }])
      .png()
      .toBuffer();
    const outcome = await build(await sharp(holes).png({ palette: true }).toBuffer());
    const { channels } = await sharp(outcome.files.get('frontal.png')).stats();
    expect([channels[3]?.min, channels[3]?.max]).toEqual([0, 255]);
  });

  test('an arithmetically coded JPEG is an answer and not a crash', async () => {
    const outcome = await send(claimArithmeticCoding(fixture('duck.jpg')), 'frontal_image');
    if (outcome instanceof AppError)
      expect(outcome).toMatchObject({ code: 'image_processing_error', retryable: false });
  });
});

function addProfile(jpeg: Buffer): Buffer {
  const profile = Buffer.concat([Buffer.from('ICC_PROFILE\0\x01\x01', 'latin1'), Buffer.alloc(300, 7)]);
  const marker = Buffer.from([0xff, 0xe2, 0, 0]);
  marker.writeUInt16BE(profile.length + 2, 2);
  return Buffer.concat([jpeg.subarray(0, 2), marker, profile, jpeg.subarray(2)]);
}

function makeHole() {
  return { create: { width: 100, height: 100, channels: 4 as const, background: '#000' } };
}

const tenths = [1, 2, 3, 4, 5, 6, 7, 8, 9];
const cutAt = (bytes: Buffer, tenth: number) => bytes.subarray(0, Math.floor((bytes.length * tenth) / 10));

describe('pictures that are refused', () => {
  test.each(tenths)('cut off at %i tenths: JPEG, progressive JPEG, PNG', async (tenth) => {
    const whole = sharp(fixture('duck.jpg')).resize(400);
    for (const bytes of [
      await whole.clone().jpeg().toBuffer(),
      await whole.clone().jpeg({ progressive: true }).toBuffer(),
      await whole.clone().png().toBuffer(),
    ]) {
      expect(await refuse(cutAt(bytes, tenth))).toMatch(/^url: is damaged/);
    }
  });

  test.each<[string, () => Buffer | Promise<Buffer>, RegExp]>([
    ['bomb: 20000 × 20000 PNG with alpha', () => makeZeroPng(20_000, 20_000, 'rgba'), /210 megapixels/],
    ['bomb: 30000 × 30000 one-bit PNG', () => makeZeroPng(30_000, 30_000, 'one-bit'), /210 megapixels/],
    [
      'bomb: PNG whose area overflows 32 bits',
      () => makePng(65_536, 65_536, 3, 1, Buffer.alloc(64)),
      /megapixels|damaged/,
    ],
    [
      'bomb: PNG that claims 2^31−1 px a side',
      () => makePng(2 ** 31 - 1, 2 ** 31 - 1, 2, 8, Buffer.alloc(64)),
      /megapixels|damaged/,
    ],
    [
      'bomb: JPEG that claims 60000 × 60000',
      () => claimJpegSize(fixture('duck.jpg'), 60_000, 60_000),
      /210 megapixels/,
    ],
    ['bomb: JPEG of 1,000 scans', async () => repeatScans(await progressive(), 1000), /progressive scans, at most 100/],
    ['PNG of a depth that is none', () => makePng(400, 400, 15, 48, Buffer.alloc(64)), /PNG header is not valid/],
    ['PNG without a picture', () => makePng(400, 400, 2, 8, Buffer.alloc(0)), /is damaged/],
    ['animated GIF', () => animated('gif'), /is a GIF image/],
    ['animated WebP', () => animated('webp'), /is a WebP image/],
  ])('%s', async (_title, make, message) => {
    expect(await refuse(await make())).toMatch(message);
  });

  test.each(disguises)('%s in disguise is called what it is', async (name, bytes, what) => {
    expect(await refuse(bytes, name.endsWith('.mp4') ? 'refer_video' : 'frontal_image')).toMatch(
      `url: is ${what}, expected`,
    );
  });
});

function progressive(): Promise<Buffer> {
  return sharp(fixture('duck.jpg')).resize(320).jpeg({ progressive: true }).toBuffer();
}

function animated(format: 'gif' | 'webp'): Promise<Buffer> {
  const frames = Buffer.alloc(320 * 640 * 3, 90);
  return sharp(frames, { raw: { width: 320, height: 640, channels: 3, pageHeight: 320 } })
    .toFormat(format)
    .toBuffer();
}

describe('clips that are odd and good', () => {
  test.each<[string, string, Partial<ClipFacts>]>([
    ['rotated', 'portrait-rotated.mov', { width_px: 720, height_px: 1280, rotation_degrees: 270 }],
    ['of pixels that are not square', 'anamorphic.mp4', { width_px: 1024, height_px: 576 }],
    ['of variable frame rate', 'variable-rate.mp4', { frame_count: 43 }],
    ['of 10 bits', 'ten-bit-hevc.mp4', { video_codec: 'hevc' }],
    ['of high dynamic range', 'hdr10.mp4', { high_dynamic_range: true, color_transfer: 'pq' }],
    ['with its sound first', 'sound-first.mp4', { video_codec: 'avc' }],
    ['trimmed by an edit list', 'trimmed-by-edit-list.mp4', { frame_count: 26 }],
    ['recorded without a length', 'recorded.webm', { format: 'webm', video_codec: 'vp8' }],
    ['of one frame', 'one-frame.mp4', { frame_count: 1 }],
    ['in AV1', 'av1.mp4', { video_codec: 'av1' }],
  ])('%s', async (_title, name, facts) => {
    const outcome = await clipOf(name);
    expect(clipFacts(outcome)).toMatchObject(facts);
    const { width_px, height_px } = clipFacts(outcome);
    for (const file of outcome.result.files.filter(({ role }) => role === 'frame' || role === 'clip')) {
      expect(file).toMatchObject({ width_px, height_px });
    }
    const { channels } = await sharp(outcome.files.get('frame-1.jpg')).stats();
    const mean = channels.reduce((sum, channel) => sum + channel.mean, 0) / 3;
    expect(mean).toBeGreaterThan(90);
    expect(mean).toBeLessThan(190);
  });

  test.each<[string, string, boolean, object | null]>([
    ['no sound', 'dog.mp4', false, null],
    ['silent sound', 'silent-sound.mp4', false, { silent: true, speech: null }],
    ['a tone', 'vp9-opus-tone.webm', true, { silent: false, speech: { likely: false } }],
    ['speech at 22,050 Hz', 'spoken.mp4', true, { silent: false, speech: { likely: true } }],
    ['six channels, longer than the pictures', 'surround.mp4', true, { channels: 6, silent: false }],
  ])('%s', async (_title, name, hasVoice, sound) => {
    const outcome = await clipOf(name);
    expect(outcome.files.has('voice.wav')).toBe(hasVoice);
    if (sound === null) expect(clipFacts(outcome).sound).toBeNull();
    else expect(clipFacts(outcome).sound).toMatchObject(sound);
  });
});

describe('clips that are refused', () => {
  test.each(tenths)('cut off at %i tenths: MP4, MOV, WebM', async (tenth) => {
    for (const name of ['dog.mp4', 'portrait-rotated.mov', 'vp9-opus-tone.webm']) {
      expect(await refuse(cutAt(fixture(name), tenth), 'refer_video')).toMatch(/^url: (is damaged|holds no video)/);
    }
  });

  test.each<[string, () => Buffer, RegExp]>([
    [
      'an index without pictures',
      () => fixture('dog.mp4').subarray(fixture('dog.mp4').indexOf('moov') - 4),
      /is a QuickTime|damaged/,
    ],
    ['Matroska', () => fixture('vp8-matroska.mkv'), /is a Matroska/],
    ['AVI', () => fixture('mpeg4.avi'), /is an AVI video/],
    ['a coding that is not read', () => fixture('mpeg2.mp4'), /coded as MPEG-2/],
  ])('%s', async (_title, make, message) => {
    expect(await refuse(make(), 'refer_video')).toMatch(message);
  });

  test.each<[string, () => Buffer]>([
    ['2,000 tracks', () => repeatTrack(fixture('dog.mp4'), 2000)],
    ['an edit list of 100,000 entries', () => repeatEdits(fixture('trimmed-by-edit-list.mp4'), 100_000)],
    ['an edit list that plays it 2,000 times', () => repeatEdits(fixture('trimmed-by-edit-list.mp4'), 2000)],
  ])('%s: an answer in time', async (_title, make) => {
    const outcome = await send(make(), 'refer_video');
    if (outcome instanceof AppError) expect(outcome).toMatchObject({ status: 400, retryable: false });
    else expect(clipFacts(outcome).duration_seconds).toBeLessThan(1);
  });

  test('pictures said to lie elsewhere: nobody goes there', async () => {
    let connections = 0;
    const canary = createServer((socket) => {
      connections += 1;
      socket.destroy();
    }).listen(0, '127.0.0.1');
    await once(canary, 'listening');
    const { port } = canary.address() as AddressInfo;
    for (const url of [`http://127.0.0.1:${port}/clip.mp4`, 'file:///etc/passwd']) {
      const outcome = await send(pointElsewhere(fixture('dog.mp4'), url), 'refer_video');
      if (outcome instanceof AppError) expect(outcome).toMatchObject({ status: 400, retryable: false });
      else for (const bytes of outcome.files.values()) expect(bytes.includes(url)).toBe(false);
    }
    canary.close();
    expect(connections).toBe(0);
  });
});

describe('what comes out carries nothing of what came along', () => {
  const traces = [
    'SECRET-4711',
    '<script>',
    'Exif',
    'http://ns.adobe.com/xap',
    'tEXt',
    'iTXt',
    'zTXt',
    'eXIf',
    'Photoshop',
    'udta',
  ];

  test.each<[string, SourceRole, () => Buffer | Promise<Buffer>]>([
    ['EXIF with a place, XMP and IPTC of a JPEG', 'frontal_image', () => taggedJpeg()],
    ['text chunks of a PNG', 'frontal_image', () => taggedPng()],
    [
      'a page behind a JPEG',
      'frontal_image',
      () => Buffer.concat([fixture('duck.jpg'), Buffer.from('<script>SECRET-4711</script>')]),
    ],
    [
      'a page behind a PNG',
      'frontal_image',
      async () => Buffer.concat([await quarters().png().toBuffer(), Buffer.from('<script>')]),
    ],
    ['title, place and names of tracks of a clip', 'refer_video', () => fixture('spoken.mp4')],
    ['a page behind a clip', 'refer_video', () => Buffer.concat([fixture('dog.mp4'), makeFree('<script>SECRET-4711')])],
  ])('%s', async (_title, role, make) => {
    const bytes = await make();
    expect(traces.some((trace) => bytes.includes(trace))).toBe(true);
    for (const [name, made] of (await build(bytes, role)).files) {
      for (const trace of [...traces, '+51.5000']) expect(made.includes(trace), `${trace} in ${name}`).toBe(false);
    }
  });
});

function makeFree(text: string): Buffer {
  const box = Buffer.alloc(8 + text.length);
  box.writeUInt32BE(box.length);
  box.write(`free${text}`, 4, 'latin1');
  return box;
}

function taggedJpeg(): Promise<Buffer> {
  return sharp(fixture('duck.jpg'))
    .withExif({ IFD0: { Copyright: 'SECRET-4711' }, IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '51/1 30/1 0/1' } })
    .withXmp('<x:xmpmeta xmlns:x="adobe:ns:meta/"><note>SECRET-4711</note></x:xmpmeta>')
    .toBuffer();
}

async function taggedPng(): Promise<Buffer> {
  const png = await sharp(fixture('bear.jpg')).ensureAlpha(0.5).png().toBuffer();
  const texts = ['tEXt', 'iTXt', 'zTXt'].map((type) => chunk(type, Buffer.from('profile\0SECRET-4711')));
  return insertChunks(png, ...texts);
}
