import type { ImageSpec, VideoSpec } from '../../engines/index.ts';

/** Units a second without sound and with it. */
type Rate = Readonly<Record<VideoSpec['quality'], readonly [silent: number, sounding: number]>>;

/**
 * What the vendor takes, by its price page of videos, captured 2026-09-20. Motion control stands on no page of it: by what resellers
 * ask it costs as much as a video with video input.
 */
const rates = {
  omni: { '720p': [0.6, 0.8], '1080p': [0.8, 1], '4k': [3, 3] },
  withVideo: { '720p': [0.9, 0.9], '1080p': [1.2, 1.2], '4k': [3, 3] },
  v3: { '720p': [0.6, 0.9], '1080p': [0.8, 1.2], '4k': [3, 3] },
} as const satisfies Record<string, Rate>;

/** Seconds that are reckoned with where the length follows the given video: the most it can have. */
const followedSeconds = { edit: 10, motion: 30, motionOfImage: 10 } as const;

/** What a video is expected to cost there, in units. */
export function estimateUnits(spec: VideoSpec): number {
  const { model, quality, sound, character_orientation } = spec;
  const isMotion = model.endsWith('-motion-control');
  const withVideo = isMotion || /-(video-edit|reference-to-video)$/.test(model);
  const rate: Rate = withVideo ? rates.withVideo : model.startsWith('kling-v3-') ? rates.v3 : rates.omni;
  const motion = character_orientation === 'image' ? followedSeconds.motionOfImage : followedSeconds.motion;
  const seconds = spec.duration_seconds ?? (isMotion ? motion : followedSeconds.edit);
  return Math.round((rate[quality][sound ? 1 : 0] ?? 0) * seconds * 1000) / 1000;
}

/** What a picture of any of the vendor's models costs in 1k and 2k, in units of videos; in 4k twice that. Its price page of pictures of 2026-09-20. */
const imageUnits = 0.2;

/** What pictures are expected to cost there, in units. */
export function estimateImageUnits({ quality, count }: Pick<ImageSpec, 'quality' | 'count'>): number {
  return Math.round(imageUnits * (quality === '4k' ? 2 : 1) * count * 1000) / 1000;
}

/** What a call for further views costs there, in units of videos: 20 of a picture pack, by the same page. */
export const angleUnits = 0.5;

/** Settings of the prices that a margin decides: whole microcredits for a second of 720p without sound, for a picture, or for further views. */
export interface MarginPrices {
  priceKlingO3: number;
  priceKlingO3WithVideo: number;
  priceKlingV3: number;
  priceKlingV3MotionControl: number;
  priceKlingO1: number;
  priceKlingO1WithVideo: number;
  priceKlingImage: number;
  priceKlingAngles: number;
}

/** What a second costs your users at `marginPercent` above the vendor's list, rounded up to 10⁻⁴ credit. The other qualities follow it. */
export function computeMarginPrices(marginPercent: number, unitMicrousd: bigint, creditMicrousd: bigint): MarginPrices {
  const price = (units: number) => {
    const dividend = BigInt(Math.round(units * 10)) * unitMicrousd * BigInt(100 + marginPercent) * 10_000n;
    const divisor = 1000n * creditMicrousd;
    return Number((dividend + divisor - 1n) / divisor) * 100;
  };
  const omni = price(rates.omni['720p'][0]);
  const withVideo = price(rates.withVideo['720p'][0]);
  return {
    priceKlingO3: omni,
    priceKlingO3WithVideo: withVideo,
    priceKlingV3: price(rates.v3['720p'][0]),
    priceKlingV3MotionControl: withVideo,
    priceKlingO1: omni,
    priceKlingO1WithVideo: withVideo,
    priceKlingImage: price(imageUnits),
    priceKlingAngles: price(angleUnits),
  };
}
