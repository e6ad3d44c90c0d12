import type { FastifyInstance, FastifyRequest } from 'fastify';
import { type TSchema, Type } from 'typebox';
import { accept } from '../../../flow/index.ts';
import { AppError } from '../../../lib/errors.ts';
import { listTasks } from '../../../tasks/index.ts';
import { acceptAnything } from '../../bodies/validate.ts';
import { readOrigin } from '../../connections/read-address.ts';
import { withSchemaTypes } from '../../document/schema-types.ts';
import { readIdempotencyKey } from '../../read-idempotency-key.ts';
import { renameFields } from '../../rename-fields.ts';
import { tellIgnoredFields } from '../../tell-ignored-fields.ts';
import type { Door } from '../form.ts';
import { fieldNames } from './field-names.ts';
import { findNamedTask } from './find-named-task.ts';
import { klingCallbackForm } from './present-callback.ts';
import { presentTasks } from './present-tasks.ts';
import { readExternalTaskId } from './read-fields.ts';
import type { ReadRequest } from './read-video-request.ts';
import { describeEnvelope, describeErrors, KlingTask, ListQuery, TaskParams, tags } from './schema.ts';

/** A thing that the form makes: where it is asked for, and which models stand behind it. */
export interface Product {
  path: string;
  /** In operation ids: `KlingElement`. */
  name: string;
  /** In summaries: `an element`. */
  title: string;
  models: readonly string[];
  body: TSchema;
  read(sent: unknown): ReadRequest;
  /** Another form has the same path at the root. */
  isBelowPrefixOnly?: boolean;
}

/** What every answer of the form says beside its data. */
export const wrap = <T>({ id }: Pick<FastifyRequest, 'id'>, data: T) => ({
  code: 0 as const,
  message: 'SUCCEED',
  request_id: id,
  data,
});

/** POST, list and query of one product, below `prefix`; described in the document without one. */
export function registerTasks(app: FastifyInstance, { context }: Door, product: Product, prefix: string): void {
  const routes = withSchemaTypes(app);
  const { path, name, title, models } = product;
  const hide = prefix !== '';
  const url = `${prefix}${path}`;

  app.route({
    method: 'POST',
    url,
    config: { access: 'caller', startsTask: true },
    validatorCompiler: acceptAnything,
    schema: {
      hide,
      operationId: `create${name}`,
      summary: `Make ${title}`,
      description: 'As the official API has it. What is made is found as a task in every other form too.',
      tags,
      body: product.body,
      response: { 200: describeEnvelope(KlingTask), ...describeErrors(400, 401, 403, 404, 429, 500, 503) },
    },
    handler: async (request, reply) => {
      const externalTaskId = readExternalTaskId(
        (request.body as { external_task_id?: unknown } | null)?.external_task_id,
      );
      const { body, names } = product.read(request.body);
      const submission = {
        caller: request.caller,
        body,
        idempotencyKey: readIdempotencyKey(request.headers['idempotency-key']),
        externalTaskId,
        callbackForm: klingCallbackForm,
      };
      const { task, ignoredFields, replayed } = await accept(context, submission).catch((error: unknown) => {
        throw error instanceof AppError ? renameFields(error, names) : error;
      });
      request.taskId = task.id;
      if (replayed) reply.header('idempotency-replayed', 'true');
      tellIgnoredFields(reply, ignoredFields, [...names, ...fieldNames]);
      const [shown] = await presentTasks(context, [task], readOrigin(request));
      return wrap(request, shown);
    },
  });

  routes.route({
    method: 'GET',
    url,
    config: { access: 'caller' },
    schema: {
      hide,
      operationId: `list${name}s`,
      summary: `List what was made as ${title}`,
      description: 'Newest first, of every form, without dry runs and what was deleted.',
      tags,
      querystring: ListQuery,
      response: { 200: describeEnvelope(Type.Array(KlingTask)), ...describeErrors(400, 401, 429, 500, 503) },
    },
    handler: async (request) => {
      const { pageNum = 1, pageSize = 30 } = request.query;
      const filter = { models, isKept: true };
      const tasks = await listTasks(context.database.db, request.caller.account_id, filter, pageNum, pageSize);
      return wrap(request, await presentTasks(context, tasks, readOrigin(request)));
    },
  });

  routes.route({
    method: 'GET',
    url: `${url}/:id`,
    config: { access: 'caller' },
    schema: {
      hide,
      operationId: `get${name}`,
      summary: `Query ${title}`,
      tags,
      params: TaskParams,
      response: { 200: describeEnvelope(KlingTask), ...describeErrors(400, 401, 429, 500, 503) },
    },
    handler: async (request) => {
      const task = await findNamedTask(context, request.caller.account_id, request.params.id, models);
      const [shown] = await presentTasks(context, [task], readOrigin(request));
      return wrap(request, shown);
    },
  });
}
