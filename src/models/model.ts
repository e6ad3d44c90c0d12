import type { TSchema } from 'typebox';
import type { UrlCheck } from './fields/parse-media-source.ts';
import type { ModelRequest, VideoRequest } from './fields/requests.ts';
import type { PriceRule } from './price-rule.ts';

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
  /** Paths that were sent and have no effect: unknown fields, and what another field has put out of force. */
  ignoredFields: string[];
}

/** What checking a request needs from outside this room. */
export interface RequestTools {
  /** Judges the URL of a reference image or video by its text alone, by `mediaUrlRules`, or finds that it names a stored file. */
  checkMediaUrl: UrlCheck;
}

/** One model of the catalogue, as data. Another model is another file and another line in `catalogue.ts`. */
export interface Model {
  id: string;
  /** `type` of its tasks: the documented kind of output. */
  type: 'video' | 'image';
  title: string;
  description: string;
  /** Unix seconds since when the model is part of the contract. */
  created: number;
  /**
   * The body of the POST as it is documented. It forbids no extra fields; `checkRequest` accepts all it allows and that
   * breaks no rule between fields, and other forms that can mean one thing only.
   */
  requestSchema: TSchema;
  /** Named sample bodies for the reference page. */
  examples: Readonly<Record<string, { summary: string; value: unknown }>>;
  /** `estimated_time` in seconds, until measured history says better. */
  estimatedSeconds: number;
  price: PriceRule;
  /** Of a model that takes a video: what holds for it whatever else is asked. `chooseClipRules` tells what holds in all. */
  clipRules?: ClipRules;
  /** What a request makes stricter of `clipRules`. */
  narrowClip?(request: Pick<VideoRequest, 'character_orientation'>): Partial<ClipRules>;
  /** Throws `invalid_request` (400) with `param` for anything that can be known to be wrong without fetching. */
  checkRequest(body: unknown, tools: RequestTools): CheckedRequest;
  /** The rules about the kinds of the elements named, in the order of `elements`; throws as `checkRequest` does. */
  checkCast?(request: VideoRequest, cast: readonly CastKind[]): void;
}
