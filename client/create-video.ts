import type { Client } from './create-client.ts';
import type { Task, VideoRequest } from './shapes.ts';
import { type SubmitOptions, submit } from './submit.ts';

/**
 * Submits a request for a video, with the ids of its elements in `model_params.element_list`, and returns its task:
 * follow it with `waitForTask`, read its link with `readVideo`. Throws as `submit` does.
 */
export async function createVideo(client: Client, request: VideoRequest, options: SubmitOptions = {}): Promise<Task> {
  return await submit(client, request, options);
}
