import { readFileSync } from 'node:fs';
import type { Body } from './check-body.ts';
import type { MadeVideo } from './faults.ts';

const sides = { std: 720, pro: 1080, '4k': 2160 } as const;
const ratios: Readonly<Record<string, number>> = { '16:9': 16 / 9, '9:16': 9 / 16, '1:1': 1 };

/** What a request asks for: an area that its mode gives, in the shape that it names. */
export function readAskedVideo(body: Body): Omit<MadeVideo, 'pictures'> {
  const side = sides[(body.mode ?? 'pro') as keyof typeof sides];
  const area = (side * side * 16) / 9;
  const ratio = ratios[body.aspect_ratio ?? '16:9'] ?? 1;
  const even = (px: number) => 2 * Math.round(px / 2);
  return {
    widthPx: even(Math.sqrt(area * ratio)),
    heightPx: even(Math.sqrt(area / ratio)),
    seconds: Number(body.duration ?? 5),
    sound: body.sound === 'on',
  };
}

const load = (name: string) => readFileSync(new URL(`../../fixtures/media/${name}`, import.meta.url));
const silent = load('dog.mp4');
const sounding = load('two-scenes.mp4');

/** A short clip whose header has that size and length: nobody who reads headers alone can tell it from what was asked for. */
export function writeResult({ widthPx, heightPx, seconds, sound }: Omit<MadeVideo, 'pictures'>): Buffer {
  const file = Buffer.from(sound ? sounding : silent);
  const movieScale = 1000;
  const moov = file.indexOf('moov');
  const at = (box: string) => file.indexOf(box, moov);
  const ticks = file.readUInt32BE(at('mdhd') + 20);
  file.writeUInt32BE(Math.round(ticks / seconds), at('mdhd') + 16);
  file.writeUInt32BE(movieScale, at('mvhd') + 16);
  for (const place of [at('mvhd') + 20, at('tkhd') + 24, at('elst') + 12]) {
    file.writeUInt32BE(Math.round(seconds * movieScale), place);
  }
  file.writeUInt16BE(widthPx, at('avc1') + 28);
  file.writeUInt16BE(heightPx, at('avc1') + 30);
  file.writeUInt32BE(widthPx * 65_536, at('tkhd') + 80);
  file.writeUInt32BE(heightPx * 65_536, at('tkhd') + 84);
  return file;
}
