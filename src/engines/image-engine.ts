import type { EngineTools } from './element-engine.ts';
import type { ImageWarningCode } from './schema.ts';
import type { PreparedVideo, VideoOrder, VideoPrecheck, VideoTools } from './video-engine.ts';

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
}

/** How an engine makes pictures; each function as that of videos ({@link import('./video-engine.ts').VideoEngine}). */
export interface ImageMaker {
  checkImages(precheck: ImagePrecheck): void | Promise<void>;
  makeImages(order: ImageOrder, tools: VideoTools): Promise<ImageDraft>;
  prepareImages(order: ImageOrder, tools: EngineTools): Promise<PreparedVideo>;
  resumeImages?(order: ResumedImages, tools: EngineTools): Promise<ImageDraft | null>;
}
