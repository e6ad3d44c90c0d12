import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterAll, describe, expect, test } from 'vitest';
import { openAnimaticWorkshop, sourceOf, type WorkshopRequest } from '../../../test/helpers/animatic-cast.ts';
import { loadFrames, loadSound, probeVideo } from '../../../test/helpers/probe-video.ts';
import { findFfmpegEncoder } from '../../media/animatic/encode/encode-with-ffmpeg.ts';
import { findNodeAvEncoder } from '../../media/animatic/encode/encode-with-node-av.ts';

const workshop = openAnimaticWorkshop();
afterAll(() => workshop.close());

/** Each way of encoding that is there; the project's own dependencies bring at least the second. */
const ways = (
  [
    ['ffmpeg', await findFfmpegEncoder('ffmpeg')],
    ['node-av', await findNodeAvEncoder()],
  ] as const
).flatMap(([name, encoder]) => (encoder === null ? [] : [name]));

const motion = { model: 'kling-v3-motion-control', character_orientation: 'video' } as const;
const meanOf = (values: ArrayLike<number>) => Array.from(values).reduce((sum, value) => sum + value, 0) / values.length;

test('an encoder is there to be tested', () => {
  expect(ways).toContain('node-av');
});

describe.each(ways)('encoded by %s', (way) => {
  test('two shots with sound: exactly the asked frames, size, sound and name, ready to play while it loads', async () => {
    const cast = [await workshop.cast('duck'), await workshop.cast('bear')];
    const shots = [
      { prompt: '<<<element_1>>> waits.', duration_seconds: 1 },
      { prompt: '<<<element_2>>> comes.', duration_seconds: 2 },
    ];
    const draft = await workshop.render({ spec: { shots, duration_seconds: 3, sound: true }, cast }, way);
    const bytes = readFileSync(draft.file.path);
    expect(draft).toMatchObject({
      file: { bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') },
      duration_seconds: 3,
      width_px: 1280,
      height_px: 720,
      frame_rate: 24,
      has_sound: true,
      details: { kind: 'animatic', shots: [{ seconds: 1 }, { seconds: 2 }] },
    });
    const probed = await probeVideo(draft.file.path);
    expect(probed).toMatchObject({
      title: expect.stringMatching(/animatic/i),
      comment: expect.stringContaining('not a generated video'),
      video_codec: 'h264',
      pixel_format: 'yuv420p',
      width: 1280,
      height: 720,
      frame_rate: 24,
      frame_count: 72,
      sound: { codec: 'aac', rate_hz: 48_000, channels: 1 },
    });
    expect(probed.duration_seconds).toBeCloseTo(3, 3);
    expect(probed.sound?.peak).toBeLessThan(0.001);
    expect(probed.boxes.indexOf('moov')).toBeLessThan(probed.boxes.indexOf('mdat'));
  });

  test('equal orders give equal bytes', async () => {
    const request = {
      spec: { prompt: 'A car.', duration_seconds: 1, sound: true },
      cast: [await workshop.cast('car')],
    };
    const [one, other] = [await workshop.render(request, way), await workshop.render(request, way)];
    expect(one.file.sha256).toBe(other.file.sha256);
  });
});

describe('size and length', () => {
  test.each([
    [{ aspect_ratio: '9:16' }, [], 720, 1280],
    [{ aspect_ratio: '1:1' }, [], 720, 720],
    [{ quality: '1080p' }, [], 1920, 1080],
    [{}, [sourceOf('image_start', 'duck.jpg')], 720, 720],
    [{}, [sourceOf('reference_video', 'portrait-rotated.mov')], 720, 1280],
    [{ aspect_ratio: '16:9' }, [sourceOf('reference_image', 'bear.jpg')], 1280, 720],
  ] satisfies [WorkshopRequest['spec'], WorkshopRequest['sources'], number, number][])(
    '%j makes a video of the asked or the given shape (case %#)',
    async (spec, sources, width, height) => {
      const draft = await workshop.render({ spec: { ...spec, duration_seconds: 1, prompt: 'A test.' }, sources });
      expect(await probeVideo(draft.file.path)).toMatchObject({ width, height, frame_count: 24 });
      expect(draft).toMatchObject({ width_px: width, height_px: height });
    },
  );

  test('without a duration the video is as long as the given clip', async () => {
    const sources = [sourceOf('reference_video', 'dog.mp4')];
    const draft = await workshop.render({ spec: { model: 'kling-o3-video-edit' }, sources });
    const given = await probeVideo(sourceOf('reference_video', 'dog.mp4').path);
    const probed = await probeVideo(draft.file.path);
    expect(probed.frame_count).toBe(Math.round(given.duration_seconds * 24));
    expect(probed.sound).toBeNull();
  });

  test.each([
    ['ffmpeg', {}],
    ['node-av', {}],
    ['ffmpeg', motion],
    ['node-av', motion],
  ] as const)(
    'a clip shorter than the video stands still with its last frame, by %s: %o',
    async (videoEncoder, spec) => {
      const sources = [sourceOf('reference_video', 'one-frame.mp4'), sourceOf('reference_image', 'bear.jpg')];
      const request = { spec: { ...spec, duration_seconds: 1 }, sources };
      const draft = await workshop.render(request, undefined, { videoEncoder });
      expect(await probeVideo(draft.file.path)).toMatchObject({ frame_count: 24 });
      const [first, last] = await loadFrames(draft.file.path, [0, 23]);
      const means = [first, last].map((frame) => meanOf(frame?.data ?? []));
      expect(means[0]).toBeGreaterThan(20);
      expect(Math.abs((means[0] as number) - (means[1] as number))).toBeLessThan(10);
    },
  );
});

describe('frames', () => {
  test('a start and an end image are the first and the last frame, under the writing', async () => {
    const sources = [sourceOf('image_start', 'duck.jpg'), sourceOf('image_end', 'bear.jpg')];
    const draft = await workshop.render({ spec: { duration_seconds: 2 }, sources });
    const [first, last] = await loadFrames(draft.file.path, [0, 47]);
    for (const [frame, own, other] of [
      [first, 'duck.jpg', 'bear.jpg'],
      [last, 'bear.jpg', 'duck.jpg'],
    ] as const) {
      // fur at this quality is 5.6 away, a pixel's shift 12
      expect(await compareMiddle(frame as NonNullable<typeof frame>, own)).toBeLessThan(8);
      expect(await compareMiddle(frame as NonNullable<typeof frame>, other)).toBeGreaterThan(25);
    }
  });

  test('an image that moves slowly moves by parts of a pixel: no two frames are equal and none jumps', async () => {
    const draft = await workshop.render({
      spec: { duration_seconds: 2 },
      sources: [sourceOf('image_start', 'duck.jpg')],
    });
    const numbers = [12, 13, 14, 15, 16, 17, 18, 19];
    const frames = await loadFrames(draft.file.path, numbers);
    const steps = frames.slice(1).map((frame, at) => meanDifference(frame.data, frames[at]?.data as Uint8Array));
    expect(Math.min(...steps)).toBeGreaterThan(0.05);
    expect(Math.max(...steps)).toBeLessThan(4 * Math.min(...steps));
  });
});

describe('sound', () => {
  test("an element's voice is heard in the shot that casts it, and nowhere else", async () => {
    const cast = [await workshop.cast('speaker'), await workshop.cast('duck')];
    const shots = [
      { prompt: '<<<element_2>>>', duration_seconds: 1 },
      { prompt: '<<<element_1>>>', duration_seconds: 1 },
    ];
    const draft = await workshop.render({ spec: { shots, duration_seconds: 2, sound: true }, cast });
    const samples = await loadSound(draft.file.path);
    const loudest = (from: number, to: number) =>
      samples.subarray(from * 48_000, to * 48_000).reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    expect(loudest(0, 0.95)).toBeLessThan(0.005);
    expect(loudest(1, 2)).toBeGreaterThan(0.05);
  });

  test.each(ways)("the clip's own sound stays when it is to be kept, decoded by %s", async (way) => {
    const sources = [sourceOf('reference_video', 'vp9-opus-tone.webm')];
    const spec = { model: 'kling-o3-video-edit', duration_seconds: 1 };
    const kept = await workshop.render({ spec: { ...spec, keep_original_sound: true }, sources }, way);
    const dropped = await workshop.render({ spec: { ...spec, keep_original_sound: false }, sources }, way);
    expect((await probeVideo(kept.file.path)).sound?.peak).toBeGreaterThan(0.02);
    expect(kept.has_sound).toBe(true);
    expect((await probeVideo(dropped.file.path)).sound).toBeNull();
    expect(dropped.has_sound).toBe(false);
  });
});

test('characters that no font has are left out and told', async () => {
  const spec = { prompt: 'Привет, κόσμε! \u{10ffff}שלום', duration_seconds: 1 };
  const draft = await workshop.render({ spec });
  expect(draft.details.characters_without_font).toBe('\u{10ffff}שלום');
});

/** Mean difference of the levels from a fixture of 640 px, in the middle half of the frame, which nothing is written on. */
async function compareMiddle(
  frame: { width: number; height: number; data: Uint8Array },
  name: string,
): Promise<number> {
  const { default: sharp } = await import('sharp');
  const cut = { left: 180, top: 220, width: 360, height: 200 };
  const raw = { width: frame.width, height: frame.height, channels: 3 as const };
  const seen = await sharp(frame.data, { raw }).extract(cut).raw().toBuffer();
  const given = await sharp(sourceOf('image_start', name).path).resize(720, 720).extract(cut).raw().toBuffer();
  return meanDifference(seen, given);
}

function meanDifference(one: Uint8Array, other: Uint8Array): number {
  let sum = 0;
  for (let at = 0; at < one.length; at++) sum += Math.abs((one[at] as number) - (other[at] as number));
  return sum / one.length;
}
