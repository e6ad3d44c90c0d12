import type { ClipHeader, ElementFile, PictureConversion, SourceRole } from './schema.ts';

/** One file to look at: where it lies, how large it is, and the request field that named it. */
export interface MediaSource {
  role: SourceRole;
  param: string;
  path: string;
  bytes: number;
  /** Of a picture that was converted here. */
  conversion?: PictureConversion;
}

/** A file of an element that comes from elsewhere, and what its manifest says of it. */
export interface GivenFile extends Pick<ElementFile, 'role' | 'media_type' | 'width_px' | 'height_px'> {
  param: string;
  path: string;
  bytes: number;
}

/** What a clip must be to be taken; a missing bound isn't checked. Sizes are as displayed. */
export interface ClipRules {
  formats: readonly ClipHeader['format'][];
  bytesMax: number;
  durationMinSeconds?: number;
  durationMaxSeconds?: number;
  widthMinPx?: number;
  widthMaxPx?: number;
  heightMinPx?: number;
  heightMaxPx?: number;
  /** Frames a second, on average. */
  frameRateMin?: number;
  frameRateMax?: number;
}

/** A file that no element is made of: an image of a video request, by the contract's image rules, or a clip by its own. */
export type MediaFile = Omit<MediaSource, 'role'> &
  (
    | { kind: 'image' /** Absent: the rule for pictures of requests. */; bytesMax?: number }
    | { kind: 'clip'; clip_rules: ClipRules }
  );
