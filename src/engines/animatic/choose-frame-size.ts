import type { ImageSpec, VideoSpec } from '../video-engine.ts';

/** Shorter side in pixels: what the names of the qualities say. */
const shortSides = { '720p': 720, '1080p': 1080, '4k': 2160 } as const;
const ratios = { '16:9': 16 / 9, '9:16': 9 / 16, '1:1': 1 } as const;
/** The contract's bound for images; a clip may be longer, and is then cut to it. */
const ratioMax = 2.5;

/**
 * Width and height of the video in pixels, even: the shorter side by the quality, the shape as asked for, else that of
 * `model` (the first frame, the clip or the first image), else 16:9.
 */
export function chooseFrameSize(
  { quality, aspect_ratio }: Pick<VideoSpec, 'quality' | 'aspect_ratio'>,
  model: { width_px: number; height_px: number } | undefined,
): { width_px: number; height_px: number } {
  const short = shortSides[quality];
  const own = model === undefined ? ratios['16:9'] : model.width_px / model.height_px;
  const ratio = Math.min(ratioMax, Math.max(1 / ratioMax, aspect_ratio === undefined ? own : ratios[aspect_ratio]));
  const long = Math.round((short * Math.max(ratio, 1 / ratio)) / 2) * 2;
  return ratio >= 1 ? { width_px: long, height_px: short } : { width_px: short, height_px: long };
}

/** Pixels of a picture: the vendor's 1k and 2k are so many, in any shape. */
const pictureAreas = { '1k': 1024 * 1024, '2k': 2048 * 2048, '4k': 3840 * 2160 } as const;

/**
 * The same of a picture: the area by the quality, sides in multiples of 16; the shape as asked for, else that of `model` (the
 * first image), else 16:9.
 */
export function chooseImageSize(
  { quality, aspect_ratio }: Pick<ImageSpec, 'quality' | 'aspect_ratio'>,
  model: { width_px: number; height_px: number } | undefined,
): { width_px: number; height_px: number } {
  const [across, down] = (aspect_ratio ?? '16:9').split(':').map(Number) as [number, number];
  const own = aspect_ratio === undefined && model !== undefined ? model.width_px / model.height_px : across / down;
  const ratio = Math.min(ratioMax, Math.max(1 / ratioMax, own));
  const side = (px: number) => 16 * Math.round(px / 16);
  const area = pictureAreas[quality];
  return { width_px: side(Math.sqrt(area * ratio)), height_px: side(Math.sqrt(area / ratio)) };
}
