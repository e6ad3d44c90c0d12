import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import sharp from 'sharp';
import { afterAll, describe, expect, test } from 'vitest';
import { parseSection } from '../../../lib/settings.ts';
import { section } from '../../config.ts';
import { toLabImage } from '../../raster/lab-image.ts';
import { toOklab } from '../../raster/oklab.ts';
import type { Pixels } from '../../raster/pixels.ts';
import type { ClipFacts, ClipHeader, ElementFile } from '../../schema.ts';
import { findFfmpeg } from '../../video/decode-with-ffmpeg.ts';
import { findNodeAv } from '../../video/decode-with-node-av.ts';
import { DecodeError, type VideoDecoder } from '../../video/decoder.ts';
import { readContainer } from '../../video/read-container.ts';
import { hashPicture } from '../steps/hash-picture.ts';
import { measureExposure } from '../steps/measure-exposure.ts';
import { measureSharpness } from '../steps/measure-sharpness.ts';
import type { View } from '../view.ts';
import { loadClip } from './load-clip.ts';

/** Each way of decoding that is there; the project's own dependencies bring at least the second. */
const ways = (
  [
    ['ffmpeg', await findFfmpeg('ffmpeg')],
    ['node-av', await findNodeAv()],
  ] as const
).filter((way): way is readonly [(typeof way)[0], VideoDecoder] => way[1] !== null);

const folder = mkdtempSync(join(tmpdir(), 'troupe-clip-'));
afterAll(() => rmSync(folder, { recursive: true }));
const fixturePath = (name: string) => new URL(`../../../../test/fixtures/media/${name}`, import.meta.url).pathname;

async function load(path: string, ffmpeg: string, report: (progress: { fraction: number }) => void = () => undefined) {
  const source = { role: 'refer_video' as const, param: 'video_url', path, bytes: readFileSync(path).length };
  const header = await readContainer(source, extname(path).slice(1) as ClipHeader['format']);
  const files = createFiles();
  const settings = { ...parseSection(section, {}, []), ffmpeg };
  const { views, facts } = await loadClip(source, header, settings, files, report);
  for (const view of views) {
    for (const step of [measureSharpness, measureExposure, hashPicture]) step(view);
  }
  return { views, facts: facts()[0]?.facts as ClipFacts, files };
}

/** A folder of its own, and what was listed in it. */
function createFiles() {
  const own = mkdtempSync(join(folder, 'files-'));
  const listed: Omit<ElementFile, 'bytes' | 'sha256'>[] = [];
  return {
    listed,
    pathOf: (name: string) => join(own, name),
    writeFile: async (bytes: Uint8Array, file: (typeof listed)[number]) => {
      writeFileSync(join(own, file.name), bytes);
      listed.push(file);
    },
    listFile: async (file: (typeof listed)[number]) => void listed.push(file),
  };
}

test('a decoder is there to be tested', () => {
  expect(ways.length).toBeGreaterThan(0);
});

