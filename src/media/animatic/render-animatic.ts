import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { startEarly } from '../../lib/start-early.ts';
import type { MediaSettings } from '../config.ts';
import type { Progress } from '../progress.ts';
import { type EncoderSettings, findEncoder } from './encode/find-encoder.ts';
import { prepareScenes } from './prepare-scenes.ts';
import { renderFrames } from './render-frames.ts';
import type { AnimaticScript } from './script.ts';
import { writeSound } from './sound/write-sound.ts';

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

/** Share of the whole at which drawing begins. */
const framesFrom = 0.1;

/**
 * Renders a script into `animatic.mp4` in the work folder, which must exist and be fresh. Runs in a child process.
 * Throws `image_processing_error` and `invalid_parameters` for damaged images and clips, retryable `service_error` and
 * `resource_exhausted` when it can't be encoded or stored.
 */
export async function renderAnimatic(
  script: AnimaticScript,
  workFolder: string,
  settings: MediaSettings & EncoderSettings,
  report: Report,
): Promise<AnimaticResult> {
  // a child looks for it once
  const finding = startEarly(findEncoder(settings));
  const { cast, shots, tools, missing_characters } = await prepareScenes(script, workFolder, settings, report);
  const soundPath = await writeSound(cast, workFolder, settings);
  const frameCount = shots.reduce((sum, shot) => sum + shot.frameCount, 0);
  const path = join(workFolder, 'animatic.mp4');
  const frames = renderFrames(shots, {
    ...tools,
    onFrame: (count) => report(step(framesFrom + (0.98 - framesFrom) * (count / frameCount), 'renderFrames', cast)),
  });
  const request = { path, ...tools.size, soundPath, title: cast.title, comment: cast.comment };
  const encoder = await finding;
  await encoder.encode(request, frames);
  report(step(0.99, 'hashFile', cast));
  return {
    path,
    ...(await describeFile(path)),
    frame_count: frameCount,
    has_sound: soundPath !== null,
    encoder: encoder.name,
    missing_characters,
  };
}

function step(fraction: number, name: string, { clip }: AnimaticScript): Progress {
  return { fraction, step: name, param: clip?.param };
}

async function describeFile(path: string): Promise<{ bytes: number; sha256: string }> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return { bytes: (await stat(path)).size, sha256: hash.digest('hex') };
}
