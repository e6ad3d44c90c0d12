import type { FastifyInstance } from 'fastify';
import type { Door, Form } from '../form.ts';
import { registerCharacters } from './characters.ts';
import { registerCreateVideo } from './create-video.ts';
import { presentRefusal } from './present-error.ts';
import { registerVideos } from './videos.ts';

/** The OpenAI videos form: `/v1/videos`, for the vendor's SDKs with another base URL. */
export const openaiVideos: Form = {
  name: 'OpenAI videos',
  presentError: presentRefusal,
  hasPath: (path) => /^\/v1\/videos(?:\/|$)/.test(path),
  register: registerOpenaiVideos,
};

/** Each in an app of its own, since they take forms in ways of their own. */
async function registerOpenaiVideos(app: FastifyInstance, door: Door): Promise<void> {
  await app.register(async (scope) => registerCreateVideo(scope, door));
  await app.register(async (scope) => registerCharacters(scope, door));
  await app.register(async (scope) => registerVideos(scope, door));
}