describe.each(ways)('decoded by %s', (way, decoder) => {
  test('a clip gives four sharp frames that differ, the sharpest in front', async () => {
    const { views, facts } = await load(fixturePath('dog.mp4'), way);
    expect(views.map(({ stem }) => stem)).toEqual(['frame-1', 'frame-2', 'frame-3', 'frame-4']);
    const times = facts.frames.map(({ time_seconds }) => time_seconds);
    expect(new Set(times).size).toBe(4);
    expect(times.slice(1)).toEqual(times.slice(1).toSorted((one, other) => one - other));
    const sharpness = facts.frames.map((frame) => frame.sharpness);
    expect(Math.max(...sharpness)).toBe(sharpness[0]);
    expect(facts).toMatchObject({ decoder: decoder.name, sound: null });
  });

  test.each([
    ['portrait-rotated.mov', 720, 1280],
    ['anamorphic.mp4', 1024, 576],
    ['ten-bit-hevc.mp4', 720, 406],
    ['vp9-opus-tone.webm', 720, 406],
    ['av1.mp4', 720, 406],
    ['variable-rate.mp4', 720, 406],
    ['sound-first.mp4', 720, 406],
    ['trimmed-by-edit-list.mp4', 720, 406],
    ['recorded.webm', 720, 406],
  ])('%s comes out as displayed: %i × %i', async (name, width, height) => {
    const { views } = await load(fixturePath(name), way);
    for (const { pixels } of views) expect(pixels).toMatchObject({ width, height, channels: 3 });
    // The woman in blue jeans against grey ground and green plants: none of the clips is green, dark or blank.
    const { light, spread } = describePicture(views[0] as View);
    expect(light).toBeGreaterThan(0.4);
    expect(light).toBeLessThan(0.8);
    expect(spread).toBeGreaterThan(0.1);
  });

  test('a turned clip is turned the right way', async () => {
    const [turned] = (await load(fixturePath('portrait-rotated.mov'), way)).views;
    const [plain] = (await load(fixturePath('dog.mp4'), way)).views;
    // The same scene, turned against the clock: turned back it is the same picture but for who moves in it.
    const back = await sharp(turned?.small.data, { raw: turned?.small as Pixels })
      .rotate(90)
      .resize(512, 289, { fit: 'fill' })
      .raw()
      .toBuffer();
    const upsideDown = await sharp(back, { raw: { width: 512, height: 289, channels: 3 } })
      .rotate(180)
      .raw()
      .toBuffer();
    expect(meanDifference(back, (plain as View).small.data)).toBeLessThan(20);
    expect(meanDifference(upsideDown, (plain as View).small.data)).toBeGreaterThan(40);
  });

  test('a clip of one frame gives that frame', async () => {
    const { views, facts } = await load(fixturePath('one-frame.mp4'), way);
    expect(views).toHaveLength(1);
    expect(facts.frames).toMatchObject([{ file: 'frame-1.jpg', time_seconds: 0 }]);
  });

  test('sound is measured; silent sound is called silent', async () => {
    const tone = (await load(fixturePath('vp9-opus-tone.webm'), way)).facts.sound;
    expect(tone).toMatchObject({ codec: 'opus', silent: false });
    expect(tone?.loudness_dbfs).toBeGreaterThan(-24);
    expect(tone?.loudness_dbfs).toBeLessThan(-18);
    const silence = (await load(fixturePath('silent-sound.mp4'), way)).facts.sound;
    expect(silence).toMatchObject({ codec: 'aac', silent: true });
    expect(silence?.loudness_dbfs).toBeLessThan(-60);
  });

  test('the voice sample is a 16 kHz mono file as long as the clip, and speech is heard in it', async () => {
    const { facts, files } = await load(fixturePath('spoken.mp4'), way);
    expect(facts.sound).toMatchObject({ sample_rate_hz: 22_050, silent: false, speech: { likely: true } });
    expect(facts.sound?.loudness_lufs).toBeCloseTo(-19.3, 0);
    const voice = files.listed.find(({ role }) => role === 'voice');
    expect(voice).toMatchObject({ name: 'voice.wav', media_type: 'audio/wav', sample_rate_hz: 16_000, source: 0 });
    expect(voice?.duration_seconds).toBeCloseTo(4, 1);
    const bytes = readFileSync(files.pathOf('voice.wav'));
    expect([bytes.readUInt32LE(24), bytes.readUInt16LE(22), bytes.readUInt16LE(34)]).toEqual([16_000, 1, 16]);
    expect(bytes.length).toBe(44 + 2 * Math.round(16_000 * (voice?.duration_seconds ?? 0)));
  });

  test('of sound in six channels that goes on after the pictures, what belongs to them is mixed to one', async () => {
    const { facts, files } = await load(fixturePath('surround.mp4'), way);
    expect(facts.sound).toMatchObject({ channels: 6, silent: false });
    expect(files.listed.find(({ role }) => role === 'voice')?.duration_seconds).toBe(1.001);
  });

  test.each(['dog.mp4', 'silent-sound.mp4'])('%s has no voice, and its facts say why', async (name) => {
    const { facts, files } = await load(fixturePath(name), way);
    expect(files.listed.map(({ role }) => role)).toEqual(['clip']);
    expect(facts.sound?.silent ?? null).toBe(name === 'dog.mp4' ? null : true);
  });

  test('the clip itself is kept, with its size and length', async () => {
    const { files } = await load(fixturePath('portrait-rotated.mov'), way);
    const size = { width_px: 720, height_px: 1280, duration_seconds: 2.002 };
    expect(files.listed).toEqual([{ name: 'clip.mp4', role: 'clip', media_type: 'video/mp4', source: 0, ...size }]);
  });

  test.each(['mpeg4.mp4', 'mjpeg.mov', 'prores.mov'])(
    '%s is decoded, and kept in H.264, which any browser plays',
    async (name) => {
      const { views, facts, files } = await load(fixturePath(name), way);
      expect(views.length).toBeGreaterThan(0);
      const [kept] = files.listed.filter(({ role }) => role === 'clip');
      expect(kept).toMatchObject({ name: 'clip.mp4', media_type: 'video/mp4', width_px: 720, height_px: 406 });
      const path = files.pathOf('clip.mp4');
      const copy = await readContainer({ path, param: 'copy', bytes: readFileSync(path).length }, 'mp4');
      expect(copy.video_codec).toBe('avc');
      expect(Math.abs(copy.duration_seconds - facts.duration_seconds)).toBeLessThan(0.1);
    },
  );

  test.each(['mjpeg.mov', 'prores.mov'])('%s shows its colors', async (name) => {
    const { views } = await load(fixturePath(name), way);
    const { data, width } = (views[0] as View).pixels;
    const at = (x: number, y: number) => Array.from(data.subarray((y * width + x) * 3, (y * width + x) * 3 + 3));
    // The second and sixth bar of SMPTE ECR 1-1978 at 75 %: yellow and red.
    for (const [pixel, wanted] of [
      [at(150, 100), [191, 191, 0]],
      [at(560, 100), [191, 0, 0]],
    ] as const) {
      for (const [channel, value] of pixel.entries()) {
        expect(Math.abs(value - (wanted[channel] as number))).toBeLessThan(30);
      }
    }
  });

  test('a cut is found, and frames of both scenes are chosen', async () => {
    const { facts } = await load(fixturePath('two-scenes.mp4'), way);
    expect(facts.cuts).toEqual([{ time_seconds: 2, strength: expect.closeTo(0.64, 1) }]);
    expect(facts.scenes).toEqual([
      { from_seconds: 0, to_seconds: 2 },
      { from_seconds: 2, to_seconds: facts.duration_seconds },
    ]);
    for (const { scene, time_seconds } of facts.frames) expect(scene).toBe(time_seconds < 2 ? 0 : 1);
    expect(new Set(facts.frames.map(({ scene }) => scene)).size).toBe(2);
  });

  test('a clip of high dynamic range looks like the same clip without', async () => {
    const hdr = await load(fixturePath('hdr10.mp4'), way);
    expect(hdr.facts).toMatchObject({ high_dynamic_range: true, color_transfer: 'pq' });
    const [mapped, plain] = [hdr.views[0], (await load(fixturePath('dog.mp4'), way)).views[0]].map((view) =>
      describePicture(view as View),
    );
    // unmapped its lightness is 0.52 with a spread of 0.13, instead of 0.65 with 0.25
    expect(Math.abs((mapped?.light ?? 0) - (plain?.light ?? 0))).toBeLessThan(0.05);
    expect(Math.abs((mapped?.spread ?? 0) - (plain?.spread ?? 0))).toBeLessThan(0.05);
  });

  test.each(['pq', 'hlg'] as const)(
    'patches as %s come out within 3 of CIE 1976 color difference',
    async (transfer) => {
      const path = join(folder, `patches-${transfer}-${way}.mp4`);
      writePatches(path, transfer);
      const { views, facts } = await load(path, way);
      expect(facts.color_transfer).toBe(transfer);
      const { data, width } = (views[0] as View).pixels;
      for (const [at, truth] of patches.entries()) {
        const from = (360 * width + at * 160 + 80) * 3;
        const seen = data.subarray(from, from + 3);
        expect(differ(truth, [...seen]), `${truth} became ${seen}`).toBeLessThan(3);
      }
    },
  );

  test('a clip that cannot be decoded to its end is refused, and progress never runs back', async () => {
    const whole = readFileSync(fixturePath('dog.mp4'));
    const from = Math.floor(whole.length * 0.6);
    for (let at = from; at < whole.length - 2000; at++) whole[at] = 0xff;
    const path = join(folder, `cut-${way}.mp4`);
    writeFileSync(path, whole);
    const seen: number[] = [];
    const outcome = load(path, way, ({ fraction }) => seen.push(fraction)).then(() => 'built');
    await expect(outcome).rejects.toMatchObject({
      code: 'invalid_parameters',
      message: expect.stringMatching(/^video_url: is damaged/),
    });
    expect(seen).toEqual(seen.toSorted((one, other) => one - other));
  });

  test.each([
    [0, 'taken'],
    [2, 'taken'],
    [300, 'refused'],
  ])(
    'of %i single bytes that are damaged a decoder hides most in grey and smears: the clip is %s',
    async (count, verdict) => {
      const whole = readFileSync(fixturePath('dog.mp4'));
      const data = whole.indexOf('mdat') + 600;
      for (let one = 0; one < count; one++) {
        const at = data + ((one * 2_654_435_761) % (whole.length - data - 2000));
        whole[at] = ((whole[at] as number) + 1 + (one % 200)) % 256;
      }
      const path = join(folder, `spots-${count}-${way}.mp4`);
      writeFileSync(path, whole);
      const outcome = await load(path, way).then(
        () => 'taken',
        ({ code }) => (code === 'invalid_parameters' ? 'refused' : code),
      );
      expect(outcome).toBe(verdict);
    },
  );

  test('a clip whose data is noise is refused', async () => {
    const whole = readFileSync(fixturePath('dog.mp4'));
    const data = whole.indexOf('mdat') + 4;
    for (let at = data; at < whole.length; at++) whole[at] = (at * 2_654_435_761) % 251;
    const path = join(folder, `noise-${way}.mp4`);
    writeFileSync(path, whole);
    await expect(load(path, way)).rejects.toMatchObject({ code: 'invalid_parameters' });
  });

  test.each(['playlist', 'concat list', 'playlist inside an MP4 name'])(
    'even a %s that got past the check of magic bytes opens no connection and no other file',
    async (kind) => {
      let connections = 0;
      const canary = createServer((socket) => {
        connections += 1;
        socket.destroy();
      }).listen(0, '127.0.0.1');
      await once(canary, 'listening');
      const url = `http://127.0.0.1:${(canary.address() as AddressInfo).port}/x.ts`;
      const texts: Record<string, string> = {
        playlist: `#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\n${url}\n#EXT-X-ENDLIST\n`,
        'concat list': `ffconcat version 1.0\nfile '${url}'\nfile 'file:${fixturePath('dog.mp4')}'\n`,
      };
      const path = join(folder, kind in texts ? `${way} list.mp4` : `${way} concat:dog.mp4|${Date.now()}.mp4`);
      writeFileSync(path, texts[kind] ?? (texts.playlist as string));
      const request = {
        path,
        filter: 'scale=64:64,format=yuv420p',
        width: 64,
        height: 64,
        track: undefined,
        frameCount: 1,
      };
      for (const format of ['mp4', 'webm'] as const) {
        const first = decoder.frames({ ...request, format }).next();
        await expect(first).rejects.toBeInstanceOf(DecodeError);
      }
      canary.close();
      expect(connections).toBe(0);
    },
  );

  test('sound that cannot be decoded is no reason to refuse the pictures', async () => {
    const whole = readFileSync(fixturePath('sound-first.mp4'));
    for (const box of ['mp4a', 'esds']) whole.write('xxxx', whole.indexOf(box), 'latin1');
    const path = join(folder, `deaf-${way}.mp4`);
    writeFileSync(path, whole);
    const { views, facts } = await load(path, way);
    expect(views.length).toBeGreaterThan(0);
    expect(facts.sound).toMatchObject({ loudness_dbfs: null, silent: null });
  });
});

