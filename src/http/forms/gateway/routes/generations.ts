import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import { accept, type Context, showTask } from '../../../../flow/index.ts';
import { listModels, type Model } from '../../../../models/index.ts';
import { createTaskSchema } from '../../../../tasks/schema.ts';
import { acceptAnything } from '../../../bodies/validate.ts';
import { readOrigin } from '../../../connections/read-address.ts';
import { idempotencyKeyHeader, readIdempotencyKey } from '../../../read-idempotency-key.ts';
import { tellIgnoredFields } from '../../../tell-ignored-fields.ts';
import { describeErrors } from '../describe-errors.ts';
import { ResultData } from '../schema.ts';

/** One endpoint for the models of videos and elements, one for those of pictures; `model` selects the schema of the body. */
export function registerGenerations(app: FastifyInstance, context: Context): void {
  registerOne(app, context, 'video', { operationId: 'createGeneration', summary: 'Start a task' });
  registerOne(app, context, 'image', { operationId: 'createImages', summary: 'Start a task for pictures' });
}

function registerOne(
  app: FastifyInstance,
  context: Context,
  type: Model['type'],
  words: { operationId: string; summary: string },
): void {
  app.route({
    method: 'POST',
    url: `/v1/${type}s/generations`,
    config: { access: 'caller', startsTask: true },
    validatorCompiler: acceptAnything,
    schema: {
      ...words,
      description:
        'Checks everything that can be known without fetching, reserves the credits and answers with the task. ' +
        'Follow it with `GET /v1/tasks/{task_id}` or a `callback_url`. Fields that have no effect are named in the ' +
        'response header `Troupe-Ignored-Fields`.',
      tags: ['Tasks'],
      headers: idempotencyKeyHeader(
        'The same key with the same body gives the first task back and charges nothing more.',
      ),
      body: Type.Union(
        listModels()
          .filter((model) => model.type === type)
          .map((model) => model.requestSchema),
        { discriminator: { propertyName: 'model' } },
      ),
      response: {
        200: createTaskSchema(ResultData),
        ...describeErrors(400, 401, 402, 403, 404, 409, 413, 415, 429, 500, 503),
      },
    },
    handler: async (request, reply) => {
      const { task, ignoredFields, replayed } = await accept(context, {
        type,
        caller: request.caller,
        body: request.body,
        idempotencyKey: readIdempotencyKey(request.headers['idempotency-key']),
      });
      request.taskId = task.id;
      if (replayed) reply.header('idempotency-replayed', 'true');
      tellIgnoredFields(reply, ignoredFields);
      return await showTask(context, task, readOrigin(request));
    },
  });
}
