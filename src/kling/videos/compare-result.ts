import type { AskedVideo, LesserVideo, VideoSpec } from '../../engines/index.ts';
import type { ClipHeader } from '../../media/index.ts';
import { followsFirstFrame } from './translation.ts';

type Made = Pick<ClipHeader, 'duration_seconds' | 'width_px' | 'height_px' | 'sound_track'>;
type Quality = VideoSpec['quality'];
type Warning = LesserVideo['warnings'][number];

interface Comparison {
  /** Why it is of no use to who asked; null when it is. */
  fault: string | null;
  /** Null when it is what was asked for. */
  lesser: LesserVideo | null;
}

/** Pixels of a frame. By area: the vendor's 720p is 1280 × 720, square 960 × 960, and as many pixels in the shape of a first frame. */
const areas: Readonly<Record<Quality, number>> = { '720p': 1280 * 720, '1080p': 1920 * 1080, '4k': 3840 * 2160 };

/** Of a quality's area that still counts as that quality: sides are cut to multiples of 16 and more. */
const areaShareMin = 0.75;

/** Of the least quality's area, of a request's seconds, and between two shapes: what lies beyond is another video than was asked for. */
const far = { areaShare: 0.5, secondsShare: 0.5, shapeFactor: 1.5 };

/** A video of "5 s" ends with a whole frame, and the vendor's were seen to last 5.04 s. */
const secondsTolerance = 0.5;

const shapeTolerance = 0.05;
const shapes = { '16:9': 16 / 9, '9:16': 9 / 16, '1:1': 1 } as const;

/**
 * Holds what the upstream made against what was asked of it: length, shape, size and sound, as far as the request says
 * anything of them. What is less is told and charged by what it is; what is far off is a fault.
 */
export function compareResult(asked: AskedVideo, made: Made): Comparison {
  const { spec } = asked;
  const found = [
    compareSeconds(spec, made),
    followsFirstFrame(asked) ? null : compareShape(spec, made),
    compareArea(spec, made),
    compareSound(spec, made),
  ].filter((one) => one !== null);
  const faults = found.filter(({ isFar }) => isFar);
  if (faults.length > 0) return { fault: faults.map(({ message }) => message).join(', '), lesser: null };
  if (found.length === 0) return { fault: null, lesser: null };
  const isShorter = found.some(({ code }) => code === 'shorter_than_asked');
  return {
    fault: null,
    lesser: {
      warnings: found.map(({ code, message }) => ({ code, message })),
      made: {
        quality: chooseQuality(spec.quality, made),
        sound: spec.sound && made.sound_track !== null,
        ...(isShorter ? { duration_seconds: made.duration_seconds } : {}),
      },
    },
  };
}

type Finding = Warning & { isFar: boolean };

function compareSeconds({ duration_seconds: asked }: VideoSpec, { duration_seconds: seconds }: Made): Finding | null {
  if (asked === undefined || Math.abs(seconds - asked) <= secondsTolerance) return null;
  return {
    code: seconds < asked ? 'shorter_than_asked' : 'longer_than_asked',
    message: `${Math.round(seconds * 100) / 100} s long instead of ${asked} s`,
    isFar: seconds < asked * far.secondsShare,
  };
}

function compareShape({ aspect_ratio: asked }: VideoSpec, { width_px, height_px }: Made): Finding | null {
  if (asked === undefined) return null;
  const factor = Math.exp(Math.abs(Math.log(width_px / height_px / shapes[asked])));
  if (factor <= 1 + shapeTolerance) return null;
  return {
    code: 'other_shape_than_asked',
    message: `${width_px} × ${height_px} px instead of ${asked}`,
    isFar: factor > far.shapeFactor,
  };
}

function compareArea({ quality, duration_seconds }: VideoSpec, { width_px, height_px }: Made): Finding | null {
  const area = width_px * height_px;
  if (area >= areas[quality] * areaShareMin) return null;
  return {
    code: 'smaller_than_asked',
    message: `${width_px} × ${height_px} px instead of ${quality}`,
    // What follows a given video in its length may do so in its size.
    isFar: duration_seconds !== undefined && area < areas['720p'] * far.areaShare,
  };
}

function compareSound({ sound }: VideoSpec, { sound_track }: Made): Finding | null {
  if (!sound || sound_track !== null) return null;
  return { code: 'silent', message: 'without the sound that was asked for', isFar: false };
}

/** The best that it is, at most what was asked for, and at least what is cheapest. */
function chooseQuality(asked: Quality, { width_px, height_px }: Made): Quality {
  const best = (['4k', '1080p', '720p'] as const).find(
    (quality) => areas[quality] <= areas[asked] && width_px * height_px >= areas[quality] * areaShareMin,
  );
  return best ?? '720p';
}