/** sRGB colors, none so bright that it would be pressed together as a highlight. */
const patches = [
  [200, 40, 40],
  [40, 160, 60],
  [40, 60, 190],
  [200, 180, 40],
  [150, 60, 170],
  [190, 140, 115],
  [128, 128, 128],
  [40, 40, 40],
];

/** A clip of 1280 × 720 with the patches beside each other, diffuse white at 203 cd/m² (BT.2408), written by ffmpeg. */
function writePatches(path: string, transfer: 'pq' | 'hlg'): void {
  const row = Buffer.alloc(1280 * 6);
  for (let x = 0; x < 1280; x++) {
    const signal = encodeLight(patches[Math.floor(x / 160)] as number[], transfer);
    for (const [channel, value] of signal.entries()) row.writeUInt16LE(Math.round(value * 65_535), x * 6 + channel * 2);
  }
  const frame = Buffer.concat(Array.from({ length: 720 }, () => row));
  const input = ['-f', 'rawvideo', '-pix_fmt', 'rgb48le', '-s', '1280x720', '-r', '5', '-i', 'pipe:0'];
  const toYuv = 'scale=out_color_matrix=bt2020:out_range=tv:flags=accurate_rnd+full_chroma_int,format=yuv420p10le';
  const named = { pq: 'smpte2084', hlg: 'arib-std-b67' }[transfer];
  const tags = ['-colorspace', 'bt2020nc', '-color_primaries', 'bt2020', '-color_trc', named, '-color_range', 'tv'];
  const coding = ['-c:v', 'libx264', '-preset', 'ultrafast', '-crf', '4', ...tags, '-movflags', 'write_colr'];
  execFileSync('ffmpeg', ['-loglevel', 'error', ...input, '-vf', toYuv, ...coding, path], {
    input: Buffer.concat(Array.from({ length: 5 }, () => frame)),
  });
}

