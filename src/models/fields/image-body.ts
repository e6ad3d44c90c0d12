import type { ImageRequest } from './requests.ts';

/** The body of a request for pictures once its schema is satisfied. */
export interface ImageBody {
  callback_url?: string;
  dry_run?: boolean;
  /** Absent only of a model that takes none. */
  prompt?: string;
  negative_prompt?: string;
  image_urls?: string[];
  aspect_ratio?: NonNullable<ImageRequest['aspect_ratio']> | 'auto';
  quality?: ImageRequest['quality'];
  n?: number;
  model_params?: { element_list?: { element_id: string }[] };
}

/** A rule between fields that a model's schema can't say. Throws `invalid_request` (400) with `param`. */
export type ImageRule = (request: ImageRequest, body: ImageBody) => void;
