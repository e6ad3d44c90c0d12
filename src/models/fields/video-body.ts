import type { VideoRequest } from './requests.ts';

/** The body of a video request once its schema is satisfied: what the models call the fields, each where it has it. */
export interface VideoBody {
  callback_url?: string;
  dry_run?: boolean;
  prompt?: string;
  negative_prompt?: string;
  duration?: number;
  aspect_ratio?: NonNullable<VideoRequest['aspect_ratio']>;
  quality?: VideoRequest['quality'];
  sound?: 'on' | 'off';
  keep_original_sound?: boolean;
  image_start?: string;
  image_end?: string;
  image_urls?: string[];
  video_url?: string;
  video_urls?: string[];
  model_params?: VideoParams;
}

export interface VideoParams {
  multi_shot?: boolean;
  shot_type?: NonNullable<VideoRequest['shot_type']>;
  multi_prompt?: { index: number; prompt: string; duration: string }[];
  element_list?: { element_id: string }[];
  watermark_info?: { enabled?: boolean };
  character_orientation?: NonNullable<VideoRequest['character_orientation']>;
  keep_sound?: boolean;
}

/** A rule between fields that a model's schema can't say. Throws `invalid_request` (400) with `param`. */
export type VideoRule = (request: VideoRequest, body: VideoBody) => void;
