import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import { findScope } from '../../../../accounts/index.ts';
import { type Context, cancel, showRequest, showTask, showTaskLine, showTasks } from '../../../../flow/index.ts';
import { createCountMemory } from '../../../../lib/remember-counts.ts';
import {
  countTasks,
  invalidTaskId,
  isTaskId,
  listTasks,
  listTasksAfter,
  listTasksByIds,
  type Task,
} from '../../../../tasks/index.ts';
import { createTaskSchema, TaskLine } from '../../../../tasks/schema.ts';
import { readOrigin } from '../../../connections/read-address.ts';
import { withSchemaTypes } from '../../../document/schema-types.ts';
import type { OpenStreams } from '../../../open-streams.ts';
import { waitForChange } from '../../../wait-for-task.ts';
import { accountFields, chooseAccount } from '../choose-account.ts';
import { pageFields } from '../cursor-page.ts';
import { describeErrors } from '../describe-errors.ts';
import { describeEitherPage, eitherPageDescription, loadEitherPage, numberedPageFields } from '../numbered-page.ts';
import { readTask, TaskId } from '../read-task.ts';
import { ResultData } from '../schema.ts';

const ListQuery = Type.Object({
  ...numberedPageFields,
  ...pageFields,
  ...accountFields,
  status: Type.Optional(
    Type.Enum(['processing', 'completed', 'failed', 'cancelled'], {
      type: 'string',
      description: '`processing` includes tasks that still wait.',
    }),
  ),
  type: Type.Optional(Type.Enum(['image', 'video', 'audio', 'text'], { type: 'string' })),
  model: Type.Optional(Type.String({ pattern: '^[\\x21-\\x7e]{1,100}$', 'x-rule': 'must be a model id' })),
});

const WaitQuery = Type.Object({
  wait: Type.Optional(
    Type.Integer({
      minimum: 1,
      maximum: 60,
      description:
        'Seconds to wait at most for another status than the task has now. A finished task is answered at once.',
      examples: [30],
    }),
  ),
});

const TaskPage = describeEitherPage(TaskLine);

const TaskRequest = Type.Object(
  {
    task_id: Type.String(),
    request: Type.Object(
      {},
      {
        additionalProperties: true,
        description:
          'The body in the documented form of its model, whichever form was sent: defaults filled in, without what had no effect. Stored ' +
          'files are named as `file:FILE_ID`.',
        examples: [{ model: 'kling-o3-text-to-video', prompt: 'A lighthouse at dusk', duration: 5, quality: '720p' }],
      },
    ),
    left_out: Type.Array(Type.String(), {
      description: 'Paths where pictures stood in the request itself. They are null in `request`; give them anew.',
      examples: [[]],
    }),
  },
  { title: 'TaskRequest' },
);

const BatchBody = Type.Object({
  task_ids: Type.Array(Type.String({ minLength: 1, maxLength: 64 }), { minItems: 1, maxItems: 50 }),
});

const TaskSchema = createTaskSchema(ResultData);

/** Tasks: read one or many, list, cancel. */
export function registerTasks(app: FastifyInstance, context: Context, streams: OpenStreams): void {
  const routes = withSchemaTypes(app);
  const { db } = context.database;
  const counts = createCountMemory();

  routes.route({
    method: 'GET',
    url: '/v1/tasks/:task_id',
    config: { access: 'caller' },
    schema: {
      operationId: 'getTask',
      summary: 'Query a task',
      tags: ['Tasks'],
      params: TaskId,
      querystring: WaitQuery,
      response: { 200: TaskSchema, ...describeErrors(400, 401, 402, 404, 429, 500, 503) },
    },
    handler: async (request) => {
      const { wait } = request.query;
      const task = await readTask(context, findScope(request.caller), request.params.task_id);
      const isOver = wait === undefined || task.finished_at !== null;
      const now = isOver ? task : await waitForChange(context, task, wait, streams.open(request));
      return await showTask(context, now, readOrigin(request));
    },
  });

  routes.route({
    method: 'GET',
    url: '/v1/tasks/:task_id/request',
    config: { access: 'caller' },
    schema: {
      operationId: 'getTaskRequest',
      summary: 'See what a task was asked for',
      description: 'As a body of `POST /v1/videos/generations` that asks for the same, to run it again or changed.',
      tags: ['Tasks'],
      params: TaskId,
      response: { 200: TaskRequest, ...describeErrors(400, 401, 402, 404, 410, 429, 500, 503) },
    },
    handler: async (request) => showRequest(await readTask(context, findScope(request.caller), request.params.task_id)),
  });

  routes.route({
    method: 'POST',
    url: '/v1/tasks/:task_id/cancel',
    config: { access: 'caller' },
    schema: {
      operationId: 'cancelTask',
      summary: 'Cancel an unfinished task',
      description:
        'The reserved credits are refunded in full. What has been sent to a service that bills it goes on and is charged: ' +
        'then the answer is 409 `task_not_cancellable`.',
      tags: ['Tasks'],
      params: TaskId,
      response: { 200: TaskSchema, ...describeErrors(400, 401, 402, 404, 409, 429, 500, 503) },
    },
    handler: async (request) => {
      if (!isTaskId(request.params.task_id)) throw invalidTaskId();
      const task = await cancel(context, request.caller.account_id, request.params.task_id);
      return await showTask(context, task, readOrigin(request));
    },
  });

  routes.route({
    method: 'GET',
    url: '/v1/tasks',
    config: { access: 'caller' },
    schema: {
      operationId: 'listTasks',
      summary: "List the account's tasks, newest first",
      description: eitherPageDescription,
      tags: ['Tasks'],
      querystring: ListQuery,
      response: { 200: TaskPage, ...describeErrors(400, 401, 402, 404, 429, 500, 503) },
    },
    handler: async (request) => {
      const { account, status, type, model, ...query } = request.query;
      const accountId = await chooseAccount(context, request.caller, account);
      const filter = { status, type, model };
      const { rows, ...rest } = await loadEitherPage<Task>(query, {
        list: 'tasks',
        shape: ['string'],
        keysOf: ({ id }) => [id],
        load: (after, countMax) => listTasksAfter(db, accountId, filter, (after?.[0] as string) ?? null, countMax),
        loadNumbered: (page, pageSize) => listTasks(db, accountId, filter, page, pageSize),
        count: () => counts.read(JSON.stringify([accountId, filter]), () => countTasks(db, accountId, filter)),
      });
      return { data: rows.map(showTaskLine), ...rest };
    },
  });

  routes.route({
    method: 'POST',
    url: '/v1/tasks/batch',
    config: { access: 'caller' },
    schema: {
      operationId: 'getTasks',
      summary: 'Query up to 50 tasks at once',
      description: 'In the order of `task_ids`; ids that are unknown or belong to somebody else are left out.',
      tags: ['Tasks'],
      body: BatchBody,
      response: {
        200: Type.Object({ data: Type.Array(TaskSchema) }),
        ...describeErrors(400, 401, 402, 413, 415, 429, 500, 503),
      },
    },
    handler: async (request) => {
      const found = await listTasksByIds(db, request.body.task_ids.filter(isTaskId));
      const scope = findScope(request.caller);
      const own = new Map(
        found.filter(({ account_id }) => scope === null || account_id === scope).map((task) => [task.id, task]),
      );
      const wanted = [...new Set(request.body.task_ids)].flatMap((id) => own.get(id) ?? []);
      return { data: await showTasks(context, wanted, readOrigin(request)) };
    },
  });
}