/** From sRGB to the signal, by the formulas of BT.2100 (its inverse EOTF) and BT.2087 (its inverse matrix). */
function encodeLight(srgb: readonly number[], transfer: 'pq' | 'hlg'): number[] {
  const [r = 0, g = 0, b = 0] = srgb.map(toLinear);
  const wide = [
    0.6274 * r + 0.3293 * g + 0.0433 * b,
    0.0691 * r + 0.9195 * g + 0.0114 * b,
    0.0164 * r + 0.088 * g + 0.8956 * b,
  ].map((light) => light * 203);
  if (transfer === 'pq') {
    return wide.map((nits) => {
      const power = (nits / 10_000) ** 0.1593017578125;
      return ((0.8359375 + 18.8515625 * power) / (1 + 18.6875 * power)) ** 78.84375;
    });
  }
  const shown = wide.map((nits) => nits / 1000);
  const luminance = 0.2627 * (shown[0] ?? 0) + 0.678 * (shown[1] ?? 0) + 0.0593 * (shown[2] ?? 0);
  return shown.map((light) => {
    const scene = light * luminance ** (1 / 1.2 - 1);
    return scene <= 1 / 12 ? Math.sqrt(3 * scene) : 0.17883277 * Math.log(12 * scene - 0.28466892) + 0.55991073;
  });
}

