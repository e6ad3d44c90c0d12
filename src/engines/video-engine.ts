import type { ClipRules, ElementManifest, PictureConversion, SourceHeader } from '../media/index.ts';
import type { EngineTools, Publish } from './element-engine.ts';
import type { ImageWarningCode, VideoWarningCode } from './schema.ts';

/** What a video request asks for; its model's rules hold. */
export interface VideoSpec {
  /** Name of the model that was asked for, like `kling-o3-image-to-video`. */
  model: string;
  /** With its marks `<<<element_1>>>`, `<<<image_1>>>`, `<<<video_1>>>`, which count from 1; '' when `shots` tell all. */
  prompt: string;
  negative_prompt?: string;
  /** Whole seconds; absent where the length follows the given video. */
  duration_seconds?: number;
  /** Absent: that of the first image or the given video. */
  aspect_ratio?: '16:9' | '9:16' | '1:1';
  quality: '720p' | '1080p' | '4k';
  /** Whether sound is to be made. */
  sound: boolean;
  /** Whether the given video's own sound stays; only with one. */
  keep_original_sound?: boolean;
  /** In their order, their seconds adding up to `duration_seconds`; empty for one shot. */
  shots: readonly VideoShot[];
  /** With several shots: whether they are told one by one or left to the model. */
  shot_type?: 'customize' | 'intelligence';
  /** Motion control only: what the character's orientation follows. */
  character_orientation?: 'image' | 'video';
  watermark: boolean;
}

/** One shot of a request that names several. */
export interface VideoShot {
  prompt: string;
  /** Whole seconds, at least 1. */
  duration_seconds: number;
}

/** Images in the order in which `<<<image_N>>>` counts them: the first frame, the last one, the references. */
export type VideoSourceRole = 'image_start' | 'image_end' | 'reference_image' | 'reference_video';

/** A file given with the request; `param` begins every message about it. */
export interface VideoSource {
  role: VideoSourceRole;
  param: string;
  path: string;
  bytes: number;
  /** Of a `reference_video`: what the model demands of it. */
  clip_rules?: ClipRules;
  /** Of a picture that was made JPEG or PNG here. */
  conversion?: PictureConversion;
}

/** What is known of an element before its files are touched. */
export interface CastFacts {
  /** Its public id, 16 decimal digits. */
  element_id: string;
  /** Path of the request field that named it. */
  param: string;
  name: string;
  description: string;
  reference_type: 'image_refer' | 'video_refer';
  voice_id: string | null;
  /** Ids of the Kling API's categories. */
  tags: readonly string[];
  /** Which engine built it. */
  engine: string;
  manifest: ElementManifest;
}

/** An element in a video, in the order in which `<<<element_N>>>` counts. */
export interface CastElement extends CastFacts {
  /** Copies one of the files its manifest names into the work folder (once) and answers its path. */
  fetchFile(name: string): Promise<string>;
}

/** One video to make. */
export interface VideoOrder {
  /** The same in every attempt: work that was begun elsewhere is found again by it. */
  task_id: string;
  /** Whose it is: where many wait for few places, turns go round by accounts. Absent without a server. */
  account_id?: number;
  spec: VideoSpec;
  sources: readonly VideoSource[];
  cast: readonly CastElement[];
  /** A fresh folder of this attempt, which exists. */
  workFolder: string;
}

/** A video that was perhaps begun before. */
export type ResumedOrder = Pick<VideoOrder, 'task_id' | 'spec' | 'workFolder'> & Pick<AskedVideo, 'sources'>;

/** What a video is asked for with. */
export interface AskedVideo {
  spec: VideoSpec;
  sources: readonly Pick<VideoSource, 'role'>[];
}

/** What the flow gives a video engine for one task. */
export interface VideoTools extends EngineTools {
  publish: Publish;
  /** Removes what was published until this end. */
  withdraw(until: string): Promise<void>;
}

/** A made video before it belongs to anybody. */
export interface VideoDraft {
  file: { path: string; media_type: 'video/mp4'; bytes: number /** Lower-case hexadecimal. */; sha256: string };
  duration_seconds: number;
  width_px: number;
  height_px: number;
  frame_rate: number;
  has_sound: boolean;
  /** Where it isn't what was asked for, and yet of use. */
  lesser?: LesserVideo;
  /** What else `result_data` is to say: what kind of picture this is, the upstream's ids. Small, and public. */
  details: Readonly<Record<string, unknown>>;
}

/** By how much a video isn't what was asked for, and what it is charged as. */
export interface LesserVideo {
  /** Not empty. */
  warnings: readonly { code: VideoWarningCode; message: string }[];
  /** `duration_seconds` only where it is shorter. */
  made: Pick<VideoSpec, 'quality' | 'sound'> & { duration_seconds?: number };
}

