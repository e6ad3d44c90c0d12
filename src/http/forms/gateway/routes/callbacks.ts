import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import { findScope } from '../../../../accounts/index.ts';
import { listGivenUp, presentGivenUp } from '../../../../callbacks/index.ts';
import { CallbackTest, GivenUpCallback, TaskCallbacks } from '../../../../callbacks/schema.ts';
import { type Context, resendCallback, showCallbacks, testCallback } from '../../../../flow/index.ts';
import { parseIsoTime } from '../../../../lib/parse-iso-time.ts';
import { showValue } from '../../../../lib/show-value.ts';
import { invalidTaskId, isTaskId } from '../../../../tasks/index.ts';
import { withSchemaTypes } from '../../../document/schema-types.ts';
import { invalidRequest } from '../../../errors.ts';
import { describePage, loadPage, pageFields } from '../cursor-page.ts';
import { describeErrors } from '../describe-errors.ts';
import { TaskId } from '../read-task.ts';

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

  routes.route({
    method: 'GET',
    url: '/v1/callbacks/given-up',
    config: { access: 'caller' },
    schema: {
      operationId: 'listGivenUpCallbacks',
      summary: 'Callbacks that were given up',
      description: 'The newest first. One that is sent again leaves the list.',
      tags,
      querystring: Type.Object({
        ...pageFields,
        since: Type.Optional(
          Type.String({
            pattern: timePattern,
            'x-rule': 'must be a time like 2026-11-27T10:00:00Z',
            description: 'Given up at this time or later.',
          }),
        ),
      }),
      response: { 200: describePage(GivenUpCallback), ...describeErrors(400, 401, 402, 429, 500, 503) },
    },
    handler: async (request) => {
      const { since = '1970-01-01T00:00:00Z', ...query } = request.query;
      const sinceTime = parseTime(since);
      const { rows, next_cursor } = await loadPage(query, {
        list: 'given-up callbacks',
        shape: ['time', 'string'],
        load: (after, countMax) =>
          listGivenUp(db, request.caller.account_id, {
            since: sinceTime,
            after: after as [string, string] | null,
            countMax,
          }),
        keysOf: ({ position, task_id }) => [position, task_id],
      });
      return { data: rows.map(presentGivenUp), next_cursor };
    },
  });
}

const timePattern = '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d(:\\d\\d(\\.\\d{1,6})?)?(Z|[+-]\\d\\d:\\d\\d)$';

/** Throws 400 `invalid_request` for a day or an hour that doesn't exist. */
function parseTime(text: string): Date {
  const time = parseIsoTime(text);
  if (time !== null) return time;
  throw invalidRequest({
    param: 'since',
    message: `since: is ${showValue(text)}, must be a time like 2026-11-27T10:00:00Z`,
  });
}

/** Throws 400 `invalid_task_id`. */
function checkTaskId(id: string): string {
  if (!isTaskId(id)) throw invalidTaskId();
  return id;
}