function toLinear(byte: number): number {
  const value = byte / 255;
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
}

/** CIE 1976 color difference of two sRGB colors. */
function differ(one: readonly number[], other: readonly number[]): number {
  const [first, second] = [one, other].map((data) => {
    const { l, a, b } = toLabImage({ width: 1, height: 1, data: Uint8Array.from(data) });
    return [l[0] ?? 0, a[0] ?? 0, b[0] ?? 0];
  });
  return Math.hypot(...(first ?? []).map((value, at) => value - (second?.[at] ?? 0)));
}

test('a decoder that was named but is not there is said so, and none other is taken', async () => {
  await expect(load(fixturePath('dog.mp4'), '/nowhere/ffmpeg')).rejects.toMatchObject({
    code: 'service_error',
    message: 'video_url: this server cannot decode video: neither ffmpeg nor the npm package node-av is installed',
  });
});

function describePicture({ small }: View): { light: number; spread: number } {
  const lights = Array.from({ length: small.data.length / 3 }, (_, at) => toOklab(small.data, at * 3)[0]);
  const light = lights.reduce((sum, value) => sum + value, 0) / lights.length;
  const spread = Math.sqrt(lights.reduce((sum, value) => sum + (value - light) ** 2, 0) / lights.length);
  return { light, spread };
}

