import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { type Context, chooseAngles, orderAngles, showTask } from '../../../../flow/index.ts';
import { anglesModel, callbackField, dryRunField, ElementEditBody } from '../../../../models/index.ts';
import { invalidTaskId, isTaskId, type PresentedTask, type Task } from '../../../../tasks/index.ts';
import { createTaskSchema } from '../../../../tasks/schema.ts';
import { readOrigin } from '../../../connections/read-address.ts';
import { withSchemaTypes } from '../../../document/schema-types.ts';
import { idempotencyKeyHeader, readIdempotencyKey } from '../../../read-idempotency-key.ts';
import { describeErrors } from '../describe-errors.ts';
import { TaskId } from '../read-task.ts';
import { ResultData } from '../schema.ts';
import { ElementParams } from './elements.ts';

/** A field that misses its name would have no effect, and the request be charged. */
const strict = { additionalProperties: false };

const requestFields = { callback_url: callbackField, dry_run: dryRunField };

const AnglesBody = Type.Object(requestFields, { ...strict, title: 'Angles' });

const ChoiceBody = Type.Object(
  {
    set: Type.Integer({
      minimum: 0,
      maximum: 99,
      description: 'The number of the set, as `result_data.images` has it.',
    }),
    element_name: ElementEditBody.properties.element_name,
    element_description: ElementEditBody.properties.element_description,
    ...requestFields,
  },
  { ...strict, title: 'AngleChoice' },
);

/** Further views of an element, and the element that is made of one set of them. */
export function registerAngles(app: FastifyInstance, context: Context): void {
  const routes = withSchemaTypes(app);
  const shared = {
    tags: ['Elements'],
    headers: idempotencyKeyHeader(
      'The same key with the same body gives the first task back and charges nothing more.',
    ),
    response: {
      200: createTaskSchema(ResultData),
      ...describeErrors(400, 401, 402, 403, 404, 409, 413, 415, 429, 500, 503),
    },
  };

  async function answer(
    request: FastifyRequest,
    reply: FastifyReply,
    { task, replayed }: { task: Task; replayed: boolean },
  ): Promise<PresentedTask> {
    request.taskId = task.id;
    if (replayed) reply.header('idempotency-replayed', 'true');
    return await showTask(context, task, readOrigin(request));
  }

  routes.route({
    method: 'POST',
    url: '/v1/elements/:element_id/angles',
    config: { access: 'caller', startsTask: true },
    schema: {
      ...shared,
      operationId: 'createAngles',
      summary: 'Have further views made of an element',
      description:
        `A task like those of pictures, by the model \`${anglesModel}\`: its pictures are three sets of three, each from other sides, of ` +
        'what the frontal picture shows. One set becomes a new element by the call below. Made by the Kling API alone: 404 ' +
        '`engine_not_available` on a server without an account there.',
      params: ElementParams,
      body: AnglesBody,
    },
    // There is nothing that must be said.
    preValidation: async (request) => {
      request.body ??= {};
    },
    handler: async (request, reply) => {
      const { params, headers, body, caller } = request;
      const idempotencyKey = readIdempotencyKey(headers['idempotency-key']);
      const order = { ...body, caller, elementId: params.element_id, idempotencyKey };
      return await answer(request, reply, await orderAngles(context, order));
    },
  });

  routes.route({
    method: 'POST',
    url: '/v1/elements/:element_id/angles/:task_id/choose',
    config: { access: 'caller', startsTask: true },
    schema: {
      ...shared,
      operationId: 'chooseAngles',
      summary: 'Make a new element with a set of further views',
      description:
        'A task for an element as any other, for its price: the frontal picture is that of `element_id`, which stays as it is, the others are ' +
        'those of the set. Name, description and tags are its too unless they are given.',
      params: Type.Object({ ...ElementParams.properties, ...TaskId.properties }),
      body: ChoiceBody,
      response: { ...shared.response, ...describeErrors(410) },
    },
    handler: async (request, reply) => {
      const { params, headers, body, caller } = request;
      const idempotencyKey = readIdempotencyKey(headers['idempotency-key']);
      const { element_id, task_id: taskId } = params;
      if (!isTaskId(taskId)) throw invalidTaskId();
      const choice = { ...body, caller, elementId: Number(element_id), taskId, idempotencyKey };
      return await answer(request, reply, await chooseAngles(context, choice));
    },
  });
}
