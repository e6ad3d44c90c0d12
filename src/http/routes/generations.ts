import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import { accept, type Context, showTask } from '../../flow/index.ts';
import { encodeFieldList } from '../../lib/encode-field-list.ts';
import { showValue } from '../../lib/show-value.ts';
import { listModels } from '../../models/index.ts';
import { createTaskSchema } from '../../tasks/schema.ts';
import { describeErrors } from '../describe-api.ts';
import { invalidRequest } from '../errors.ts';
import { readOrigin } from '../read-address.ts';
import { ResultData } from '../schema.ts';
import { acceptAnything } from '../validate.ts';

const keyHeader = 'Idempotency-Key';
const keyLengths = { min: 16, max: 96 };

/** The one endpoint that all models share; `model` selects the schema of the body. */
export function registerGenerations(app: FastifyInstance, context: Context): void {
  app.route({
    method: 'POST',
    url: '/v1/videos/generations',
    config: { access: 'caller', startsTask: true },
    validatorCompiler: acceptAnything,
    schema: {
      operationId: 'createGeneration',
      summary: 'Start a task',
      description:
        'Checks everything that can be known without fetching, reserves the credits and answers with the task. ' +
        'Follow it with `GET /v1/tasks/{task_id}` or a `callback_url`. Fields that have no effect are named in the ' +
        'response header `Troupe-Ignored-Fields`.',
      tags: ['Tasks'],
      headers: Type.Object({
        'idempotency-key': Type.Optional(
          Type.String({
            pattern: '^"?[A-Za-z0-9._-]{16,96}"?$',
            description:
              'The same key with the same body gives the first task back and charges nothing more; quotes around it are no part of it.',
          }),
        ),
      }),
      body: Type.Union(
        listModels().map((model) => model.requestSchema),
        { discriminator: { propertyName: 'model' } },
      ),
      response: {
        200: createTaskSchema(ResultData),
        ...describeErrors(400, 401, 402, 403, 404, 409, 413, 415, 429, 500, 503),
      },
    },
    handler: async (request, reply) => {
      const { task, ignoredFields, replayed } = await accept(context, {
        caller: request.caller,
        body: request.body,
        idempotencyKey: readIdempotencyKey(request.headers['idempotency-key']),
      });
      request.taskId = task.id;
      if (replayed) reply.header('idempotency-replayed', 'true');
      if (ignoredFields.length > 0) reply.header('troupe-ignored-fields', encodeFieldList(ignoredFields));
      return await showTask(context, task, readOrigin(request));
    },
  });
}

/**
 * Null when none was sent. In quotes, as draft-ietf-httpapi-idempotency-key-header writes it, it is the same key.
 * Throws 400 `invalid_request`: a key that is only nearly right must not be ignored.
 */
function readIdempotencyKey(header: string | string[] | undefined): string | null {
  if (header === undefined) return null;
  const text = String(header).trim();
  const key = /^"(.*)"$/.exec(text)?.[1] ?? text;
  const wrong = /[^A-Za-z0-9._-]/u.exec(Buffer.from(key, 'latin1').toString('utf8'))?.[0];
  if (wrong !== undefined) {
    throw invalidRequest({
      param: keyHeader,
      message: `${keyHeader}: must be of A-Z a-z 0-9 . _ - only, holds ${showValue(wrong)}`,
    });
  }
  if (key.length < keyLengths.min || key.length > keyLengths.max) {
    const rule = `must have ${keyLengths.min} to ${keyLengths.max}`;
    throw invalidRequest({ param: keyHeader, message: `${keyHeader}: has ${key.length} characters, ${rule}` });
  }
  return key;
}
