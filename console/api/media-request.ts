import type { ImageRequest, VideoRequest } from '../../client/index.ts';

/** What is asked of a model of videos or of pictures, as the API has it. */
export type MediaRequest = VideoRequest | ImageRequest;
