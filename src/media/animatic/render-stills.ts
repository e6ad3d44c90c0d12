import { join } from 'node:path';
import type { MediaSettings } from '../config.ts';
import type { Progress } from '../progress.ts';
import { loadSharp } from '../raster/load-sharp.ts';
import { toRgb } from '../video/yuv-frame.ts';
import { prepareScenes, type Scenes } from './prepare-scenes.ts';
import { renderFrames } from './render-frames.ts';
import type { AnimaticScript } from './script.ts';

/** Pictures drawn of a script. */
export interface StillsResult extends Pick<Scenes, 'missing_characters'> {
  /** PNG files, one of each shot, in their order. */
  paths: string[];
}

/** Where in a shot its picture is taken, as a share of its frames: by then everybody has come. */
const moment = 2 / 3;

/**
 * Draws one picture of each shot of a script without a clip into the work folder, which must exist and be fresh. Runs in a
 * child process. Throws `image_processing_error` and `invalid_parameters` for damaged images.
 */
export async function renderStills(
  script: AnimaticScript,
  workFolder: string,
  settings: MediaSettings,
  report: (progress: Progress) => void,
): Promise<StillsResult> {
  const { shots, tools, missing_characters } = await prepareScenes(script, workFolder, settings, report);
  const sharp = await loadSharp();
  const { width, height } = tools.size;
  const paths: string[] = [];
  const onFrame = (count: number) =>
    report({ fraction: 0.1 + 0.85 * (count / shots.length), step: 'renderFrames', param: undefined });
  for await (const frame of renderFrames(shots, { ...tools, moment, onFrame })) {
    const { channels, ...rgb } = toRgb({ data: frame, width, height });
    const path = join(workFolder, `picture-${paths.length + 1}.png`);
    await sharp(rgb.data, { raw: { width, height, channels } }).png().toFile(path);
    paths.push(path);
  }
  return { paths, missing_characters };
}