/** What may be asked of a video before it is paid for. */
export interface VideoPrecheck {
  /** Who asks. */
  account_id: number;
  spec: VideoSpec;
  cast: readonly CastFacts[];
  sources: readonly Pick<VideoSource, 'role' | 'param'>[];
  /** Nobody elsewhere is asked: what isn't known here is taken to be right. */
  dry_run?: boolean;
}

/** The given files as they were found to be, in the order of the order's sources. */
export interface PreparedVideo {
  sources: readonly { role: VideoSourceRole; param: string; facts: SourceHeader }[];
}

/** What a request for pictures asks for; its model's rules hold. */
export interface ImageSpec {
  /** Name of the model that was asked for, like `kling-image-o1`. */
  model: string;
  /** With its marks `<<<element_1>>>` and `<<<image_1>>>`, which count from 1. */
  prompt: string;
  negative_prompt?: string;
  /** Absent: left to the engine. */
  aspect_ratio?: '16:9' | '9:16' | '1:1' | '4:3' | '3:4' | '3:2' | '2:3' | '21:9';
  quality: '1k' | '2k' | '4k';
  /** How many pictures, 1 to 9. */
  count: number;
}

/** Pictures to make. */
export type ImageOrder = Omit<VideoOrder, 'spec'> & { spec: ImageSpec };

/** Pictures that were perhaps begun before. */
export type ResumedImages = Pick<ImageOrder, 'task_id' | 'spec' | 'workFolder'>;

/** What may be asked of pictures before they are paid for. */
export type ImagePrecheck = Omit<VideoPrecheck, 'spec'> & { spec: ImageSpec };

/** Made pictures before they belong to anybody. */
export interface ImageDraft {
  /** At least one, at most as many as were asked for; each is charged. */
  pictures: readonly DraftPicture[];
  /** Where they aren't what was asked for. */
  warnings: readonly { code: ImageWarningCode; message: string }[];
  /** As of a video. */
  details: Readonly<Record<string, unknown>>;
}

/** One made picture; sizes in pixels. */
export interface DraftPicture {
  path: string;
  media_type: 'image/png' | 'image/jpeg';
  width_px: number;
  height_px: number;
  /** Of several sets to choose from: the number of its own, from 0. */
  set?: number;
}

/** How an engine makes pictures; each function as that of videos ({@link VideoEngine}). */
interface ImageMaker {
  checkImages(precheck: ImagePrecheck): void | Promise<void>;
  makeImages(order: ImageOrder, tools: VideoTools): Promise<ImageDraft>;
  prepareImages(order: ImageOrder, tools: EngineTools): Promise<PreparedVideo>;
  resumeImages?(order: ResumedImages, tools: EngineTools): Promise<ImageDraft | null>;
}

/** Who makes videos, and pictures as well. */
export interface VideoEngine {
  readonly name: string;
  /** `local` uses this machine's cores while it works; `remote` mostly waits for a service. */
  readonly place: 'local' | 'remote';
  readonly images: ImageMaker;
  /** Refuses what this engine can't take, before anything is charged: `AppError` that names the field and the rule. */
  checkVideo(precheck: VideoPrecheck): void | Promise<void>;
  /** Paths of request fields that its model takes and this engine can do nothing with beside the rest; absent: none. */
  listIgnoredFields?(asked: AskedVideo): readonly string[];
  /**
   * Makes one video. Throws `AppError` with a documented task error code, `retryable` where another attempt may succeed;
   * on abort it throws the signal's reason after its last write into the folder. An engine that is `remote` is
   * called again with the same `task_id` after its process was stopped or killed, `resumeVideo` first.
   */
  makeVideo(order: VideoOrder, tools: VideoTools): Promise<VideoDraft>;
  /**
   * The way of `makeVideo` up to where something is made or somebody elsewhere is called, and no further: looks into the
   * given files and everything else that the video would be made of. Throws as that.
   */
  prepareVideo(order: VideoOrder, tools: EngineTools): Promise<PreparedVideo>;
  /**
   * Goes on with what an earlier call for the same `task_id` has handed to somebody elsewhere, without the files and
   * elements that it was made of: they may be gone by now, and the work be paid for. Null when there is nothing to go on
   * with; then `makeVideo` is called. Throws as that.
   */
  resumeVideo?(order: ResumedOrder, tools: EngineTools): Promise<VideoDraft | null>;
  /** Ends what the engine holds; running work rejects. Safe to repeat. */
  close(): Promise<void>;
}
