import {
  createImages,
  createVideo,
  type ImageRequest,
  type SubmitOptions,
  type Task,
  type VideoRequest,
} from '../../client/index.ts';
import { client } from './client.ts';
import type { MediaRequest } from './media-request.ts';

/** Starts the task of a request whose model makes such media. Throws as the client does. */
export async function createMedia(
  makes: 'video' | 'image',
  request: MediaRequest,
  options: SubmitOptions = {},
): Promise<Task> {
  return makes === 'image'
    ? await createImages(client, request as ImageRequest, options)
    : await createVideo(client, request as VideoRequest, options);
}
