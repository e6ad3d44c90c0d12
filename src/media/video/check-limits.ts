import type { MediaSettings } from '../config.ts';
import { invalidMedia } from '../errors.ts';
import type { ClipHeader } from '../schema.ts';
import type { ClipRules } from '../sources.ts';

/** The contract's rules for the reference video of an element. It names a width only. */
export function listElementClipRules(settings: MediaSettings): ClipRules {
  return {
    formats: ['mp4', 'mov', 'webm'],
    bytesMax: settings.videoBytesMax,
    durationMaxSeconds: settings.videoDurationMaxSeconds,
    widthMinPx: settings.videoWidthMinPx,
    widthMaxPx: settings.videoWidthMaxPx,
  };
}

/** Checks the size of the file, before any of it is read. Throws `invalid_parameters`. */
export function checkClipBytes(bytes: number, param: string, { bytesMax }: Pick<ClipRules, 'bytesMax'>): void {
  if (bytes > bytesMax) throw invalidMedia(param, `${bytes} bytes, a video may have at most ${bytesMax} bytes`);
}

/**
 * A clip cut to "8 s" ends with a whole frame: 240 frames at 29.97 fps last 8.008 s, 193 at 24 fps 8.04 s, 121 at 15 fps
 * 8.07 s. One frame at any rate is let through, at the lower bound as well; at least what the many ways of counting differ by, and
 * at most a second: what shows fewer than one frame in it is a slide show.
 */
function computeTolerance({ frame_rate }: Pick<ClipHeader, 'frame_rate'>): number {
  return Math.min(1, Math.max(0.05, 1 / frame_rate + 0.001));
}

/** "24 fps" is often 23.976, and "60 fps" a little more in a variable-rate clip. */
const frameRateTolerance = 0.5;

/**
 * Checks what the header tells, before anything is decoded. Sizes are as displayed, after rotation and pixel aspect
 * ratio: a phone's upright 1080 × 1920 clip is 1080 px wide however it is stored. Throws `invalid_parameters`.
 */
export function checkClipRules(
  header: ClipHeader,
  param: string,
  rules: ClipRules,
  { videoPixelsMax }: Pick<MediaSettings, 'videoPixelsMax'>,
): void {
  checkDuration(header, param, rules);
  checkSize(header, param, rules);
  const { width_px: width, height_px: height, stored_width_px, stored_height_px, frame_rate } = header;
  if (Math.max(stored_width_px * stored_height_px, width * height) > videoPixelsMax) {
    const megapixels = Math.round(videoPixelsMax / 1e5) / 10;
    throw invalidMedia(param, `${width} × ${height} px, a video frame may have at most ${megapixels} megapixels`);
  }
  const { frameRateMin = 0, frameRateMax = Number.POSITIVE_INFINITY } = rules;
  if (frame_rate < frameRateMin - frameRateTolerance || frame_rate > frameRateMax + frameRateTolerance) {
    const shown = Math.round(frame_rate * 100) / 100;
    throw invalidMedia(param, `${shown} frames a second, a video must have ${frameRateMin} to ${frameRateMax}`);
  }
}

function checkDuration(header: ClipHeader, param: string, rules: ClipRules): void {
  const { duration_seconds: seconds } = header;
  const tolerance = computeTolerance(header);
  const { durationMinSeconds = 0, durationMaxSeconds = Number.POSITIVE_INFINITY } = rules;
  if (seconds > durationMaxSeconds + tolerance) {
    const shown = Math.ceil(seconds * 100) / 100;
    throw invalidMedia(param, `${shown} s long, a video may last at most ${durationMaxSeconds} s`);
  }
  if (seconds < durationMinSeconds - tolerance) {
    const shown = Math.floor(seconds * 100) / 100;
    throw invalidMedia(param, `${shown} s long, a video must last at least ${durationMinSeconds} s`);
  }
}

function checkSize({ width_px: width, height_px: height }: ClipHeader, param: string, rules: ClipRules): void {
  const { widthMinPx = 0, widthMaxPx = Number.POSITIVE_INFINITY } = rules;
  const { heightMinPx = 0, heightMaxPx = Number.POSITIVE_INFINITY } = rules;
  if (width < widthMinPx || width > widthMaxPx) {
    throw invalidMedia(param, `${width} × ${height} px, a video must be ${widthMinPx} to ${widthMaxPx} px wide`);
  }
  if (height < heightMinPx || height > heightMaxPx) {
    throw invalidMedia(param, `${width} × ${height} px, a video must be ${heightMinPx} to ${heightMaxPx} px high`);
  }
}
