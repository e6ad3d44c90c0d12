import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { ALL_FORMATS, EncodedPacketSink, FilePathSource, Input } from 'mediabunny';
import { afterAll, describe, expect, test } from 'vitest';
import { makeLongSound } from '../../../test/helpers/make-long-sound.ts';
import type { ClipHeader } from '../schema.ts';
import { keepClip } from './keep-clip.ts';
import { readContainer } from './read-container.ts';

const folder = mkdtempSync(join(tmpdir(), 'troupe-keep-'));
afterAll(() => rmSync(folder, { recursive: true }));
const fixturePath = (name: string) => new URL(`../../../test/fixtures/media/${name}`, import.meta.url).pathname;
const formatOf = (path: string) => extname(path).slice(1) as ClipHeader['format'];
let made = 0;

async function keep(path: string) {
  const kept = join(folder, `${made++}.${formatOf(path) === 'webm' ? 'webm' : 'mp4'}`);
  return { ...(await keepClip({ path, format: formatOf(path) }, kept)), path: kept };
}

function read(path: string) {
  return readContainer({ path, param: 'video_url', bytes: readFileSync(path).length }, formatOf(path));
}

/** All coded pictures one after the other, with their times. */
async function readPackets(path: string) {
  using input = new Input({ formats: ALL_FORMATS, source: new FilePathSource(path) });
  const track = await input.getPrimaryVideoTrack();
  const packets: { hash: string; time: number }[] = [];
  for await (const { data, timestamp } of new EncodedPacketSink(track as NonNullable<typeof track>).packets()) {
    packets.push({ hash: createHash('sha256').update(data).digest('hex'), time: timestamp });
  }
  return packets;
}

async function measureEnds(path: string) {
  using input = new Input({ formats: ALL_FORMATS, source: new FilePathSource(path) });
  const [video, sound] = [await input.getPrimaryVideoTrack(), await input.getPrimaryAudioTrack()];
  return { pictures: (await video?.computeDuration()) ?? 0, sound: (await sound?.computeDuration()) ?? 0 };
}

describe('the copy of a clip', () => {
  test.each([
    'portrait-rotated.mov',
    'anamorphic.mp4',
    'variable-rate.mp4',
    'trimmed-by-edit-list.mp4',
    'sound-first.mp4',
    'vp9-opus-tone.webm',
    'recorded.webm',
    'ten-bit-hevc.mp4',
    'av1.mp4',
    'one-frame.mp4',
    'hdr10.mp4',
    'surround.mp4',
  ])('%s holds the same coded pictures at the same times, and is shown the same way', async (name) => {
    const { path } = await keep(fixturePath(name));
    const [kept, given] = [await readPackets(path), await readPackets(fixturePath(name))];
    expect(kept.map(({ hash }) => hash)).toEqual(given.map(({ hash }) => hash));
    for (const [at, { time }] of kept.entries()) expect(Math.abs(time - (given[at]?.time ?? 0))).toBeLessThan(0.002);
    const { bytes, format, track, sound_track, ...before } = await read(fixturePath(name));
    const after = await read(path);
    expect(after).toMatchObject({
      ...before,
      // WebM says when a picture begins and not how long it stays: the last one's length may be lost
      duration_seconds: expect.closeTo(before.duration_seconds, 1),
      frame_rate: expect.closeTo(before.frame_rate, format === 'webm' ? -1 : 1),
    });
    expect(after.sound_track?.channels).toBe(sound_track?.channels);
  });

  test('no tag of the source is in it: no title, no place, no name of a track', async () => {
    const source = readFileSync(fixturePath('spoken.mp4'));
    expect(source.includes('SECRET-4711') && source.includes('+51.5')).toBe(true);
    const copy = readFileSync((await keep(fixturePath('spoken.mp4'))).path);
    for (const trace of ['SECRET', '+51.5', 'udta', 'meta', 'ilst', 'Lavf'])
      expect(copy.includes(trace), trace).toBe(false);
  });

  test('the same source gives the same bytes at any time', async () => {
    for (const name of ['spoken.mp4', 'vp9-opus-tone.webm']) {
      const [one, other] = [await keep(fixturePath(name)), await keep(fixturePath(name))];
      expect(readFileSync(one.path).equals(readFileSync(other.path))).toBe(true);
    }
    const copy = readFileSync((await keep(fixturePath('spoken.mp4'))).path);
    for (const box of ['mvhd', 'tkhd', 'mdhd']) expect(copy.readUInt32BE(copy.indexOf(box) + 8), box).toBe(0);
  });

  test('sound that goes on after the last picture ends with it, and sound that is shorter stays whole', async () => {
    const path = join(folder, 'long-sound.mp4');
    await makeLongSound(fixturePath('sound-first.mp4'), path, 20);
    const [given, kept] = [await measureEnds(path), await measureEnds((await keep(path)).path)];
    expect(given.sound).toBeGreaterThan(given.pictures + 0.5);
    expect(kept.pictures).toBeCloseTo(given.pictures, 2);
    // A packet of AAC is 21 to 23 ms long and can't be cut.
    expect(Math.abs(kept.sound - kept.pictures)).toBeLessThan(0.024);
    const whole = await measureEnds(fixturePath('spoken.mp4'));
    const copy = await measureEnds((await keep(fixturePath('spoken.mp4'))).path);
    expect(copy.sound).toBeCloseTo(Math.min(whole.sound, whole.pictures), 1);
  });

  test('a sound track that cannot be read is left out, and the pictures are kept', async () => {
    const whole = readFileSync(fixturePath('sound-first.mp4'));
    for (const box of ['mp4a', 'esds']) whole.write('xxxx', whole.indexOf(box), 'latin1');
    const path = join(folder, 'deaf.mp4');
    writeFileSync(path, whole);
    const kept = await keep(path);
    expect(kept.sound_codec).toBeNull();
    expect((await read(kept.path)).frame_count).toBe(60);
  });
});
