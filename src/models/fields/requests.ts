import type { MediaSource } from './parse-media-source.ts';

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
  /** Ids of categories, each once, in the order sent; absent when there are none. */
  tags?: string[];
  /** `image_refer`: the frontal image, then 1 to 3 reference images in their order. `video_refer`: one video. */
  sources: MediaSource[];
}

/** What a checked video request asks for, whatever its model calls the fields. */
export interface VideoRequest {
  kind: 'video';
  /** '' when `shots` tell all, or none was given where none is needed. Its marks name only what was given. */
  prompt: string;
  negative_prompt?: string;
  /** Whole seconds; absent where the length follows the given video. */
  duration_seconds?: number;
  /** Absent: that of the first frame or the given video. */
  aspect_ratio?: '16:9' | '9:16' | '1:1';
  quality: '720p' | '1080p' | '4k';
  sound: boolean;
  /** Only of models that take a video: whether its own sound stays. */
  keep_original_sound?: boolean;
  /** In their order, their seconds adding up to `duration_seconds`; empty unless `shot_type` is `customize`. */
  shots: { prompt: string /** Whole seconds, at least 1. */; duration_seconds: number }[];
  /** Only with several shots. */
  shot_type?: 'customize' | 'intelligence';
  /** Only of motion control: what the character's orientation follows. */
  character_orientation?: 'image' | 'video';
  watermark: boolean;
  /** `element_list` in its order, each id of 16 digits once, with the path that it was sent in. */
  elements: { element_id: string; param: string }[];
  /** First frame, last frame, reference images (so `<<<image_N>>>` counts them), then the video. */
  sources: MediaSource[];
}

/** What a checked request for pictures asks for. */
export interface ImageRequest {
  kind: 'image';
  /** Its marks name only what was given; '' of a model that takes no words. */
  prompt: string;
  negative_prompt?: string;
  /** Absent: left to who makes it. */
  aspect_ratio?: (typeof imageRatios)[number];
  quality: '1k' | '2k' | '4k';
  /** How many pictures, 1 to 9. */
  count: number;
  /** `element_list` in its order, each id of 16 digits once, with the path that it was sent in. */
  elements: { element_id: string; param: string }[];
  /** Reference images, in the order in which `<<<image_N>>>` counts them. */
  sources: MediaSource[];
}

/** The shapes that a picture may be asked for in, width to height. */
export const imageRatios = ['16:9', '9:16', '1:1', '4:3', '3:4', '3:2', '2:3', '21:9'] as const;

/** The checked request of any model of the catalogue; `kind` tells which. */
export type ModelRequest = ElementRequest | VideoRequest | ImageRequest;
