import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import type { RgbImage } from '../src/media/raster/raster.ts';

/**
 * Subjects that nothing is fitted or chosen on: their photos and the places they were taken in are kept for reporting.
 */
export const heldSubjects: ReadonlySet<string> = new Set([
  'can',
  'cat2',
  'colorful_sneaker',
  'dog3',
  'dog6',
  'dog8',
  'duck_toy',
  'rc_car',
  'red_cartoon',
  'vase',
]);

/** Photos under `heldSubjects` that show the same places as photos to tune on, so their surroundings are not new. */
export const sharedPlaces: ReadonlySet<string> = new Set(['colorful_sneaker']);

/** The folder of photos, one folder a subject: `--media <folder>`, else TROUPE_BENCH_MEDIA, else `./media`. */
export function findSubjectsFolder(args: readonly string[] = process.argv): string {
  const at = args.indexOf('--media');
  const folder = (at >= 0 ? args[at + 1] : process.env.TROUPE_BENCH_MEDIA) ?? './media';
  const subjects = join(folder, 'subjects');
  if (!existsSync(subjects)) throw new Error(`no folder of subjects at ${subjects}: give it with --media <folder>`);
  return subjects;
}

/** Names of the photos, `<subject>/<number>`, by subject. */
export async function listPhotos(folder: string): Promise<Map<string, string[]>> {
  const photos = new Map<string, string[]>();
  for (const entry of (await readdir(folder, { withFileTypes: true })).sort((a, b) => a.name.localeCompare(b.name))) {
    if (!entry.isDirectory()) continue;
    const files = (await readdir(join(folder, entry.name))).filter((file) => file.endsWith('.jpg')).sort();
    photos.set(
      entry.name,
      files.map((file) => `${entry.name}/${file.replace('.jpg', '')}`),
    );
  }
  return photos;
}

/** The upright photo in sRGB with its long side at most `longSidePx`. */
export async function loadPhoto(folder: string, name: string, longSidePx: number): Promise<RgbImage> {
  const { data, info } = await sharp(join(folder, `${name}.jpg`))
    .autoOrient()
    .resize(longSidePx, longSidePx, { fit: 'inside', withoutEnlargement: true })
    .toColorspace('srgb')
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, data };
}

/** The checked mask of a photo, 0 or 255 a pixel at 512 × 512 (the photos are square), or null where there is none. */
export async function loadTruth(name: string): Promise<Uint8Array | null> {
  const file = join(import.meta.dirname, 'truth', `${name}.png`);
  if (!existsSync(file)) return null;
  return sharp(file).toColorspace('b-w').extractChannel(0).raw().toBuffer();
}

/** A repeatable stream of numbers 0…1 (mulberry32). */
export function createDice(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
