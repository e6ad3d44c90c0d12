import { describe, expect, test } from 'vitest';
import { mixSound } from './mix-sound.ts';
import { readWav } from './read-wav.ts';

/** A WAV file of 16-bit samples. */
function wav(samples: readonly number[], channels: number, rateHz: number, format = 1): Buffer {
  const head = Buffer.alloc(44);
  head.write('RIFF', 0, 'latin1');
  head.writeUInt32LE(36 + samples.length * 2, 4);
  head.write('WAVEfmt ', 8, 'latin1');
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(format, 20);
  head.writeUInt16LE(channels, 22);
  head.writeUInt32LE(rateHz, 24);
  head.writeUInt16LE(16, 34);
  head.write('data', 36, 'latin1');
  head.writeUInt32LE(samples.length * 2, 40);
  return Buffer.concat([head, Buffer.from(Int16Array.from(samples).buffer)]);
}

describe('readWav', () => {
  test('mixes the channels to one, at the rate of the file', () => {
    const sound = readWav(wav([16384, 0, -16384, 0], 2, 16_000));
    expect(sound?.rateHz).toBe(16_000);
    expect([...(sound?.data ?? [])]).toEqual([0.25, -0.25]);
  });

  test.each([
    ['nothing', Buffer.alloc(0)],
    ['another file', Buffer.from('ID3 something that is no WAV file at all')],
    ['compressed samples', wav([1, 2, 3], 1, 8000, 85)],
    ['a header alone', wav([], 1, 8000).subarray(0, 20)],
  ])('%s is no sound', (_title, bytes) => {
    expect(readWav(bytes)).toBeNull();
  });

  test('a file that is cut off is read as far as it goes', () => {
    expect(readWav(wav([1, 2, 3, 4], 1, 8000).subarray(0, 48))?.data.length).toBe(2);
  });
});

describe('mixSound', () => {
  const tone = { rateHz: 16_000, data: Float32Array.from({ length: 16_000 }, (_, at) => 0.02 * Math.sin(at / 5)) };
  const peak = (samples: Int16Array, from: number, to: number) =>
    samples.subarray(from * 48_000, to * 48_000).reduce((most, value) => Math.max(most, Math.abs(value)), 0) / 32768;

  test('as many whole AAC frames as the pictures last, and silence without voices', () => {
    const mixed = mixSound([{ frame_count: 24, cast: [] }], [], null);
    expect(mixed.length).toBe(46 * 1024);
    expect(peak(mixed, 0, 1)).toBe(0);
  });

  test('two voices of one shot are heard one after the other, a quiet one raised, none cut off hard', () => {
    const shots = [
      { frame_count: 24, cast: [] },
      { frame_count: 48, cast: [1, 0] },
    ];
    const mixed = mixSound(shots, [tone, null], null);
    expect(peak(mixed, 0, 1)).toBe(0);
    expect(peak(mixed, 1.2, 1.8)).toBeGreaterThan(0.05);
    const both = mixSound(
      [{ frame_count: 48, cast: [0, 1] }],
      [tone, { ...tone, data: tone.data.map((v) => v / 2) }],
      null,
    );
    expect(peak(both, 0.2, 0.8)).toBeCloseTo(peak(both, 1.2, 1.8), 1);
    expect(Math.abs(both[0] as number)).toBeLessThan(50);
  });

  test("the clip's sound keeps its level and is cut to the length", () => {
    const clip = Float32Array.from({ length: 96_000 }, () => 0.25);
    const mixed = mixSound([{ frame_count: 24, cast: [] }], [], clip);
    expect(peak(mixed, 0, 1)).toBeCloseTo(0.25, 3);
    expect(mixed.length).toBe(46 * 1024);
  });
});
