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

  test.each(['XYZ1', '3gp4', '3gp6', '3g2a', 'M4A ', 'M4VH', 'mp41'])(
    'a clip of brand %j is an MP4: what it is coded in is asked of its tracks',
    (brand) => {
      const head = Buffer.from(`\0\0\0\x18ftyp${brand}\0\0\0\0abcdisom`, 'latin1');
      expect(sniffFormat(head)).toMatchObject({ kind: 'clip', format: 'mp4' });
    },
  );
});

describe('everything else is called by its name', () => {
  test.each(disguises)('%s', (_name, bytes, what) => {
    expect(sniffFormat(bytes)).toMatchObject({ kind: 'other', what });
  });

  test.each([
    ['heic', 'mif1heic', 'a HEIC image', 'heic'],
    ['mif1', 'mif1heicmiaf', 'a HEIC image', 'heic'],
    ['mif1', 'mif1avifmiaf', 'an AVIF image', 'avif'],
    ['mif1', 'mif1miaf', 'a HEIF image', undefined],
    ['msf1', 'msf1hevc', 'a HEIC image', 'heic'],
    ['avis', 'avismsf1', 'an AVIF image', 'avif'],
  ])('a picture of brands %s, %s is %s', (major, compatible, what, convertible) => {
    const size = String.fromCharCode(16 + compatible.length);
    const head = Buffer.from(`\0\0\0${size}ftyp${major}\0\0\0\0${compatible}`, 'latin1');
    expect(sniffFormat(head)).toEqual({ kind: 'other', what, shows: 'picture', convertible });
  });

  test.each([
    ['broadcast', 0, 188],
    ['of a camera, a time before each packet', 4, 192],
  ])('a transport stream, %s', (_title, first, packetBytes) => {
    const stream = Buffer.alloc(sniffBytes, 0x11);
    for (let at = first; at < stream.length; at += packetBytes) stream[at] = 0x47;
    const what = 'an MPEG transport stream (TS, MTS, M2TS)';
    for (const head of [stream, stream.subarray(0, 700)])
      expect(sniffFormat(head)).toEqual({ kind: 'other', what, shows: 'clip' });
    stream[first + packetBytes] = 0;
    expect(sniffFormat(stream).what).not.toBe(what);
  });

  test.each([
    ['vp8-matroska.mkv', 'a Matroska (MKV) video'],
    ['mpeg4.avi', 'an AVI video'],
  ])('%s is %s', (name, what) => {
    expect(sniffFormat(fixture(name))).toEqual({ kind: 'other', what, shows: 'clip' });
  });

  test.each([
    ['P6\n640 480\n255\n', 'a Netpbm image (PPM, PGM, PBM)', 'picture'],
    ['#?RADIANCE\nFORMAT=32-bit_rle_rgbe\n', 'a Radiance HDR image', 'picture'],
    ['qoif\0\0\u0001\0', 'a QOI image', 'picture'],
    ['\u0076\u002f\u0031\u0001\u0002\0\0\0', 'an OpenEXR image', 'picture'],
    ['YUV4MPEG2 W640 H480 F25:1\n', 'an uncompressed video (Y4M)', 'clip'],
    ['\0\0\0\u0001\u0067\u0042\0\u001e', 'an H.264 or H.265 video without a container', 'clip'],
    [
      'version https://git-lfs.github.com/spec/v1\noid sha256:ab\nsize 1\n',
      'a pointer of Git LFS in place of the file',
      undefined,
    ],
  ])('%j is called by its name', (head, what, shows) => {
    const sniffed = sniffFormat(Buffer.from(head, 'latin1'));
    expect(sniffed).toMatchObject({ kind: 'other', what });
    expect('shows' in sniffed ? sniffed.shows : undefined).toBe(shows);
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
