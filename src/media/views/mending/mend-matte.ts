import { writeFile } from 'node:fs/promises';
import type { MediaSettings } from '../../config.ts';
import type { Stroke } from '../../mending-schema.ts';
import type { Progress } from '../../progress.ts';
import { encodeMatte, type MendingCanvas, prepareCanvas } from '../../subject/index.ts';
import { fitForCutout } from '../steps/cut-out-subject.ts';
import { createCanvasStore } from './canvas-store.ts';
import { loadGivenAlpha } from './load-given-alpha.ts';
import { loadMatte, loadUpright } from './load-upright.ts';
import { warmUp } from './warm-up.ts';

export interface MendMatteInput {
  /** Names the picture and all that its matte begins with: what was prepared under it is used again. */
  key: string;
  strokes: readonly Stroke[];
  /** Where the matte is written, a grey PNG; must not exist. */
  mattePath: string;
  /** Null when the picture is to be mended only if it is prepared. */
  files: MendingFiles | null;
  settings: MediaSettings;
}

/** What a picture is prepared from, paths of local files. */
interface MendingFiles {
  upright: string;
  /** The matte it has; null without one. */
  matte: string | null;
  /** What takes that one's place, and the request field it came in. */
  alpha: { path: string; param: string } | null;
}

/** Null when the picture wasn't prepared, and wasn't to be: then nothing is written. */
export type MendMatteResult = {
  width_px: number;
  height_px: number;
  /** Share of the picture, 0…1, that is at least half subject. */
  subject_share: number;
} | null;

const store = createCanvasStore();
let isPainting = false;
let isWarm = false;

/**
 * Writes the matte after all strokes, drawn from what the picture has or is given. Keeps what it prepares in this process, for the
 * next strokes, and gets itself ready for them once it has answered. One call at a time. Throws as `loadGivenAlpha`.
 */
export async function mendMatte(
  { key, strokes, mattePath, files, settings }: MendMatteInput,
  report: (progress: Progress) => void,
): Promise<MendMatteResult> {
  isPainting = true;
  try {
    report({ fraction: 0, step: 'prepareCanvas', param: undefined });
    let canvas = store.find(key);
    if (canvas === undefined) {
      if (files === null) return null;
      canvas = await prepareFiles(files, settings);
      store.keep(key, canvas);
    }
    report({ fraction: 0.5, step: 'paintStrokes', param: undefined });
    const alpha = store.paint(key, strokes);
    const { width, height } = canvas.picture;
    const encoding = encodeMatte(alpha, width, height);
    // Counted while another thread encodes.
    let count = 0;
    for (let at = 0; at < alpha.length; at++) if ((alpha[at] as number) >= 128) count += 1;
    await writeFile(mattePath, await encoding, { flag: 'wx' });
    warmUpOnce(canvas);
    return { width_px: width, height_px: height, subject_share: count / alpha.length };
  } finally {
    isPainting = false;
  }
}

function warmUpOnce(canvas: MendingCanvas): void {
  if (isWarm) return;
  isWarm = true;
  // Only its speed would be missed: a fault of it is met again, and told, by the next stroke.
  warmUp(canvas, () => isPainting).catch(() => undefined);
}

async function prepareFiles({ upright, matte, alpha }: MendingFiles, settings: MediaSettings): Promise<MendingCanvas> {
  const pixels = await loadUpright(upright);
  const picture = await fitForCutout(pixels, settings.cutoutSideMaxPx);
  const current =
    alpha === null ? await loadMatte(matte, picture) : await loadGivenAlpha(alpha.path, alpha.param, pixels, picture);
  return prepareCanvas(picture, current, pixels.width);
}
