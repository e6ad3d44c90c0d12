import type { VideoRequest } from './fields/requests.ts';
import type { ClipRules, Model } from './model.ts';

const megabyte = 1024 * 1024;

/** The video given to O3; the contract says 200 MB, read as the larger of its two meanings. */
export const o3ClipRules: ClipRules = {
  formats: ['mp4', 'mov'],
  bytesMax: 200 * megabyte,
  durationMinSeconds: 3,
  widthMinPx: 720,
  widthMaxPx: 2160,
  heightMinPx: 720,
  heightMaxPx: 2160,
  frameRateMin: 24,
  frameRateMax: 60,
};

/** The video that O1 changes. Sides and frame rate stand on no page of it and are not judged. */
export const o1ClipRules: ClipRules = {
  formats: ['mp4', 'mov'],
  bytesMax: 100 * megabyte,
  durationMinSeconds: 3,
  durationMaxSeconds: 10,
};

/** The video whose motion V3 motion control follows. The contract names no formats; these are the upstream's. */
export const motionClipRules: ClipRules = {
  formats: ['mp4', 'mov'],
  bytesMax: 100 * megabyte,
  durationMinSeconds: 3,
  durationMaxSeconds: 30,
  widthMinPx: 340,
  widthMaxPx: 3850,
  heightMinPx: 340,
  heightMaxPx: 3850,
};

/** What the video given with `request` must be, by everything that `model` demands of it; undefined when it takes none. */
export function chooseClipRules(
  model: Model,
  request: Pick<VideoRequest, 'character_orientation'>,
): ClipRules | undefined {
  if (model.clipRules === undefined) return undefined;
  return { ...model.clipRules, ...model.narrowClip?.(request) };
}