function meanDifference(one: Uint8Array, other: Uint8Array): number {
  let sum = 0;
  for (const [at, value] of one.entries()) sum += Math.abs(value - (other[at] as number));
  return sum / one.length;
}

describe.each(ways)('of several tracks, by %s', (way) => {
  const sources = [
    '-f',
    'lavfi',
    '-i',
    'color=red:s=720x720:d=1:r=10',
    '-f',
    'lavfi',
    '-i',
    'color=blue:s=720x720:d=1:r=10',
  ];
  const marks = ['-map', '0', '-map', '1', '-disposition:v:0', '0', '-disposition:v:1', 'default'];

  test.each([
    ['mp4', 'libx264'],
    ['webm', 'libvpx'],
  ])('the pictures of %s are those of the track that its facts are of: the default one', async (extension, codec) => {
    const path = join(folder, `two-${way}.${extension}`);
    execFileSync('ffmpeg', ['-y', '-v', 'error', ...sources, ...marks, '-c:v', codec, '-pix_fmt', 'yuv420p', path]);
    const { views, facts, files } = await load(path, way);
    const [red = 0, , blue = 0] = views[0]?.small.data ?? [];
    expect(blue - red).toBeGreaterThan(150);
    expect(facts.track).toBe(extension === 'webm' ? 1 : 2);
    const copy = files.listed.find(({ role }) => role === 'clip')?.name ?? '';
    const [kept] = (await load(files.pathOf(copy), way)).views;
    expect((kept?.small.data[2] ?? 0) - (kept?.small.data[0] ?? 0)).toBeGreaterThan(150);
  });

  test('18 tracks are no more than the reader lets through, and are decoded', async () => {
    const path = join(folder, `many-${way}.mp4`);
    const sound = ['-f', 'lavfi', '-i', 'sine=d=1'];
    const maps = ['-map', '0', ...Array.from({ length: 17 }, () => ['-map', '2']).flat()];
    execFileSync('ffmpeg', [
      '-y',
      '-v',
      'error',
      ...sources,
      ...sound,
      ...maps,
      '-c:v',
      'libx264',
      '-c:a',
      'aac',
      path,
    ]);
    expect((await load(path, way)).views.length).toBeGreaterThan(0);
  });
});

test('a second track of more pixels than a video may have is refused, though nobody asks for it', async () => {
  const path = join(folder, 'hidden.mp4');
  const sources = [
    '-f',
    'lavfi',
    '-i',
    'color=red:s=320x320:d=1:r=2',
    '-f',
    'lavfi',
    '-i',
    'color=blue:s=1280x1280:d=1:r=2',
  ];
  const marks = ['-map', '0', '-map', '1', '-disposition:v:0', 'default', '-disposition:v:1', '0'];
  execFileSync('ffmpeg', ['-y', '-v', 'error', ...sources, ...marks, '-c:v', 'libx264', path]);
  const source = { param: 'video_url', path, bytes: 1000 };
  await expect(readContainer(source, 'mp4', { videoPixelsMax: 1e6 })).rejects.toMatchObject({
    code: 'invalid_parameters',
    message: 'video_url: holds another video track of 1280 × 1280 px, a video frame may have at most 1 megapixels',
  });
});

test('an encrypted clip is called so', async () => {
  const path = join(folder, 'encrypted.mp4');
  const key = [
    '-encryption_scheme',
    'cenc-aes-ctr',
    '-encryption_key',
    '00'.repeat(16),
    '-encryption_kid',
    '11'.repeat(16),
  ];
  execFileSync('ffmpeg', [
    '-y',
    '-v',
    'error',
    '-f',
    'lavfi',
    '-i',
    'color=red:s=320x320:d=1',
    '-c:v',
    'libx264',
    ...key,
    path,
  ]);
  await expect(readContainer({ param: 'video_url', path, bytes: 1000 }, 'mp4')).rejects.toMatchObject({
    message: expect.stringMatching(/^video_url: is encrypted/),
  });
});
