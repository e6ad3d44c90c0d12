/** Job of a media child process: pictures of a finished video. */

import type { MediaSettings } from '../../config.ts';
import { inspectSource } from '../../inspect/inspect-source.ts';
import type { Progress } from '../../progress.ts';
import type { ClipHeader } from '../../schema.ts';
import { drawStills } from '../../video/draw-stills.ts';

interface StillsInput {
  source: { path: string; param: string; bytes: number };
  workFolder: string;
  settings: MediaSettings;
}

/** Job `draw-stills`: the pictures of a video, in the work folder. */
export default async function draw(
  { source, workFolder, settings }: StillsInput,
  report: (progress: Progress) => void,
): Promise<null> {
  const { param } = source;
  const clip_rules = { formats: ['mp4', 'mov', 'webm'] as const, bytesMax: Number.MAX_SAFE_INTEGER };
  const header = await inspectSource({ kind: 'clip', ...source, clip_rules }, settings);
  await drawStills(settings.ffmpeg, source, header as ClipHeader, workFolder, () =>
    report({ fraction: 0.5, step: 'decodeFrames', param }),
  );
  return null;
}
