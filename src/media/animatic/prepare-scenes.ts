import type { MediaSettings } from '../config.ts';
import { decodeImage } from '../image/decode-image.ts';
import type { Progress } from '../progress.ts';
import type { Pixels } from '../raster/pixels.ts';
import { chooseDensity } from './assets/density.ts';
import type { Clip } from './clip/clip.ts';
import { openClip } from './clip/open-clip.ts';
import { type Mover, trackMotion } from './clip/track-motion.ts';
import type { EncoderSettings } from './encode/find-encoder.ts';
import type { Shot } from './plan.ts';
import { planShots } from './plan-shots.ts';
import type { RenderTools } from './render-frames.ts';
import type { AnimaticScript } from './script.ts';
import { createTypesetter, type Typesetter } from './text/typeset.ts';

/** A script ready to be drawn, whatever becomes of its frames. */
export interface Scenes {
  /** The script with all who act in it. */
  cast: AnimaticScript;
  shots: readonly Shot[];
  tools: Pick<RenderTools, 'size' | 'assets' | 'track' | 'clip'>;
  /** Characters of captions and names that no font of this machine has, each once; they are left out. */
  missing_characters: string;
}

type Report = (progress: Progress) => void;

/** Share of the whole at which a clip is looked at. */
const motionFrom = 0.04;

/**
 * Loads and plans all that a script shows. Throws `image_processing_error` and `invalid_parameters` for damaged images and
 * clips.
 */
export async function prepareScenes(
  script: AnimaticScript,
  workFolder: string,
  settings: MediaSettings & EncoderSettings,
  report: Report,
): Promise<Scenes> {
  const size = { width: script.width_px, height: script.height_px };
  const images = await loadImages(script, settings, report);
  const cast = await castImage(script, images, workFolder);
  const texts = listTexts(cast);
  const findClip = async () => {
    const clip = await openClip(cast, size, workFolder, settings);
    return { clip, mover: await findMotion(cast, clip, size, report) };
  };
  const [{ clip, mover }, typesetter] = await Promise.all([findClip(), createTypesetter(texts)]);
  return {
    cast,
    shots: planShots(cast, typesetter, mover?.height ?? null),
    tools: { size, assets: { images, typesetter, density: chooseDensity(size) }, track: mover?.track ?? [], clip },
    missing_characters: listMissing(texts, typesetter),
  };
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
  clip: Clip | null,
  size: { width: number; height: number },
  report: Report,
): Promise<Mover | null> {
  if (clip === null || !script.shots.some(({ scene }) => scene.kind === 'motion')) return null;
  const onFrame = () => report({ fraction: motionFrom, step: 'trackMotion', param: script.clip?.param });
  return trackMotion(clip.readSmall(), size, onFrame);
}

function listTexts({ shots, cast, images }: AnimaticScript): string[] {
  return [...shots.map(({ caption }) => caption), ...cast.map(({ name }) => name), ...images.map(({ label }) => label)];
}

function listMissing(texts: readonly string[], typesetter: Typesetter): string {
  const all = new Set([...texts.join('')].filter((character) => !/[\s\p{Control}\p{Format}\p{Mark}]/u.test(character)));
  return [...all].filter((character) => typesetter.clean(character) === '').join('');
}
