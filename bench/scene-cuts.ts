/**
 * How well hard cuts are found, and what else is taken for one: clips of a virtual camera over the sample photos (still,
 * pan, zoom, shake, flash, exposure, fade, something passing), cut or not, and the sample clips joined in pairs.
 *
 *     node bench/scene-cuts.ts --media <folder>
 */
import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { RgbImage } from '../src/media/raster/raster.ts';
import { findSceneCuts } from '../src/media/subject/clip/find-scene-cuts.ts';
import { printTable } from './helpers/print-table.ts';
import { createDice, findSubjectsFolder, listPhotos, loadPhoto } from './sample-media.ts';

const [width, height] = [64, 36];
const framesPerSecond = 4;
/** Half of a clip of 6 s. */
const half = 12;
const folder = findSubjectsFolder();
const subjects = [...(await listPhotos(folder)).values()];
const photos = await Promise.all(
  subjects.map((names) => Promise.all(names.slice(0, 2).map((name) => loadPhoto(folder, name, 256)))),
);

interface Camera {
  /** Centre and width of the window at a frame, in shares of the photo. */
  x(frame: number): number;
  y(frame: number): number;
  size(frame: number): number;
  /** What becomes of a channel's value (0…255). */
  light?(value: number, frame: number): number;
  /** Right edge of something dark that passes, in shares of the window. */
  passing?(frame: number): number;
}

const still = { x: () => 0.5, y: () => 0.5, size: () => 0.7 };
const cameras: Record<string, Camera> = {
  still,
  'slow pan': { ...still, x: (frame) => 0.3 + (0.4 * frame) / (2 * half), size: () => 0.5 },
  'fast pan': { ...still, x: (frame) => 0.25 + 0.5 * swing(frame / 6), size: () => 0.45 },
  zoom: { ...still, size: (frame) => 0.9 - (0.6 * frame) / (2 * half) },
  shake: { ...still, x: (frame) => 0.5 + 0.08 * wave(frame, 3.1), y: (frame) => 0.5 + 0.08 * wave(frame, 4.7) },
  flash: { ...still, light: (value, frame) => (frame === half ? 255 - (255 - value) * 0.25 : value) },
  'dark flash': { ...still, light: (value, frame) => (frame === half ? value * 0.2 : value) },
  'exposure drifts': { ...still, light: (value, frame) => value * (0.6 + (0.4 * frame) / half) },
  'fade to black and back': { ...still, light: (value, frame) => value * Math.min(1, Math.abs(frame - half) / 5) },
  'somebody passes': { ...still, passing: (frame) => (frame - half) / 3 },
};

const rows = Object.entries(cameras).map(([name, camera]) => {
  const clips = photos.map(([photo], seed) => film(photo as RgbImage, camera, 0, 2 * half, seed));
  const wrong = clips.filter((clip) => findSceneCuts(clip).length > 0).length;
  return { what: name, measured: `${wrong} of ${clips.length} called cut`, bar: 'at most 1', reached: wrong <= 1 };
});
printTable(`no cut, ${framesPerSecond} frames a second`, rows);

const cuts = Object.entries(cameras).filter(
  ([name]) => !['dark flash', 'flash', 'fade to black and back'].includes(name),
);
for (const [title, other] of [
  ['cut to another subject', (at: number) => photos[(at + 1) % photos.length]?.[0]],
  ['cut to another photo of the subject', (at: number) => photos[at]?.[1]],
] as const) {
  const found = cuts.map(([name, camera]) => {
    let [right, extra] = [0, 0];
    for (const [at, [photo]] of photos.entries()) {
      const clip = [
        ...film(photo as RgbImage, camera, 0, half, at),
        ...film(other(at) as RgbImage, camera, half, 2 * half, at + 100),
      ];
      const frames = findSceneCuts(clip).map(({ frame }) => frame);
      if (frames.includes(half)) right += 1;
      extra += frames.filter((frame) => frame !== half).length;
    }
    return { what: name, measured: `${right} of ${photos.length} found, ${extra} more`, bar: '', reached: null };
  });
  printTable(title, found);
}
joinClips(join(folder, '..', 'clips'));

function film(photo: RgbImage, camera: Camera, from: number, to: number, seed: number): RgbImage[] {
  const dice = createDice(seed);
  return Array.from({ length: to - from }, (_, at) => shoot(photo, camera, from + at, dice));
}

function shoot(photo: RgbImage, camera: Camera, frame: number, dice: () => number): RgbImage {
  const data = new Uint8ClampedArray(width * height * 3);
  const size = camera.size(frame) * photo.width;
  const left = camera.x(frame) * photo.width - size / 2;
  const top = camera.y(frame) * photo.height - (size * height) / width / 2;
  for (let y = 0, to = 0; y < height; y++) {
    for (let x = 0; x < width; x++, to += 3) {
      const column = Math.min(photo.width - 1, Math.max(0, Math.round(left + (x / width) * size)));
      const row = Math.min(photo.height - 1, Math.max(0, Math.round(top + (y / width) * size)));
      const edge = camera.passing?.(frame) ?? 2;
      const hidden = edge < 2 && x / width < edge && x / width > edge - 0.6;
      for (let channel = 0; channel < 3; channel++) {
        const value = hidden ? 40 : (photo.data[(row * photo.width + column) * 3 + channel] as number);
        data[to + channel] = (camera.light?.(value, frame) ?? value) + (dice() - 0.5) * 6;
      }
    }
  }
  return { width, height, data };
}

function wave(frame: number, pace: number): number {
  return Math.sin(frame * pace);
}

/** 0…1 and back, with a period of 2. */
function swing(at: number): number {
  return Math.abs(((at + 1) % 2) - 1);
}

function joinClips(clips: string): void {
  const decoded = readdirSync(clips)
    .filter((name) => /\.(mp4|mkv)$/.test(name))
    .map((name) => decode(join(clips, name)));
  const wrong = decoded.reduce((sum, frames) => sum + findSceneCuts(frames).length, 0);
  let [right, pairs, extra] = [0, 0, 0];
  for (const one of decoded) {
    for (const other of decoded) {
      if (one === other) continue;
      const frames = findSceneCuts([...one.slice(0, half), ...other.slice(-half)]).map(({ frame }) => frame);
      const at = Math.min(half, one.length);
      pairs += 1;
      if (frames.includes(at)) right += 1;
      extra += frames.filter((frame) => frame !== at).length;
    }
  }
  const seconds = decoded.reduce((sum, frames) => sum + frames.length, 0) / framesPerSecond;
  printTable('sample clips', [
    { what: 'as they are', measured: `${wrong} cuts in ${seconds} s`, bar: '0', reached: wrong === 0 },
    { what: 'joined', measured: `${right} of ${pairs} found, ${extra} more`, bar: 'all', reached: right === pairs },
  ]);
}

function decode(path: string): RgbImage[] {
  const filter = `fps=${framesPerSecond},scale=${width}:${height}:flags=area`;
  const output = ['-vf', filter, '-f', 'rawvideo', '-pix_fmt', 'rgb24', '-'];
  const bytes = execFileSync('ffmpeg', ['-v', 'error', '-i', path, ...output], { maxBuffer: 2 ** 30 });
  const frameBytes = width * height * 3;
  return Array.from({ length: bytes.length / frameBytes }, (_, at) => ({
    width,
    height,
    data: bytes.subarray(at * frameBytes, (at + 1) * frameBytes),
  }));
}
