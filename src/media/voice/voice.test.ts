import { describe, expect, test } from 'vitest';
import { mishaps, otherSounds, rateHz, toSamples } from '../../../bench/make-sounds.ts';
import { createDice } from '../../../bench/sample-media.ts';
import { findFfmpeg } from '../video/decode-with-ffmpeg.ts';
import { findNodeAv } from '../video/decode-with-node-av.ts';
import { classifySpeech, encodeWav, measureLoudness, voiceRateHz } from './index.ts';

const fixturePath = (name: string) => new URL(`../../../test/fixtures/media/${name}`, import.meta.url).pathname;

async function listen(name: string): Promise<Int16Array> {
  const decoder = (await findFfmpeg('ffmpeg')) ?? (await findNodeAv());
  const samples: number[] = [];
  for await (const chunk of decoder?.sound({ path: fixturePath(name), format: 'mp4', track: undefined }) ?? [])
    samples.push(...chunk);
  return Int16Array.from(samples);
}

const sine = (frequencyHz: number, amplitude: number, seconds: number) =>
  Int16Array.from({ length: seconds * voiceRateHz }, (_, at) =>
    Math.round(amplitude * 32_767 * Math.sin((2 * Math.PI * frequencyHz * at) / voiceRateHz)),
  );

describe('loudness', () => {
  test('a sine of full scale is at −3 dBFS with its peak at 0, one of half the height 6 dB below', () => {
    expect(measureLoudness(sine(1000, 1, 2))).toMatchObject({ loudness_dbfs: -3, peak_dbfs: 0 });
    expect(measureLoudness(sine(1000, 0.5, 2))).toMatchObject({ loudness_dbfs: -9, peak_dbfs: -6 });
  });

  test('the reference of BS.1770 holds: 997 Hz at full scale in one channel is −3.01 LUFS', () => {
    expect(measureLoudness(sine(997, 1, 5)).loudness_lufs).toBeCloseTo(-3.0, 1);
  });

  test('low rumble counts for less than what ears hear well, and pauses count for nothing', () => {
    const lufs = (frequencyHz: number) => measureLoudness(sine(frequencyHz, 0.5, 3)).loudness_lufs as number;
    expect(lufs(40)).toBeLessThan(lufs(1000) - 3);
    expect(lufs(3000)).toBeGreaterThan(lufs(1000) + 2);
    const withPause = new Int16Array(6 * voiceRateHz);
    withPause.set(sine(1000, 0.5, 3));
    const { loudness_dbfs, loudness_lufs } = measureLoudness(withPause);
    expect(loudness_dbfs).toBe(-12);
    expect(Math.abs((loudness_lufs as number) - lufs(1000))).toBeLessThan(0.5);
  });

  test('silence, and no samples at all, have no loudness', () => {
    const none = { loudness_dbfs: -100, peak_dbfs: -100, loudness_lufs: null };
    expect(measureLoudness(new Int16Array(voiceRateHz))).toEqual(none);
    expect(measureLoudness(new Int16Array(0))).toEqual(none);
  });
});

describe('speech', () => {
  test('a spoken sentence is heard, also in noise, in a room and over music', async () => {
    const spoken = Float64Array.from(await listen('spoken.mp4'), (sample) => sample / 32_768);
    for (const [how, spoil] of Object.entries(mishaps)) {
      expect(classifySpeech(toSamples(spoil(spoken, 3), 0.5)), how).toMatchObject({ likely: true });
    }
  });

  test.each(Object.entries(otherSounds))('%s is none', (_kind, make) => {
    for (const seed of [1, 2]) expect(classifySpeech(toSamples(make(createDice(seed)), 0.5))?.likely).toBe(false);
  });

  test('how loud it is does not matter', async () => {
    const spoken = await listen('spoken.mp4');
    const quiet = spoken.map((sample) => sample / 30);
    expect(classifySpeech(quiet)?.likely).toBe(true);
  });

  test('silence and half a second are not judged', () => {
    expect(classifySpeech(new Int16Array(voiceRateHz))).toBeNull();
    expect(classifySpeech(sine(200, 0.5, 0.4))).toBeNull();
  });

  test('the evidence names each feature, and equal samples give equal answers', async () => {
    const spoken = await listen('spoken.mp4');
    const finding = classifySpeech(spoken);
    expect(finding?.evidence.voiced_share).toBeGreaterThan(0.4);
    expect(finding?.evidence.syllable_share).toBeGreaterThan(0.2);
    expect(classifySpeech(spoken)).toEqual(finding);
  });
});

test('the WAV file is the samples behind the plainest header', () => {
  const bytes = Buffer.from(encodeWav(Int16Array.from([0, 1, -2, 32_767, -32_768])));
  expect(bytes.toString('latin1', 0, 4) + bytes.toString('latin1', 8, 16)).toBe('RIFFWAVEfmt ');
  expect([bytes.readUInt32LE(4), bytes.readUInt32LE(24), bytes.readUInt16LE(22)]).toEqual([46, rateHz, 1]);
  expect(bytes.length).toBe(54);
  expect(bytes.readInt16LE(46)).toBe(1);
  expect(bytes.readInt16LE(52)).toBe(-32_768);
});
