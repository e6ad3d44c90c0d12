import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import type { ClipHeader } from '../schema.ts';
import { sniffFormat } from '../sniff-format.ts';
import type { ClipRules } from '../sources.ts';
import { checkClipBytes, checkClipRules } from './check-limits.ts';
import { readContainer } from './read-container.ts';

const folder = mkdtempSync(join(tmpdir(), 'troupe-container-'));
afterAll(() => rmSync(folder, { recursive: true }));

const fixturePath = (name: string) => new URL(`../../../test/fixtures/media/${name}`, import.meta.url).pathname;
const formats: Record<string, ClipHeader['format']> = { mp4: 'mp4', mov: 'mov', webm: 'webm' };
const param = 'video_url';

function read(path: string) {
  const format = formats[path.split('.').at(-1) as string] as ClipHeader['format'];
  return readContainer({ path, param, bytes: readFileSync(path).length }, format);
}

function readBytes(bytes: Buffer, extension: string) {
  const path = join(folder, `clip.${extension}`);
  writeFileSync(path, bytes);
  return read(path);
}

describe('facts without decoding', () => {
  test.each<[string, Partial<ClipHeader>]>([
    [
      'dog.mp4',
      { format: 'mp4', video_codec: 'avc', width_px: 720, height_px: 406, frame_count: 120, sound_track: null },
    ],
    [
      'portrait-rotated.mov',
      {
        format: 'mov',
        width_px: 720,
        height_px: 1280,
        stored_width_px: 1280,
        stored_height_px: 720,
        rotation_degrees: 270,
      },
    ],
    ['anamorphic.mp4', { width_px: 1024, height_px: 576, stored_width_px: 720, pixel_aspect_ratio: 1.4222 }],
    ['ten-bit-hevc.mp4', { video_codec: 'hevc', width_px: 720, high_dynamic_range: false }],
    ['av1.mp4', { video_codec: 'av1', duration_seconds: 1.5015 }],
    [
      'vp9-opus-tone.webm',
      { format: 'webm', video_codec: 'vp9', sound_track: { codec: 'opus', channels: 1, sample_rate_hz: 48_000 } },
    ],
    ['sound-first.mp4', { video_codec: 'avc', sound_track: { codec: 'aac', channels: 1, sample_rate_hz: 44_100 } }],
    ['variable-rate.mp4', { frame_count: 43, duration_seconds: 3.0364 }],
    // Written by a recorder that never went back to fill in a length.
    ['recorded.webm', { format: 'webm', video_codec: 'vp8', frame_count: 30 }],
    ['trimmed-by-edit-list.mp4', { frame_count: 26, duration_seconds: 0.9039 }],
    ['one-frame.mp4', { frame_count: 1 }],
  ])('%s', async (name, facts) => {
    expect(await read(fixturePath(name))).toMatchObject(facts);
  });
});

test('H.264 in a file of a 3GP brand is read like any other', async () => {
  const clip = readFileSync(fixturePath('dog.mp4'));
  clip.write('3gp4', 8, 'latin1');
  expect(sniffFormat(clip)).toMatchObject({ kind: 'clip', format: 'mp4' });
  expect(await readBytes(clip, 'mp4')).toEqual(await read(fixturePath('dog.mp4')));
});

describe('what cameras and editors write', () => {
  test.each([
    ['mpeg4.mp4', 'mpeg4', 30],
    ['mjpeg.mov', 'mjpeg', 10],
    ['prores.mov', 'prores', 5],
  ])('%s is read as %s', async (name, video_codec, frame_count) => {
    const facts = await read(fixturePath(name));
    expect(facts).toMatchObject({ video_codec, frame_count, width_px: 720, height_px: 406 });
    expect(facts.duration_seconds).toBeCloseTo(1, 1);
  });

  test('an entry of MPEG-4 is what its object type says: Motion JPEG, or another coding that is not read', async () => {
    const whole = readFileSync(fixturePath('mpeg4.mp4'));
    const at = whole.indexOf(Buffer.of(0x20, 0x11), whole.indexOf('esds'));
    whole[at] = 0x6c;
    expect((await readBytes(whole, 'mp4')).video_codec).toBe('mjpeg');
    whole[at] = 0x6a;
    await expect(readBytes(whole, 'mp4')).rejects.toMatchObject({
      message: expect.stringContaining('coded as MPEG-1,'),
    });
  });
});

