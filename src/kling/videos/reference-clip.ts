import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { VideoSource } from '../../engines/index.ts';
import type { ClipHeader, ClipRules, ConversionOptions, Media } from '../../media/index.ts';
import { isPlain } from '../elements/element-clip.ts';
import { klingRefusesFile } from '../errors.ts';

/** A reference video as the upstream takes it. */
export interface ReferenceClip {
  path: string;
  media_type: 'video/mp4' | 'video/quicktime';
}

/** As everywhere in this program: a clip cut to "10 s" ends with a whole frame. */
const durationToleranceSeconds = 0.05;

/** As our own rule: 23.976 is 24 to everybody. */
const frameRateTolerance = 0.5;

/**
 * What a request's video is sent as: itself, or written anew where the upstream doesn't take its container, codec, odd or
 * too large sides, or frame rate, which loses nothing that matters. Refuses the rest, with what was measured.
 */
export async function prepareReferenceClip(
  { param, path, bytes }: VideoSource,
  header: ClipHeader,
  rules: ClipRules,
  { media, workFolder, signal }: { media: Pick<Media, 'convertClip'>; workFolder: string; signal: AbortSignal },
): Promise<ReferenceClip> {
  const rule = judgeReferenceClip(header, rules);
  if (rule !== null) throw klingRefusesFile(param, rule);
  const conversion = planConversion(header, rules);
  if (conversion === null) return { path, media_type: header.format === 'mov' ? 'video/quicktime' : 'video/mp4' };
  const converted = join(workFolder, 'upstream-reference.mp4');
  await media.convertClip({ param, path, bytes }, converted, conversion, { signal });
  const { size } = await stat(converted);
  if (size > rules.bytesMax) {
    throw klingRefusesFile(param, `${size} bytes as H.264, the Kling API takes at most ${rules.bytesMax}`);
  }
  return { path: converted, media_type: 'video/mp4' };
}

/** The rule that a video breaks and no harmless conversion mends, as a predicate; null when there is none. */
export function judgeReferenceClip(header: ClipHeader, rules: ClipRules): string | null {
  const { duration_seconds: seconds, bytes, width_px, height_px } = header;
  const { durationMinSeconds: least = 0, durationMaxSeconds: most = Number.POSITIVE_INFINITY } = rules;
  if (seconds < least - durationToleranceSeconds || seconds > most + durationToleranceSeconds) {
    return `${Math.round(seconds * 100) / 100} s long, the Kling API takes ${least} to ${most} s here`;
  }
  if (bytes > rules.bytesMax) return `${bytes} bytes, the Kling API takes at most ${rules.bytesMax}`;
  const scale = chooseScale(header, rules);
  const { widthMinPx = 0, heightMinPx = 0 } = rules;
  if (width_px * scale < widthMinPx || height_px * scale < heightMinPx) {
    const bounds = `${widthMinPx} to ${rules.widthMaxPx} px wide and ${heightMinPx} to ${rules.heightMaxPx} px high`;
    return `${width_px} × ${height_px} px, the Kling API takes ${bounds}`;
  }
  return null;
}

/** How the video has to be written anew; null when it goes as it is. */
export function planConversion(header: ClipHeader, rules: ClipRules): ConversionOptions | null {
  const { width_px, height_px, frame_rate } = header;
  const scale = chooseScale(header, rules);
  const isOdd = width_px % 2 === 1 || height_px % 2 === 1;
  const frameRate = chooseFrameRate(frame_rate, rules);
  if (isPlain(header) && !isOdd && scale === 1 && frameRate === undefined) return null;
  return {
    shortSideMaxPx: Math.floor(Math.min(width_px, height_px) * scale),
    ...(frameRate === undefined ? {} : { frameRate }),
  };
}

/** 1, or by how much the video is to be made smaller. */
function chooseScale({ width_px, height_px }: ClipHeader, { widthMaxPx, heightMaxPx }: ClipRules): number {
  return Math.min(1, (widthMaxPx ?? width_px) / width_px, (heightMaxPx ?? height_px) / height_px);
}

/** Frames a second, where those of the video are too few or too many. */
function chooseFrameRate(rate: number, { frameRateMin, frameRateMax }: ClipRules): number | undefined {
  if (frameRateMin !== undefined && rate < frameRateMin - frameRateTolerance) return frameRateMin;
  return frameRateMax !== undefined && rate > frameRateMax + frameRateTolerance ? frameRateMax : undefined;
}
