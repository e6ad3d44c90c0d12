import type { ClipHeader } from '../schema.ts';
import { mapTones, needsToneMapping } from './map-tones.ts';

export interface FramePlan {
  /** Frames looked at for each second of the clip. */
  rate: number;
  /** Size of the decoded frames: as displayed, at most the given longer side, even numbers. */
  width: number;
  height: number;
  /** FFmpeg filter chain from stored frames to upright frames of that size, as `yuv-frame.ts` takes them. */
  filter: string;
  /** How many frames a whole clip gives. */
  expectedCount: number;
}

/** Enough to see every pose of a moving subject; more cost decoding time and find little else. */
const ratePerSecond = 4;
/** A clip of a second or less is looked at more closely, up to every frame. */
const leastCandidates = 12;

/**
 * Plans one pass over a clip. The steps are the same for every decoder, so rotation, mirroring and pixel aspect ratio
 * are set here and not left to a decoder's own habit.
 */
export function planFrames(
  header: ClipHeader,
  sideMaxPx: number,
  rate = Math.max(ratePerSecond, Math.min(30, Math.ceil(leastCandidates / header.duration_seconds))),
): FramePlan {
  const scale = Math.min(1, sideMaxPx / Math.max(header.width_px, header.height_px));
  const width = even(header.width_px * scale);
  const height = even(header.height_px * scale);
  const filters = [
    `fps=${rate}`,
    ...listTurns(header),
    ...mapTones(header.color_transfer, { width, height }),
    `scale=${width}:${height}:flags=bicubic+accurate_rnd+full_chroma_int${matrices(header)}`,
    'setsar=1',
    'format=yuv420p',
  ];
  const shown = Math.min(header.frame_count, header.duration_seconds * rate);
  return { rate, width, height, filter: filters.join(','), expectedCount: Math.max(1, Math.round(shown)) };
}

/**
 * To BT.709 with video range, so that no later step has to ask. What says nothing of its matrix is taken for BT.709 from
 * 720 lines up, as players do; FFmpeg alone would take it for BT.601.
 */
function matrices(header: ClipHeader): string {
  // JPEG has one matrix, that of BT.601, at any size.
  const isUntagged =
    header.color_matrix === null &&
    header.video_codec !== 'mjpeg' &&
    Math.min(header.stored_width_px, header.stored_height_px) >= 720;
  return `${isUntagged && !needsToneMapping(header.color_transfer) ? ':in_color_matrix=bt709' : ''}:out_color_matrix=bt709:out_range=tv`;
}

/** FFmpeg's filters from stored to upright frames. */
export function listTurns({ rotation_degrees, mirrored }: ClipHeader): string[] {
  return [...turns[rotation_degrees], ...(mirrored ? ['hflip'] : [])];
}

const turns = { 0: [], 90: ['transpose=clock'], 180: ['hflip', 'vflip'], 270: ['transpose=cclock'] } as const;

function even(value: number): number {
  return Math.max(2, Math.round(value / 2) * 2);
}
