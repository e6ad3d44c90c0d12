import type { IncomingMessage } from 'node:http';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { accept } from '../../../flow/index.ts';
import type { Task } from '../../../tasks/index.ts';
import { receiveBody } from '../../bodies/receive-body.ts';
import { acceptAnything } from '../../bodies/validate.ts';
import { idempotencyKeyHeader, readIdempotencyKey } from '../../read-idempotency-key.ts';
import { tellIgnoredFields } from '../../tell-ignored-fields.ts';
import type { Door } from '../form.ts';
import { fieldNames } from './field-names.ts';
import { presentVideo } from './present-video.ts';
import { readForm } from './read-form.ts';
import { readVideoRequest } from './read-video-request.ts';
import { CreateVideoBody, describeErrors, Video } from './schema.ts';

/** `POST /v1/videos`, as JSON or as a form with the first frame as a file. */
export function registerCreateVideo(app: FastifyInstance, { context, settings }: Door): void {
  app.addContentTypeParser('multipart/form-data', async (request: FastifyRequest, payload: IncomingMessage) =>
    readForm(request, await receiveBody(request, payload)),
  );
  app.route({
    method: 'POST',
    url: '/v1/videos',
    config: { access: 'caller', startsTask: true },
    validatorCompiler: acceptAnything,
    schema: {
      operationId: 'createVideo',
      summary: 'Start a video',
      description:
        'As the OpenAI videos API has it: JSON, or a form in which `input_reference` may be a file. The credits are reserved, ' +
        'and what is made is found as a task as well. `openai-poll-after-ms` says when to ask again.',
      tags: ['OpenAI videos'],
      consumes: ['application/json', 'multipart/form-data'],
      headers: idempotencyKeyHeader(
        'The same key with the same request gives the first video back and charges nothing more.',
      ),
      body: CreateVideoBody,
      response: { 200: Video, ...describeErrors(400, 401, 403, 404, 409, 413, 415, 429, 500, 503) },
    },
    handler: async (request, reply) => {
      const body = await readVideoRequest(context, request.caller, request.body, settings);
      const { task, ignoredFields, replayed } = await accept(context, {
        caller: request.caller,
        body,
        idempotencyKey: readIdempotencyKey(request.headers['idempotency-key']),
      });
      request.taskId = task.id;
      if (replayed) reply.header('idempotency-replayed', 'true');
      tellIgnoredFields(reply, ignoredFields, fieldNames);
      tellWhenToPoll(reply, task);
      return await presentVideo(context, task);
    },
  });
}

/** Milliseconds after which a client's next look makes sense. */
const pollAfterMs = 2_000;

/** The vendor's own header, by which its SDKs choose how long to wait. */
export function tellWhenToPoll(reply: FastifyReply, { finished_at }: Task): void {
  if (finished_at === null) reply.header('openai-poll-after-ms', String(pollAfterMs));
}
