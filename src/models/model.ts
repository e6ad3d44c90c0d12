import type { TSchema } from 'typebox';
import type { Prices } from './config.ts';
import type { MediaSource, UrlCheck } from './parse-media-source.ts';

/** What a checked element request asks for: nothing but documented fields, in one form whichever form was sent. */
export interface ElementRequest {
  kind: 'element';
  /** 1 to 20 code points, as sent. */
  element_name: string;
  /** 1 to 100 code points, as sent. */
  element_description: string;
  reference_type: 'image_refer' | 'video_refer';
  /** The caller's `element_voice_id`; only with `video_refer`. */
  voice_id?: string;
  /** `image_refer`: the frontal image, then 1 to 3 reference images in their order. `video_refer`: one video. */
  sources: MediaSource[];
}

/** What a checked video request asks for, whatever its model calls the fields. */
export interface VideoRequest {
  kind: 'video';
  /** '' when `shots` tell all, or none was given where none is needed. */
  prompt: string;
  negative_prompt?: string;
  /** Whole seconds; absent where the length follows the given video. */
  duration_seconds?: number;
  /** Absent: that of the first image or the given video. */
  aspect_ratio?: '16:9' | '9:16' | '1:1';
  quality: '720p' | '1080p' | '4k';
  sound: boolean;
  /** Only of models that take a video. */
  keep_original_sound?: boolean;
  shots: { prompt: string /** Whole seconds. */; duration_seconds: number }[];
  shot_type?: 'customize' | 'intelligence';
  character_orientation?: 'image' | 'video';
  watermark: boolean;
  /** `element_list` in its order, with the path that each id was sent in. */
  elements: { element_id: string; param: string }[];
  /** First frame, last frame, reference images (so `<<<image_N>>>` counts them), then the video. */
  sources: MediaSource[];
}

/** The checked request of any model of the catalogue; `kind` tells which. */
export type ModelRequest = ElementRequest | VideoRequest;

/** What a model's rules want to know of the elements that a request names. */
export interface CastKind {
  reference_type: 'image_refer' | 'video_refer';
  param: string;
}

/** What a model demands of the video it is given; sizes in pixels as displayed. */
export interface ClipRules {
  formats: readonly ('mp4' | 'mov' | 'webm')[];
  bytesMax: number;
  durationMinSeconds?: number;
  durationMaxSeconds?: number;
  widthMinPx?: number;
  widthMaxPx?: number;
  heightMinPx?: number;
  heightMaxPx?: number;
  frameRateMin?: number;
  frameRateMax?: number;
}

export interface CheckedRequest<R extends ModelRequest = ModelRequest> {
  request: R;
  /** As sent, judged elsewhere. */
  callback_url?: string;
  /** Paths that were sent and have no effect: unknown fields and the list of the other `reference_type`. */
  ignoredFields: string[];
}

/** What checking a request needs from outside this room. */
export interface RequestTools {
  /** Judges the URL of a reference image or video by its text alone, by `mediaUrlRules`. */
  checkMediaUrl: UrlCheck;
}

/** How a model's price comes about; the amounts are settings. */
export interface PriceRule {
  billing_rule: 'per_call';
  setting: keyof Prices;
}

/** One model of the catalogue, as data. Another model is another file and another line in `catalogue.ts`. */
export interface Model {
  id: string;
  /** `type` of its tasks: the documented kind of output. */
  type: 'video';
  title: string;
  description: string;
  /** Unix seconds since when the model is part of the contract. */
  created: number;
  /** The body of the POST as it is documented. It forbids no extra fields; `checkRequest` accepts all it allows. */
  requestSchema: TSchema;
  /** Named sample bodies for the reference page. */
  examples: Readonly<Record<string, { summary: string; value: unknown }>>;
  /** `estimated_time` in seconds, until measured history says better. */
  estimatedSeconds: number;
  price: PriceRule;
  /** Of a model that takes a video. */
  clipRules?: ClipRules;
  /** Throws `invalid_request` (400) with `param` for anything that can be known to be wrong without fetching. */
  checkRequest(body: unknown, tools: RequestTools): CheckedRequest;
  /** The rules about the kinds of the elements named, in the order of `elements`; throws as `checkRequest` does. */
  checkCast?(request: VideoRequest, cast: readonly CastKind[]): void;
}
