import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import { findScope } from '../../accounts/index.ts';
import { CallbackTest, TaskCallbacks } from '../../callbacks/schema.ts';
import { type Context, resendCallback, showCallbacks, testCallback } from '../../flow/index.ts';
import { invalidTaskId, isTaskId } from '../../tasks/index.ts';
import { describeErrors } from '../describe-api.ts';
import { withSchemaTypes } from '../schema-types.ts';

const TaskId = Type.Object({
  task_id: Type.String({ description: "Begins with 'task-unified-'.", examples: ['task-unified-1757169743-8dxnm6yz'] }),
});

const TestBody = Type.Object({
  callback_url: Type.String({
    description: 'By the rules of every `callback_url`.',
    examples: ['https://example.com/hook'],
  }),
});

/** What was sent to whom, once more, and to try a receiver. */
export function registerCallbacks(app: FastifyInstance, context: Context): void {
  const routes = withSchemaTypes(app);
  const { db } = context.database;
  const tags = ['Callbacks'];

  routes.route({
    method: 'GET',
    url: '/v1/tasks/:task_id/callbacks',
    config: { access: 'caller' },
    schema: {
      operationId: 'getTaskCallbacks',
      summary: "What became of a task's callback",
      description: 'Every attempt with its outcome.',
      tags,
      params: TaskId,
      response: { 200: TaskCallbacks, ...describeErrors(400, 401, 402, 404, 429, 500, 503) },
    },
    handler: async (request) => {
      return await showCallbacks(db, findScope(request.caller), checkTaskId(request.params.task_id));
    },
  });

  routes.route({
    method: 'POST',
    url: '/v1/tasks/:task_id/callbacks/resend',
    config: { access: 'caller', sendsCallback: true },
    schema: {
      operationId: 'resendCallback',
      summary: "Send a finished task's callback again",
      description:
        'Begins a new round of attempts, the first of it at once, with the same `webhook-id` and the task as the query answers it then. ' +
        'The answer does not wait for it: follow it with `GET /v1/tasks/{task_id}/callbacks`.',
      tags,
      params: TaskId,
      response: { 200: TaskCallbacks, ...describeErrors(400, 401, 402, 404, 409, 429, 500, 503) },
    },
    handler: async (request) => {
      const taskId = checkTaskId(request.params.task_id);
      await resendCallback(context, request.caller.account_id, taskId);
      return await showCallbacks(db, request.caller.account_id, taskId);
    },
  });

  routes.route({
    method: 'POST',
    url: '/v1/callbacks/test',
    config: { access: 'caller', sendsCallback: true },
    schema: {
      operationId: 'testCallback',
      summary: 'Try a receiver of callbacks',
      description:
        'Posts one example there now, signed like any callback, and answers what came of it within 10 s. Its body is a completed task with ' +
        '`test: true` beside the usual fields; no such task exists.',
      tags,
      body: TestBody,
      response: { 200: CallbackTest, ...describeErrors(400, 401, 402, 413, 415, 429, 500, 503) },
    },
    handler: async (request) => await testCallback(context, request.caller, request.body.callback_url),
  });
}

/** Throws 400 `invalid_task_id`. */
function checkTaskId(id: string): string {
  if (!isTaskId(id)) throw invalidTaskId();
  return id;
}
