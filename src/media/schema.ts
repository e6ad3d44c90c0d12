import { type Static, Type } from 'typebox';
import { MendedView } from './mending-schema.ts';

/**
 * What the media room says about files, as it is stored in `element.json` and sent. Shares are 0 to 1, luma is Rec. 709
 * luma of sRGB values scaled to 0…1.
 */
export const Exposure = Type.Object({
  mean_luma: Type.Number({ minimum: 0, maximum: 1 }),
  /** Share of pixels too dark to hold detail (luma ≤ 4/255). */
  dark_share: Type.Number({ minimum: 0, maximum: 1 }),
  /** Share of pixels too bright to hold detail (luma ≥ 251/255). */
  bright_share: Type.Number({ minimum: 0, maximum: 1 }),
});
export type Exposure = Static<typeof Exposure>;

export const DominantColor = Type.Object({
  hex: Type.String({ pattern: '^#[0-9a-f]{6}$' }),
  share: Type.Number({ minimum: 0, maximum: 1 }),
});
export type DominantColor = Static<typeof DominantColor>;

/** What the header of an image tells before anything is decoded. */
export const ImageHeader = Type.Object({
  kind: Type.Literal('image'),
  format: Type.Union([Type.Literal('jpeg'), Type.Literal('png')]),
  bytes: Type.Integer({ minimum: 1 }),
  /** Upright, that is after EXIF orientation. */
  width_px: Type.Integer({ minimum: 1 }),
  height_px: Type.Integer({ minimum: 1 }),
  stored_width_px: Type.Integer({ minimum: 1 }),
  stored_height_px: Type.Integer({ minimum: 1 }),
  /** EXIF orientation; 1 means stored upright. */
  orientation: Type.Integer({ minimum: 1, maximum: 8 }),
  /** As stored: `srgb`, `b-w`, `cmyk`, `rgb16`, `grey16`, … */
  color_space: Type.String(),
  bits_per_channel: Type.Integer({ minimum: 1, maximum: 16 }),
  has_alpha: Type.Boolean(),
  has_color_profile: Type.Boolean(),
  /** What it was sent as, where all else is of the JPEG or PNG made of it; and how many pictures that file held, if more than one (of a sequence at least). */
  converted_from: Type.Optional(Type.Union([Type.Literal('webp'), Type.Literal('heic'), Type.Literal('avif')])),
  pictures: Type.Optional(Type.Integer({ minimum: 2 })),
});
export type ImageHeader = Static<typeof ImageHeader>;
/** What was done to a picture before anything else looked at it. */
export type PictureConversion = Required<Pick<ImageHeader, 'converted_from'>> & Pick<ImageHeader, 'pictures'>;

const Track = Type.Optional(Type.Integer({ minimum: 0 }));

export const SoundTrack = Type.Object({
  /** As that of the pictures. */
  track: Track,
  codec: Type.String(),
  channels: Type.Integer({ minimum: 1 }),
  sample_rate_hz: Type.Integer({ minimum: 1 }),
});
export type SoundTrack = Static<typeof SoundTrack>;

