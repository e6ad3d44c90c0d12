import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { disguises } from '../../test/helpers/make-hostile-files.ts';
import { sniffBytes, sniffFormat } from './sniff-format.ts';

const fixture = (name: string) =>
  readFileSync(new URL(`../../test/fixtures/media/${name}`, import.meta.url)).subarray(0, sniffBytes);

describe('what the contract takes is known by its bytes', () => {
  test.each([
    ['duck.jpg', 'jpeg'],
    ['dog.mp4', 'mp4'],
    ['portrait-rotated.mov', 'mov'],
    ['vp9-opus-tone.webm', 'webm'],
  ])('%s is %s', (name, format) => {
    expect(sniffFormat(fixture(name))).toMatchObject({ format });
  });

  test('a QuickTime file from before brands is a MOV', () => {
    expect(sniffFormat(Buffer.from('\0\0\0\x08wide\0\0\x01\0mdat', 'latin1'))).toMatchObject({ format: 'mov' });
  });

  test('an unknown major brand is decided by the compatible ones', () => {
    const head = Buffer.from('\0\0\0\x18ftypXYZ1\0\0\0\0abcdisom', 'latin1');
    expect(sniffFormat(head)).toMatchObject({ format: 'mp4' });
  });
});

describe('everything else is called by its name', () => {
  test.each(disguises)('%s', (_name, bytes, what) => {
    expect(sniffFormat(bytes)).toEqual({ kind: 'other', what });
  });

  test.each([
    ['vp8-matroska.mkv', 'a Matroska (MKV) video'],
    ['mpeg4.avi', 'an AVI video'],
  ])('%s is %s', (name, what) => {
    expect(sniffFormat(fixture(name))).toEqual({ kind: 'other', what });
  });

  test('random bytes and plain words', () => {
    expect(sniffFormat(Buffer.from([1, 2, 3, 200])).what).toBe('a file of an unknown format');
    expect(sniffFormat(Buffer.from('hello there')).what).toBe('a text file');
  });

  test('never throws, whatever the first bytes are', () => {
    for (let seed = 0; seed < 20_000; seed++) {
      const bytes = Uint8Array.from({ length: seed % 40 }, (_, at) => (seed * 2654435761 + at * 40503) >>> (at % 24));
      expect(sniffFormat(bytes).what).not.toBe('');
    }
  });
});
