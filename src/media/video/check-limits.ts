import type { MediaSettings } from '../config.ts';
import { invalidMedia } from '../errors.ts';
import type { ClipHeader } from '../schema.ts';

/** Checks the size of the file, before any of it is read. Throws `invalid_parameters`. */
export function checkClipBytes(bytes: number, param: string, limits: Pick<MediaSettings, 'videoBytesMax'>): void {
  if (bytes > limits.videoBytesMax) {
    throw invalidMedia(param, `${bytes} bytes, a video may have at most ${limits.videoBytesMax} bytes`);
  }
}

type ClipLimits = Pick<
  MediaSettings,
  'videoDurationMaxSeconds' | 'videoWidthMinPx' | 'videoWidthMaxPx' | 'videoPixelsMax'
>;

/**
 * A clip cut to "8 s" ends with a whole frame: 240 frames at 29.97 fps last 8.008 s, 193 at 24 fps 8.04 s. So much is
 * let through.
 */
const durationToleranceSeconds = 0.05;

/**
 * Checks the contract's video rules, before anything is decoded. Width is the displayed width, after rotation and pixel
 * aspect ratio: a phone's upright 1080 × 1920 clip is 1080 px wide however it is stored. Throws `invalid_parameters`.
 */
export function checkClipLimits(header: ClipHeader, param: string, limits: ClipLimits): void {
  const { width_px: width, height_px: height, duration_seconds: seconds } = header;
  const { videoWidthMinPx: widthMin, videoWidthMaxPx: widthMax, videoDurationMaxSeconds: secondsMax } = limits;
  if (seconds > secondsMax + durationToleranceSeconds) {
    throw invalidMedia(param, `${Math.ceil(seconds * 100) / 100} s long, a video may last at most ${secondsMax} s`);
  }
  if (width < widthMin || width > widthMax) {
    throw invalidMedia(param, `${width} × ${height} px, a video must be ${widthMin} to ${widthMax} px wide`);
  }
  const storedPixels = header.stored_width_px * header.stored_height_px;
  if (Math.max(storedPixels, width * height) > limits.videoPixelsMax) {
    const megapixels = Math.round(limits.videoPixelsMax / 1e5) / 10;
    throw invalidMedia(param, `${width} × ${height} px, a video frame may have at most ${megapixels} megapixels`);
  }
}