/** What the container of a clip tells before anything is decoded. */
export const ClipHeader = Type.Object({
  kind: Type.Literal('clip'),
  format: Type.Union([Type.Literal('mp4'), Type.Literal('mov'), Type.Literal('webm')]),
  bytes: Type.Integer({ minimum: 1 }),
  duration_seconds: Type.Number({ exclusiveMinimum: 0 }),
  frame_count: Type.Integer({ minimum: 1 }),
  /** Frames per second on average. */
  frame_rate: Type.Number({ minimum: 0 }),
  video_codec: Type.String(),
  /** Which track of the file is read: its number in MP4 and QuickTime, in WebM its place among those of its kind. */
  track: Track,
  /** As displayed: after pixel aspect ratio and rotation. */
  width_px: Type.Integer({ minimum: 1 }),
  height_px: Type.Integer({ minimum: 1 }),
  stored_width_px: Type.Integer({ minimum: 1 }),
  stored_height_px: Type.Integer({ minimum: 1 }),
  /** Clockwise turn that makes the stored frames upright. */
  rotation_degrees: Type.Union([Type.Literal(0), Type.Literal(90), Type.Literal(180), Type.Literal(270)]),
  /** Whether the frames are mirrored left to right after the turn. */
  mirrored: Type.Boolean(),
  /** Width of a stored pixel divided by its height. */
  pixel_aspect_ratio: Type.Number({ exclusiveMinimum: 0 }),
  high_dynamic_range: Type.Boolean(),
  /** As the clip says: `bt709`, `bt2020-ncl`, …; null: it does not say. */
  color_matrix: Type.Union([Type.String(), Type.Null()]),
  /** `bt709`, `pq`, `hlg`, …; of the latter two the tones are mapped to those of a usual screen. */
  color_transfer: Type.Union([Type.String(), Type.Null()]),
  sound_track: Type.Union([SoundTrack, Type.Null()]),
});
export type ClipHeader = Static<typeof ClipHeader>;

/** What a header says, before anything is decoded. */
export const SourceHeader = Type.Union([ImageHeader, ClipHeader]);
export type SourceHeader = Static<typeof SourceHeader>;

const Share = Type.Number({ minimum: 0, maximum: 1 });

/** What was measured of the subject itself; places and shares are 0…1 of the upright picture. */
export const SubjectFacts = Type.Object({
  /** Area of the subject over area of the picture. */
  share: Share,
  /** Its box. */
  left: Share,
  top: Share,
  right: Share,
  bottom: Share,
  /** Its centre of mass. */
  centre_x: Share,
  centre_y: Share,
  /** Edges of the picture that cut it off. */
  touches: Type.Array(
    Type.Union([Type.Literal('top'), Type.Literal('right'), Type.Literal('bottom'), Type.Literal('left')]),
  ),
  /** As the picture's, of the subject alone. */
  sharpness: Type.Number({ minimum: 0 }),
  /** Mean lightness of the subject, and the shares of it that are nearly black and nearly white. */
  brightness: Share,
  dark_share: Share,
  bright_share: Share,
});
export type SubjectFacts = Static<typeof SubjectFacts>;

/** A face that an added model or the people networks found; places are 0…1 of the upright picture. */
export const FaceFacts = Type.Object({
  left: Share,
  top: Share,
  right: Share,
  bottom: Share,
  /** How sure the model is of it. */
  score: Share,
});
export type FaceFacts = Static<typeof FaceFacts>;

/** What was measured of one upright picture, a reference image or a frame. */
export const ViewFacts = Type.Object({
  /** Variance of the Laplacian of the luma (0…255) at 512 px on the long side: below about 100 looks blurred. */
  sharpness: Type.Number({ minimum: 0 }),
  exposure: Exposure,
  /** Of the whole picture: 64 bits as 16 hexadecimal digits; pictures that differ in few bits are nearly the same. */
  perceptual_hash: Type.String({ pattern: '^[0-9a-f]{16}$' }),
  /** Chance, 0…1, that the cut-out is good to the eye (an IoU of 0.92 or more with the true subject); below 0.7 use the upright picture instead. */
  matte_confidence: Share,
  /** Only of a matte that a person has mended; all others are automatic. */
  matte_source: Type.Optional(Type.Literal('mended')),
  /** Null: no subject was found, and there is no cut-out. */
  subject: Type.Union([SubjectFacts, Type.Null()]),
  /**
   * Chance that it shows the subject of the frontal picture; null for that one, where either shows none, and of a person where
   * nothing can tell people apart: the report says which (`no_subject`, `nothing_visible`, `not_compared`, `person_not_compared`).
   */
  same_subject: Type.Union([Share, Type.Null()]),
  /** Difference from the nearest earlier view; null for the first, and where a subject is missing. */
  view_difference: Type.Union([Share, Type.Null()]),
  /** Of a person, by the people networks: the largest first; where a face model was added by that one: the surest first. */
  faces: Type.Optional(Type.Array(FaceFacts)),
  /** Of a person: the people networks see nobody in this picture; absent where they see somebody or weren't asked. */
  shows_nobody: Type.Optional(Type.Literal(true)),
});
export type ViewFacts = Static<typeof ViewFacts>;