describe('what cannot be read is refused in words', () => {
  test('a codec that is not readable is named as people name it', async () => {
    const readable = 'readable are H.264, H.265, VP8, VP9, AV1, MPEG-4 Part 2, ProRes and Motion JPEG';
    await expect(read(fixturePath('mpeg2.mp4'))).rejects.toMatchObject({
      code: 'invalid_parameters',
      message: `video_url: its video is coded as MPEG-2, ${readable}`,
    });
    const whole = readFileSync(fixturePath('mjpeg.mov'));
    const entry = whole.indexOf('jpeg', whole.indexOf('stsd'));
    for (const [code, name] of Object.entries({
      AVdh: 'DNxHD',
      aprn: 'ProRes RAW',
      CFHD: 'CineForm',
      dvcp: 'DV',
      '2vuy': 'uncompressed video',
      vvc1: 'H.266',
      zzz9: "'zzz9'",
    })) {
      whole.write(code, entry, 'latin1');
      await expect(readBytes(whole, 'mov')).rejects.toMatchObject({
        message: `video_url: its video is coded as ${name}, ${readable}`,
      });
    }
  });

  test('an MP4 without its index is refused', async () => {
    const whole = readFileSync(fixturePath('dog.mp4'));
    whole.write('free', whole.indexOf('moov'), 'latin1');
    await expect(readBytes(whole, 'mp4')).rejects.toMatchObject({
      message: expect.stringMatching(/^video_url: is damaged/),
    });
  });

  test('150 random mutations of an index: facts or a refusal, each for at most what reading it whole a thousand times costs', async () => {
    const whole = readFileSync(fixturePath('sound-first.mp4'));
    const start = process.cpuUsage();
    await readBytes(whole, 'mp4');
    const { user: userOnce, system: systemOnce } = process.cpuUsage(start);
    const most = 1000 * Math.max(5000, userOnce + systemOnce);
    const index = whole.indexOf('moov');
    for (let seed = 1; seed <= 150; seed++) {
      const copy = Buffer.from(whole);
      for (let change = 0; change <= seed % 4; change++) {
        const at = index + ((seed * 7919 + change * 104_729) % Math.min(1800, copy.length - index));
        copy[at] = (seed * 31 + change * 17) % 256;
      }
      const before = process.cpuUsage();
      const outcome = await readBytes(copy, 'mp4').catch((error) => error);
      const { user, system } = process.cpuUsage(before);
      expect(user + system).toBeLessThan(most);
      if (!('kind' in outcome)) expect(outcome).toMatchObject({ code: 'invalid_parameters', param });
    }
  });
});

describe('clip limits', () => {
  const rules: ClipRules = {
    formats: ['mp4'],
    bytesMax: 104_857_600,
    durationMaxSeconds: 8,
    widthMinPx: 720,
    widthMaxPx: 2160,
  };
  const strict: ClipRules = {
    ...rules,
    durationMinSeconds: 3,
    heightMinPx: 720,
    heightMaxPx: 2160,
    frameRateMin: 24,
    frameRateMax: 60,
  };
  const settings = { videoPixelsMax: 4096 * 2160 };
  const header = (own: Partial<ClipHeader>) =>
    ({
      duration_seconds: 5,
      width_px: 1080,
      height_px: 1920,
      stored_width_px: 1920,
      stored_height_px: 1080,
      frame_rate: 30,
      ...own,
    }) as ClipHeader;

  test.each([
    [{ duration_seconds: 8.06 }, '8.06 s long, a video may last at most 8 s'],
    [{ duration_seconds: 8.134, frame_rate: 15 }, '8.14 s long, a video may last at most 8 s'],
    [{ duration_seconds: 10, frame_rate: 0.5 }, '10 s long, a video may last at most 8 s'],
    [{ width_px: 719 }, '719 × 1920 px, a video must be 720 to 2160 px wide'],
    [{ width_px: 2162 }, '2162 × 1920 px, a video must be 720 to 2160 px wide'],
    [{ width_px: 2160, height_px: 4098 }, '2160 × 4098 px, a video frame may have at most 8.8 megapixels'],
  ])('%j is refused', (own, rule) => {
    expect(() => checkClipRules(header(own), param, rules, settings)).toThrow(
      expect.objectContaining({ code: 'invalid_parameters', message: `${param}: ${rule}` }),
    );
  });

  test.each([
    { duration_seconds: 8.04 },
    ...[5, 10, 12.5, 15, 24, 29.97, 60].map((frame_rate) => ({ duration_seconds: 8 + 1 / frame_rate, frame_rate })),
    { width_px: 720 },
    { width_px: 2160, height_px: 3840 },
    { duration_seconds: 0.03 },
  ])('%j passes', (own) => {
    expect(() => checkClipRules(header(own), param, rules, settings)).not.toThrow();
  });

  test.each([
    [{ duration_seconds: 2.9 }, '2.9 s long, a video must last at least 3 s'],
    [{ height_px: 480 }, '1080 × 480 px, a video must be 720 to 2160 px high'],
    [{ frame_rate: 15 }, '15 frames a second, a video must have 24 to 60'],
    [{ frame_rate: 120 }, '120 frames a second, a video must have 24 to 60'],
  ])('%j is refused where the rules name such a bound', (own, rule) => {
    expect(() => checkClipRules(header(own), param, strict, settings)).toThrow(`${param}: ${rule}`);
  });

  test.each([{ frame_rate: 23.976 }, { frame_rate: 60.2 }, { duration_seconds: 2.97 }])(
    '%j passes the strict rules: a rate and a length are rarely round',
    (own) => {
      expect(() => checkClipRules(header(own), param, strict, settings)).not.toThrow();
    },
  );

  test('more than 100 MB is refused', () => {
    expect(() => checkClipBytes(104_857_601, param, rules)).toThrow(
      'video_url: 104857601 bytes, a video may have at most 104857600 bytes',
    );
  });
});
