import type { ClipFacts, ElementManifest } from '../../media/index.ts';

/**
 * What the upstream demands of the video of an element: 3 to 8 s, 1080p, 16:9 or 9:16, MP4 or MOV up to 200 MB. Ours has
 * 100 MB at most. A clip below 1080p is let through, since relays of the same API take 720p.
 */
const clipRules = { durationMinSeconds: 3, durationMaxSeconds: 8, ratio: 16 / 9, shortSideMaxPx: 1080 } as const;

/** As our own rule for clips: a clip cut to "3 s" ends with a whole frame. */
const durationToleranceSeconds = 0.05;

/** 1920 × 1088 and 854 × 480 are 16:9 to everybody. */
const ratioTolerance = 0.02;

export const { shortSideMaxPx } = clipRules;

type Geometry = Pick<ClipFacts, 'duration_seconds' | 'width_px' | 'height_px'>;

/** The rule that a clip breaks and no harmless conversion mends, as a predicate; null when it can be an element upstream. */
export function judgeElementClip({
  duration_seconds: seconds,
  width_px: width,
  height_px: height,
}: Geometry): string | null {
  const { durationMinSeconds: min, durationMaxSeconds: max } = clipRules;
  if (seconds < min - durationToleranceSeconds || seconds > max + durationToleranceSeconds) {
    return `its video lasts ${Math.round(seconds * 100) / 100} s, the Kling API takes ${min} to ${max} s`;
  }
  const ratio = Math.max(width, height) / Math.min(width, height);
  if (Math.abs(ratio / clipRules.ratio - 1) > ratioTolerance) {
    return `its video has ${width} × ${height} px, the Kling API takes 16:9 or 9:16`;
  }
  return null;
}

/** Codecs that every reader of MP4 and MOV knows, in mediabunny's words. */
const plainCodecs = ['avc', 'hevc'];

/** Whether the container and the codec are among those that the upstream takes. */
export function isPlain({ format, video_codec }: Pick<ClipFacts, 'format' | 'video_codec'>): boolean {
  return format !== 'webm' && plainCodecs.includes(video_codec);
}

/** Whether the clip has to be written anew, which loses nothing that matters: container, codec, or more than 1080p. */
export function needsConversion(facts: Pick<ClipFacts, 'format' | 'video_codec' | 'width_px' | 'height_px'>): boolean {
  return !isPlain(facts) || Math.min(facts.width_px, facts.height_px) > clipRules.shortSideMaxPx;
}

/** The clip an element was made of, as it is kept: its file and what is known of it. Null when it isn't kept. */
export function findClip(manifest: ElementManifest): { name: string; facts: ClipFacts } | null {
  const file = manifest.files.find(({ role }) => (role as string) === 'clip');
  const facts = manifest.sources.map((source) => source.facts).find((one) => one.kind === 'clip');
  return file === undefined || facts === undefined ? null : { name: file.name, facts };
}
