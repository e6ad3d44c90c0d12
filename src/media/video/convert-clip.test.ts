import { mkdtemp, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ALL_FORMATS, FilePathSource, Input } from 'mediabunny';
import { describe, expect, test } from 'vitest';
import { catchError } from '../../../test/helpers/catch-error.ts';
import { makeLongSound } from '../../../test/helpers/make-long-sound.ts';
import { type ConversionOptions, convertClip } from './convert-clip.ts';
import { readContainer } from './read-container.ts';

const fixture = (name: string) => new URL(`../../../test/fixtures/media/${name}`, import.meta.url).pathname;

async function convert(program: string | undefined, name: string, options: ConversionOptions) {
  const path = join(await mkdtemp(join(tmpdir(), 'troupe-convert-')), 'out.mp4');
  const source = { param: 'clip', path: fixture(name), bytes: (await stat(fixture(name))).size };
  await convertClip({ program, source, path, options }, () => undefined);
  return await readContainer({ param: 'out', path, bytes: (await stat(path)).size }, 'mp4');
}

describe.each([undefined, 'node-av'])('with %s', (program) => {
  test.each([
    ['vp9-opus-tone.webm', { shortSideMaxPx: 1080 }, { width_px: 720, height_px: 406, seconds: 2.009, sound: true }],
    ['av1.mp4', { shortSideMaxPx: 301 }, { width_px: 532, height_px: 300, seconds: 1.502, sound: null }],
    ['portrait-rotated.mov', { shortSideMaxPx: 361 }, { width_px: 360, height_px: 640, seconds: null, sound: null }],
    ['spoken.mp4', { shortSideMaxPx: 1080, frameRate: 24 }, { frame_rate: 24, seconds: 4.004, sound: true }],
  ] as const)('%s as %j becomes H.264, upright, with its length and sound', async (name, options, expected) => {
    const header = await convert(program, name, options);
    const { seconds, sound, ...facts } = expected;
    expect(header).toMatchObject({ format: 'mp4', video_codec: 'avc', rotation_degrees: 0 });
    if ('frame_rate' in facts) expect(header.frame_rate).toBeCloseTo(24, 1);
    else expect([header.width_px, header.height_px]).toEqual([facts.width_px, facts.height_px]);
    if (seconds !== null) expect(Math.abs(header.duration_seconds - seconds)).toBeLessThan(0.1);
    if (sound === true) expect(header.sound_track?.codec).toBe('aac');
  });

  test('sound that goes on after the last picture ends with it', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'troupe-convert-'));
    const [long, path] = [join(folder, 'long-sound.mp4'), join(folder, 'out.mp4')];
    await makeLongSound(fixture('sound-first.mp4'), long, 20);
    const source = { param: 'clip', path: long, bytes: (await stat(long)).size };
    await convertClip({ program, source, path, options: { shortSideMaxPx: 1080 } }, () => undefined);
    using input = new Input({ formats: ALL_FORMATS, source: new FilePathSource(path) });
    const [video, sound] = [await input.getPrimaryVideoTrack(), await input.getPrimaryAudioTrack()];
    const ends = [await video?.computeDuration(), await sound?.computeDuration()];
    // An encoder fills its last packet up.
    expect(Math.abs((ends[0] ?? 0) - (ends[1] ?? 9))).toBeLessThan(0.06);
  });

  test('what is no video is refused by its field', async () => {
    const error = await catchError(convert(program, 'duck.jpg', { shortSideMaxPx: 1080 }));
    expect(error).toMatchObject({ code: 'invalid_parameters', param: 'clip' });
  });
});

test('a named program that is not there is not replaced by another one', async () => {
  const error = await catchError(convert('/nowhere/ffmpeg', 'av1.mp4', { shortSideMaxPx: 1080 }));
  expect(error).toMatchObject({ code: 'service_error' });
});

test('without ffmpeg in PATH node-av does it', async () => {
  const { PATH } = process.env;
  process.env.PATH = '/nowhere';
  try {
    expect((await convert(undefined, 'av1.mp4', { shortSideMaxPx: 1080 })).video_codec).toBe('avc');
  } finally {
    process.env.PATH = PATH;
  }
});
