import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import sharp from 'sharp';
import type { RgbImage } from '../../src/media/raster/raster.ts';

/** What a picture shows; each is counted by itself. */
export type Kind = 'things' | 'people' | 'drawings';

/** A picture with the true mask of its subject, so that it can be left out of a fit with its subject. */
export interface TruePicture {
  readonly name: string;
  readonly subject: string;
  readonly kind: Kind;
  readonly image: RgbImage;
  /** 0 or 255, at the picture's size. */
  readonly truth: Uint8Array;
}

interface Outline {
  kind: Kind;
  width: number;
  height: number;
  /** x, y, x, y, … each; what lies inside two is a hole. */
  polygons: number[][];
}

const folders = ['people', 'drawn', 'portraits'] as const;

/**
 * The pictures beside the folder of subjects whose outlines are among the truth, at 1,024 px on the longer side at most. Those
 * of people may be looked at and measured, never published: only their outlines are in the repository.
 */
export async function loadTruePictures(subjects: string): Promise<TruePicture[]> {
  const found: TruePicture[] = [];
  for (const folder of folders) {
    const media = join(dirname(subjects), folder);
    if (!existsSync(media)) continue;
    for (const file of (await readdir(media)).sort()) {
      const name = `${folder}/${file.replace(/\.\w+$/, '')}`;
      const outline = join(import.meta.dirname, '../truth', `${name}.json`);
      if (!existsSync(outline)) continue;
      const image = await loadPicture(join(media, file));
      const parsed = JSON.parse(await readFile(outline, 'utf8')) as Outline;
      found.push({ name, subject: name, kind: parsed.kind, image, truth: await fillOutline(parsed, image) });
    }
  }
  return found;
}

async function fillOutline(outline: Outline, { width, height }: RgbImage): Promise<Uint8Array> {
  const path = outline.polygons.map((points) => `M${points.join(' ')}Z`).join('');
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${outline.width} ${outline.height}" preserveAspectRatio="none"><path d="${path}" fill-rule="evenodd" fill="#fff"/></svg>`;
  const alpha = await sharp(Buffer.from(svg)).extractChannel(3).raw().toBuffer();
  return alpha.map((value) => (value >= 128 ? 255 : 0));
}

/** A picture upright on white, its longer side at most 1,024 px. */
export async function loadPicture(path: string): Promise<RgbImage> {
  const { data, info } = await sharp(path)
    .autoOrient()
    .resize(1024, 1024, { fit: 'inside', withoutEnlargement: true })
    .toColorspace('srgb')
    .flatten({ background: '#ffffff' })
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, data };
}
