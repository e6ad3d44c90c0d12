import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { MediaSettings } from '../config.ts';
import { decodeImage } from '../image/decode-image.ts';
import type { Progress } from '../progress.ts';
import type { Pixels } from '../raster/pixels.ts';
import { findDecoder } from '../video/find-decoder.ts';
import { chooseDensity } from './assets/density.ts';
import { type Mover, trackMotion } from './clip/track-motion.ts';
import { type EncoderThread, startEncoder } from './encode/encode-in-thread.ts';
import { planShots } from './plan-shots.ts';
import { renderFrames } from './render-frames.ts';
import type { AnimaticScript } from './script.ts';
import { writeSound } from './sound/write-sound.ts';
import { createTypesetter, type Typesetter } from './text/typeset.ts';

/** A rendered animatic. */
export interface AnimaticResult {
  path: string;
  bytes: number;
  /** Lower-case hexadecimal. */
  sha256: string;
  frame_count: number;
  has_sound: boolean;
  /** The program that encoded it, with its version. */
  encoder: string;
  /** Characters of captions and names that no font of this machine has, each once; they are left out. */
  missing_characters: string;
}

type Report = (progress: Progress) => void;

/** Shares of the whole at which the parts begin. */
const motionFrom = 0.04;
const framesFrom = 0.1;

/**
 * Renders a script into `animatic.mp4` in the work folder, which must exist and be fresh. Runs in a child process.
 * Throws `image_processing_error` and `invalid_parameters` for damaged images and clips, retryable `service_error` and
 * `resource_exhausted` when it can't be encoded or stored.
 */
export async function renderAnimatic(
  script: AnimaticScript,
  workFolder: string,
  settings: MediaSettings,
  report: Report,
): Promise<AnimaticResult> {
  const encoder = startEncoder(settings.ffmpeg);
  try {
    return await renderWith(encoder, script, workFolder, settings, report);
  } finally {
    await encoder.stop();
  }
}

async function renderWith(
  encoder: EncoderThread,
  script: AnimaticScript,
  workFolder: string,
  settings: MediaSettings,
  report: Report,
): Promise<AnimaticResult> {
  const size = { width: script.width_px, height: script.height_px };
  const images = await loadImages(script, settings, report);
  const cast = await castImage(script, images, workFolder);
  const texts = listTexts(cast);
  const [mover, typesetter] = await Promise.all([findMotion(cast, size, settings, report), createTypesetter(texts)]);
  const shots = planShots(cast, typesetter, mover?.height ?? null);
  const soundPath = await writeSound(cast, workFolder, settings);
  const frameCount = shots.reduce((sum, shot) => sum + shot.frameCount, 0);
  const path = join(workFolder, 'animatic.mp4');
  const frames = renderFrames(shots, cast, {
    size,
    assets: { images, typesetter, density: chooseDensity(size) },
    track: mover?.track ?? [],
    decoder: cast.clip === null ? null : await findDecoder(settings.ffmpeg, cast.clip.param),
    onFrame: (count) => report(step(framesFrom + (0.98 - framesFrom) * (count / frameCount), 'renderFrames', cast)),
  });
  const request = { path, ...size, soundPath, title: cast.title, comment: cast.comment };
  const encoderName = await encoder.encode(request, frames);
  report(step(0.99, 'hashFile', cast));
  return {
    path,
    ...(await describeFile(path)),
    frame_count: frameCount,
    has_sound: soundPath !== null,
    encoder: encoderName,
    missing_characters: listMissing(texts, typesetter),
  };
}

function step(fraction: number, name: string, { clip }: AnimaticScript): Progress {
  return { fraction, step: name, param: clip?.param };
}

/** Images are held while everything is rendered, so they are no larger than the frame and the camera's moves need. */
const sideShare = 1.2;

async function loadImages(script: AnimaticScript, settings: MediaSettings, report: Report): Promise<Pixels[]> {
  const images: Pixels[] = [];
  const side = Math.round(sideShare * Math.max(script.width_px, script.height_px));
  const limits = { ...settings, uprightSideMaxPx: Math.min(settings.uprightSideMaxPx, side) };
  for (const [at, image] of script.images.entries()) {
    report({ fraction: (motionFrom * at) / script.images.length, step: 'decodeImage', param: image.param });
    images.push(await decodeImage(image, image.header, limits));
  }
  return images;
}

/** Where an image is to act and nobody else does, its subject joins the cast. */
async function castImage(
  script: AnimaticScript,
  images: readonly Pixels[],
  workFolder: string,
): Promise<AnimaticScript> {
  const at = script.images.findIndex((image) => image.is_figure);
  const image = script.images[at];
  const pixels = images[at];
  if (image === undefined || pixels === undefined) return script;
  // few requests need it, and it takes a tenth of the time in which the others start
  const { cutOutImage } = await import('./assets/cut-out-image.ts');
  const view = await cutOutImage(pixels, image.path, workFolder);
  const figure = { name: image.label, views: [view], colors: [], brightness: 0.5, voice: null };
  const shots = script.shots.map((shot) => ({ ...shot, cast: [...shot.cast, script.cast.length] }));
  return { ...script, cast: [...script.cast, figure], shots };
}

async function findMotion(
  script: AnimaticScript,
  size: { width: number; height: number },
  settings: MediaSettings,
  report: Report,
): Promise<Mover | null> {
  if (script.clip === null || !script.shots.some(({ scene }) => scene.kind === 'motion')) return null;
  const decoder = await findDecoder(settings.ffmpeg, script.clip.param);
  return trackMotion(decoder, script.clip, size, () => report(step(motionFrom, 'trackMotion', script)));
}

function listTexts({ shots, cast, images }: AnimaticScript): string[] {
  return [...shots.map(({ caption }) => caption), ...cast.map(({ name }) => name), ...images.map(({ label }) => label)];
}

function listMissing(texts: readonly string[], typesetter: Typesetter): string {
  const all = new Set([...texts.join('')].filter((character) => !/[\s\p{Control}\p{Format}\p{Mark}]/u.test(character)));
  return [...all].filter((character) => typesetter.clean(character) === '').join('');
}

async function describeFile(path: string): Promise<{ bytes: number; sha256: string }> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return { bytes: (await stat(path)).size, sha256: hash.digest('hex') };
}
