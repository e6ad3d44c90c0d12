import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import { findScope } from '../../../accounts/index.ts';
import { deleteVideo, findVideoFile, type VideoFile } from '../../../flow/index.ts';
import { showValue } from '../../../lib/show-value.ts';
import { listTasksAfter, taskNotFound } from '../../../tasks/index.ts';
import { acceptAnything } from '../../bodies/validate.ts';
import { describeBytes } from '../../document/describe-api.ts';
import { withSchemaTypes } from '../../document/schema-types.ts';
import { invalidRequest, linkExpired, notMadeHere } from '../../errors.ts';
import { sendStoredFile } from '../../send-stored-file.ts';
import type { Door } from '../form.ts';
import { tellWhenToPoll } from './create-video.ts';
import { presentVideo } from './present-video.ts';
import { readVideoTask, VideoParams } from './read-video-task.ts';
import { DeletedVideo, describeErrors, Video, VideoList } from './schema.ts';
import { videoModels } from './video-models.ts';

const tags = ['OpenAI videos'];
const limitDefault = 20;

const ListQuery = Type.Object({
  after: Type.Optional(Type.String({ maxLength: 64, description: 'The `last_id` of the page before.' })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, default: limitDefault })),
  order: Type.Optional(Type.Enum(['asc', 'desc'], { type: 'string', default: 'desc', description: 'By their time.' })),
});

const ContentQuery = Type.Object({
  variant: Type.Optional(
    Type.Enum(['video', 'thumbnail', 'spritesheet'], {
      type: 'string',
      default: 'video',
      description: 'The MP4; its first frame as WebP; four of its frames in one JPEG, two by two.',
    }),
  ),
});

const files: Readonly<Record<string, VideoFile>> = { video: 'video', thumbnail: 'thumbnail', spritesheet: 'frames' };

/** Seconds; what lies under a name never changes, and a day later it is gone. */
const contentAgeSeconds = 3600;

/** List, read, delete, download. */
export function registerVideos(app: FastifyInstance, { context }: Door): void {
  const routes = withSchemaTypes(app);
  const { db } = context.database;

  routes.route({
    method: 'GET',
    url: '/v1/videos',
    config: { access: 'caller' },
    schema: {
      operationId: 'listVideos',
      summary: "List the account's videos",
      description: 'Those of every form, without dry runs and without what was deleted.',
      tags,
      querystring: ListQuery,
      response: { 200: VideoList, ...describeErrors(400, 401, 429, 500, 503) },
    },
    handler: async ({ caller, query: { after, limit = limitDefault, order } }) => {
      const filter = { models: videoModels, isKept: true };
      // A page behind a video that is none would be empty, as if there were no more.
      if (after !== undefined && (await context.taskFinder.find(caller.account_id, after)) === null) {
        throw invalidRequest({
          param: 'after',
          message: `after: names no video of this account, is ${showValue(after)}`,
        });
      }
      const found = await listTasksAfter(db, caller.account_id, filter, after ?? null, limit + 1, order);
      const shown = found.slice(0, limit);
      return {
        object: 'list' as const,
        data: await Promise.all(shown.map((task) => presentVideo(context, task))),
        first_id: shown[0]?.id ?? null,
        last_id: shown.at(-1)?.id ?? null,
        has_more: found.length > limit,
      };
    },
  });

  routes.route({
    method: 'GET',
    url: '/v1/videos/:video_id',
    config: { access: 'caller' },
    schema: {
      operationId: 'getVideo',
      summary: 'Query a video',
      tags,
      params: VideoParams,
      response: { 200: Video, ...describeErrors(401, 404, 429, 500, 503) },
    },
    handler: async ({ caller, params }, reply) => {
      const task = await readVideoTask(context, findScope(caller), params.video_id);
      tellWhenToPoll(reply, task);
      return await presentVideo(context, task);
    },
  });

  routes.route({
    method: 'DELETE',
    url: '/v1/videos/:video_id',
    config: { access: 'caller' },
    schema: {
      operationId: 'deleteVideo',
      summary: 'Delete a video',
      description: 'Its links end at once. An unfinished one is cancelled, and what it reserved is refunded.',
      tags,
      params: VideoParams,
      response: { 200: DeletedVideo, ...describeErrors(401, 404, 409, 429, 500, 503) },
    },
    handler: async ({ caller, params }) => {
      const { id } = await readVideoTask(context, caller.account_id, params.video_id);
      await deleteVideo(context, caller.account_id, id);
      return { id, object: 'video.deleted' as const, deleted: true as const };
    },
  });

  routes.route({
    method: 'GET',
    url: '/v1/videos/:video_id/content',
    config: { access: 'caller' },
    schema: {
      operationId: 'getVideoContent',
      summary: 'Download a video or pictures of it',
      description: 'Answers byte ranges.',
      tags,
      params: VideoParams,
      querystring: ContentQuery,
      response: { ...describeBytes(), ...describeErrors(400, 401, 404, 410, 416, 429, 500, 503) },
    },
    handler: async (request, reply) => {
      const { variant = 'video' } = request.query;
      const task = await readVideoTask(context, findScope(request.caller), request.params.video_id);
      if (task.dry_run) throw taskNotFound();
      const key = await findVideoFile(context, task, files[variant] as VideoFile);
      if (key === null) throw linkExpired();
      return await sendStoredFile(context, key, request, reply, {
        ageSecondsMax: contentAgeSeconds,
        absent: linkExpired,
      });
    },
  });

  registerAbsent(app);
}

/** What the vendor has and no model here makes; said by name, where a path that isn't there would say nothing. */
function registerAbsent(app: FastifyInstance): void {
  const absent = [
    ['/v1/videos/:video_id/remix', 'remixVideo', 'a remix of a video'],
    ['/v1/videos/edits', 'editVideo', 'an edit by this route'],
    ['/v1/videos/extensions', 'extendVideo', 'an extension of a video'],
  ] as const;
  for (const [url, operationId, what] of absent) {
    app.route({
      method: 'POST',
      url,
      config: { access: 'caller' },
      validatorCompiler: acceptAnything,
      schema: {
        operationId,
        summary: `Not made here: ${what}`,
        description:
          'Always answers 400 that says so. `kling-o3-video-edit` changes a given video (`POST /v1/videos/generations`).',
        tags,
        deprecated: true,
        ...(url.includes(':') ? { params: VideoParams } : {}),
        response: { 200: Video, ...describeErrors(400, 401, 429, 500, 503) },
      },
      // Before a body is read: whatever it holds changes nothing.
      preParsing: async () => {
        throw notMadeHere(what);
      },
      handler: async () => undefined,
    });
  }
}
