import type { Body } from './check-body.ts';

/** The vendor's price page of 2026-09-20: units a second at 720p, 1080p, 4k. */
const unitsPerSecond = {
  omni: { off: [0.6, 0.8, 3], on: [0.8, 1, 3] },
  omniWithVideo: { off: [0.9, 1.2, 3], on: [0.9, 1.2, 3] },
  v3: { off: [0.6, 0.8, 3], on: [0.9, 1.2, 3] },
} as const;

/** Units of its pack that the vendor takes for each picture and for a call for further views (price page of pictures of 2026-09-20), and how many are worth one of a video. */
const unitsPerPicture = 8;
const unitsPerAngles = 20;
export const pictureUnitsPerUnit = 40;

/** Units that the vendor takes for what came of this create, of its pack; whole thousandths, so that sums are exact. */
export function billTask(path: string, body: Body, pictures?: number): number {
  if (path.endsWith('/ai-multi-shot')) return unitsPerAngles;
  if (path.startsWith('/v1/images/')) {
    return unitsPerPicture * (body.resolution === '4k' ? 2 : 1) * (pictures ?? body.n ?? 1);
  }
  const hasVideo = (body.video_list?.length ?? 0) > 0 || body.video_url !== undefined;
  const kind = hasVideo ? 'omniWithVideo' : path.endsWith('omni-video') ? 'omni' : 'v3';
  const quality = ['std', 'pro', '4k'].indexOf(body.mode ?? 'pro');
  const rate = unitsPerSecond[kind][body.sound === 'on' ? 'on' : 'off'][quality] ?? 0;
  return Math.round(rate * Number(body.duration ?? 5) * 1000) / 1000;
}
