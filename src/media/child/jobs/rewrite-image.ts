/** Job of a media child process: a picture written anew as others take it. */

import type { MediaSettings } from '../../config.ts';
import { decodeImage } from '../../image/decode-image.ts';
import { writeWithin } from '../../image/write-within.ts';
import { inspectSource } from '../../inspect/inspect-source.ts';
import type { Progress } from '../../progress.ts';
import type { ImageHeader } from '../../schema.ts';
import type { MediaSource } from '../../sources.ts';

export interface RewriteInput {
  source: Omit<MediaSource, 'role'>;
  path: string;
  bytesMax: number;
  settings: MediaSettings;
}

/** Longer side in pixels. No model is known to look at more, and the pixels of 4096 × 4096 take 50 MB. */
const sideMaxPx = 4096;

/** Job `rewrite-image`: upright, in sRGB, without EXIF, the best that has at most `bytesMax`; JPEG, or PNG with alpha. */
export default async function rewriteImage(
  { source, path, bytesMax, settings }: RewriteInput,
  report: (progress: Progress) => void,
): Promise<null> {
  report({ fraction: 0.1, step: 'decodeImage', param: source.param });
  const header = (await inspectSource({ kind: 'image', ...source }, settings)) as ImageHeader;
  const pixels = await decodeImage(source, header, { ...settings, uprightSideMaxPx: sideMaxPx });
  report({ fraction: 0.6, step: 'encodeImage', param: source.param });
  await writeWithin(pixels, path, bytesMax);
  return null;
}
