import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type Static, Type } from 'typebox';
import { elementNotFound, findElement } from '../../../elements/index.ts';
import { type Context, deleteElement, listPresetElements } from '../../../flow/index.ts';
import { findTask } from '../../../tasks/index.ts';
import { acceptAnything } from '../../bodies/validate.ts';
import { readOrigin } from '../../connections/read-address.ts';
import { withSchemaTypes } from '../../document/schema-types.ts';
import type { Door } from '../form.ts';
import { presentTasks } from './present-tasks.ts';
import { readId, readObject } from './read-fields.ts';
import { wrap } from './register-tasks.ts';
import { describeEnvelope, describeErrors, KlingTask, ListQuery, tags } from './schema.ts';

const DeleteBody = Type.Object({
  element_id: Type.Union([Type.Integer(), Type.String()], { description: 'Not the id of its task.' }),
});

/** Deleting elements, and the vendor's own. */
export function registerLibrary(app: FastifyInstance, { context }: Door, prefix: string): void {
  const routes = withSchemaTypes(app);
  const hide = prefix !== '';

  for (const [path, operationId] of [
    ['/v1/general/delete-elements', 'deleteKlingElement'],
    ['/v1/general/delete-advanced-elements', 'deleteKlingAdvancedElement'],
  ] as const) {
    app.route({
      method: 'POST',
      url: `${prefix}${path}`,
      config: { access: 'caller' },
      validatorCompiler: acceptAnything,
      schema: {
        hide,
        operationId,
        summary: 'Delete an element',
        description: 'By its `element_id`; answers the task that made it. Both paths are the same.',
        tags,
        body: DeleteBody,
        response: { 200: describeEnvelope(KlingTask), ...describeErrors(400, 401, 429, 500, 503) },
      },
      handler: async (request) => {
        const { element_id } = readObject(request.body);
        return wrap(request, await deleteAndShow(context, request, readId(element_id, 'element_id')));
      },
    });
  }

  routes.route({
    method: 'GET',
    url: `${prefix}/v1/general/advanced-presets-elements`,
    config: { access: 'caller' },
    schema: {
      hide,
      operationId: 'listKlingPresetElements',
      summary: "List the vendor's own elements",
      description: 'With a Kling account; without one the list is empty.',
      tags,
      querystring: ListQuery,
      response: { 200: describeEnvelope(Type.Array(KlingTask)), ...describeErrors(400, 401, 429, 500, 503) },
    },
    handler: async (request, reply) => {
      const presets = context.vendor === null ? [] : await listPresetElements(context);
      return sendExactly(reply, wrap(request, cutPage(presets, request.query).map(presentPreset)));
    },
  });
}

async function deleteAndShow(context: Context, request: FastifyRequest, id: string) {
  const { account_id } = request.caller;
  const { db } = context.database;
  const element = /^[1-9]\d{15}$/.test(id) ? await findElement(db, account_id, Number(id)) : null;
  if (element === null) throw elementNotFound();
  await deleteElement(context, account_id, element.id);
  const task = element.task_id === null ? null : await findTask(db, account_id, element.task_id);
  if (task !== null) return (await presentTasks(context, [task], readOrigin(request)))[0];
  // One that was imported or taken over has no task here.
  return presentWithoutTask(id, context.clock.now());
}

/** The vendor's lists come whole. */
export function cutPage<T>(all: readonly T[], { pageNum = 1, pageSize = 30 }: Static<typeof ListQuery>): T[] {
  return all.slice((pageNum - 1) * pageSize, pageNum * pageSize);
}

/** A thing that is there and that no task here has made, in the envelope of one. */
export function presentWithoutTask(id: string, at: Date, result?: object) {
  return {
    task_id: id,
    task_status: 'succeed' as const,
    task_status_msg: '',
    task_info: {},
    ...(result === undefined ? {} : { task_result: result }),
    created_at: at.getTime(),
    updated_at: at.getTime(),
  };
}

const rawJson = (JSON as unknown as { rawJSON(text: string): unknown }).rawJSON;

/** Nobody tells when the vendor made them. */
function presentPreset(element: Awaited<ReturnType<typeof listPresetElements>>[number]) {
  const { element_id, element_name, element_description, reference_type, frontal_image, voice_id } = element;
  const shown = {
    element_id: rawJson(element_id),
    element_name,
    element_description,
    reference_type,
    ...(frontal_image === null ? {} : { element_image_list: { frontal_image, refer_images: [] } }),
    ...(voice_id === null ? {} : { element_voice_info: { voice_id } }),
    tag_list: [],
    owned_by: 'kling',
    status: 'succeed',
  };
  return presentWithoutTask(element_id, new Date(0), { elements: [shown] });
}

/** With whole numbers of any length. */
function sendExactly(reply: FastifyReply, body: object): FastifyReply {
  return reply.type('application/json; charset=utf-8').serializer(JSON.stringify).send(body);
}