/** All that was measured of a picture: its header, and itself as a view. */
export const ImageFacts = Type.Object({ ...ImageHeader.properties, ...ViewFacts.properties });
export type ImageFacts = Static<typeof ImageFacts>;

export const ClipFrame = Type.Object({
  /** Name of the frame's file. */
  file: Type.String(),
  time_seconds: Type.Number({ minimum: 0 }),
  /** Which of the clip's scenes it is from, counted from 0. */
  scene: Type.Integer({ minimum: 0 }),
  ...ViewFacts.properties,
});
export type ClipFrame = Static<typeof ClipFrame>;

/** Whether somebody seems to speak, a hint and no proof, and what it was judged by. */
const Speech = Type.Object({
  likely: Type.Boolean(),
  /** From a half up it is likely. */
  score: Share,
  evidence: Type.Object({
    /** Of the loud frames: those that repeat at the pitch of a voice. */
    voiced_share: Share,
    /** Of the steps between voiced frames: those over which the pitch glides, and those at which it leaps. */
    gliding_share: Share,
    leaping_share: Share,
    /** Of the changes of loudness between 0.5 and 20 Hz: those at 3 to 8 Hz, the pace of syllables. */
    syllable_share: Share,
    /** How deep those changes are: spread over mean. */
    modulation_depth: Type.Number({ minimum: 0 }),
    /** How much the color of the voiced frames changes, in nepers. */
    vowel_spread: Type.Number({ minimum: 0 }),
    /** Spread of the share of zero crossings. */
    crossing_spread: Type.Number({ minimum: 0 }),
  }),
});

/** The sound track as measured of the voice sample: one channel, 16 kHz, as long as the pictures at most. */
export const Sound = Type.Object({
  ...SoundTrack.properties,
  /** Root mean square against full scale; null: could not be decoded. */
  loudness_dbfs: Type.Union([Type.Number(), Type.Null()]),
  peak_dbfs: Type.Union([Type.Number(), Type.Null()]),
  /** Integrated loudness after ITU-R BS.1770-4; null also where nothing is above −70 LUFS for 0.4 s. */
  loudness_lufs: Type.Union([Type.Number(), Type.Null()]),
  /** Peak below −60 dBFS: nobody hears anything. */
  silent: Type.Union([Type.Boolean(), Type.Null()]),
  /** Null: silent, shorter than 0.5 s, or could not be decoded. */
  speech: Type.Union([Speech, Type.Null()]),
});
export type Sound = Static<typeof Sound>;

/** A stretch of a clip without a hard cut. */
export const ClipScene = Type.Object({
  from_seconds: Type.Number({ minimum: 0 }),
  to_seconds: Type.Number({ minimum: 0 }),
});
export type ClipScene = Static<typeof ClipScene>;

/** A hard cut: where the next scene begins, and how much the colors change, 0…1. */
export const ClipCut = Type.Object({ time_seconds: Type.Number({ minimum: 0 }), strength: Share });
export type ClipCut = Static<typeof ClipCut>;

/** All that was measured of a clip: its header, scenes, the frames that were taken, and its sound. */
export const ClipFacts = Type.Object({
  ...ClipHeader.properties,
  /** One more than there are cuts. */
  scenes: Type.Array(ClipScene),
  cuts: Type.Array(ClipCut),
  frames: Type.Array(ClipFrame),
  sound: Type.Union([Sound, Type.Null()]),
  /** The program that decoded it, with its version. */
  decoder: Type.String(),
});
export type ClipFacts = Static<typeof ClipFacts>;

const SourceRoleSchema = Type.Union([
  Type.Literal('frontal_image'),
  Type.Literal('refer_image'),
  Type.Literal('refer_video'),
]);
/** What a source of an element was sent as. */
export type SourceRole = Static<typeof SourceRoleSchema>;

/** One source of an element: its place in the request and everything that was measured. */
export const SourceFacts = Type.Object({
  role: SourceRoleSchema,
  /** The request field it came from. */
  param: Type.String(),
  facts: Type.Union([ImageFacts, ClipFacts]),
});
export type SourceFacts = Static<typeof SourceFacts>;

/** One file of an element, as the manifest lists it. */
export const ElementFile = Type.Object({
  name: Type.String(),
  role: Type.Union([
    Type.Literal('upright'),
    Type.Literal('frame'),
    Type.Literal('thumbnail'),
    Type.Literal('matte'),
    Type.Literal('cutout'),
    Type.Literal('sheet'),
    Type.Literal('voice'),
    Type.Literal('clip'),
    /** The matte and the cut-out that a mended view goes back to. */
    Type.Literal('automatic_matte'),
    Type.Literal('automatic_cutout'),
  ]),
  media_type: Type.String(),
  bytes: Type.Integer({ minimum: 1 }),
  /** Lower-case hexadecimal. */
  sha256: Type.String({ pattern: '^[0-9a-f]{64}$' }),
  width_px: Type.Optional(Type.Integer({ minimum: 1 })),
  height_px: Type.Optional(Type.Integer({ minimum: 1 })),
  /** Of `voice` and `clip`. */
  duration_seconds: Type.Optional(Type.Number({ exclusiveMinimum: 0 })),
  /** Of `voice`. */
  sample_rate_hz: Type.Optional(Type.Integer({ minimum: 1 })),
  /** Index into the manifest's `sources`; null when it was made of all of them. */
  source: Type.Union([Type.Integer({ minimum: 0 }), Type.Null()]),
});
export type ElementFile = Static<typeof ElementFile>;
/** What a file of an element is. */
export type FileRole = ElementFile['role'];

/** One line of the quality report: what is good or should be better. It warns and never refuses. */
export const QualityFinding = Type.Object({
  /** `matte_unsure`, `other_subject`, `blurred`, … */
  code: Type.String(),
  level: Type.Union([Type.Literal('good'), Type.Literal('warning')]),
  /** Name of the upright picture or frame it is about; null for the whole element. */
  file: Type.Union([Type.String(), Type.Null()]),
  /** What was measured, and the limit it was held against, in the unit that `message` names. */
  value: Type.Number(),
  limit: Type.Number(),
  message: Type.String(),
});
export type QualityFinding = Static<typeof QualityFinding>;

/** A model that had a say in an element. */
const UsedModel = Type.Object({
  task: Type.Union([Type.Literal('matting'), Type.Literal('embedding'), Type.Literal('faces')]),
  name: Type.String(),
  architecture: Type.String(),
  /** Of its file, lower-case hexadecimal. */
  sha256: Type.String({ pattern: '^[0-9a-f]{64}$' }),
});

/** The content of `element.json`. */
export const ElementManifest = Type.Object({
  manifest_version: Type.Literal(1),
  engine: Type.Object({
    name: Type.String(),
    version: Type.String(),
    /** The models that were added and used; absent without any. */
    models: Type.Optional(Type.Array(UsedModel)),
  }),
  reference_type: Type.Union([Type.Literal('image_refer'), Type.Literal('video_refer')]),
  /** Name of the picture that stands for the element; null only from an engine that makes no pictures. */
  frontal_image: Type.Union([Type.String(), Type.Null()]),
  files: Type.Array(ElementFile),
  sources: Type.Array(SourceFacts),
  /** Dominant colors of the subject over the views with a sure cut-out, else of all whole views; largest share first. */
  colors: Type.Array(DominantColor),
  /** ThumbHash of the frontal image, base64; empty only without one. */
  placeholder_hash: Type.String(),
  report: Type.Array(QualityFinding),
  /** The people networks took it for a person; absent where they didn't, or weren't asked. */
  is_person: Type.Optional(Type.Literal(true)),
  /** The views that were mended by hand; absent without any. */
  mended: Type.Optional(Type.Array(MendedView)),
});
export type ElementManifest = Static<typeof ElementManifest>;
