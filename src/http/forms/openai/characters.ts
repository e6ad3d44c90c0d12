import type { FastifyInstance } from 'fastify';
import { type Static, Type } from 'typebox';
import { type AuthenticatedKey, findScope } from '../../../accounts/index.ts';
import { elementNotFound, findElement } from '../../../elements/index.ts';
import { checkFileNames } from '../../../files/index.ts';
import { accept, type Context, deleteFile, readAcceptedRequest, uploadFile } from '../../../flow/index.ts';
import type { Task } from '../../../tasks/index.ts';
import { findTask, isTaskId } from '../../../tasks/index.ts';
import { notAForm } from '../../bodies/errors.ts';
import { formBytesMax, receiveForm } from '../../bodies/receive-upload.ts';
import { acceptAnything } from '../../bodies/validate.ts';
import { withSchemaTypes } from '../../document/schema-types.ts';
import { renameFieldsIn } from '../../rename-fields.ts';
import { waitForEnd } from '../../wait-for-task.ts';
import type { Door } from '../form.ts';
import { fieldNames } from './field-names.ts';
import { Character, CharacterForm, describeErrors } from './schema.ts';

const tags = ['OpenAI videos'];

/** Seconds for which a client is kept waiting for its character. */
const waitSeconds = 60;

/** `/v1/videos/characters`: elements made from a clip. */
export function registerCharacters(app: FastifyInstance, { context, settings, streams }: Door): void {
  app.addContentTypeParser('multipart/form-data', (_request, _payload, done) => done(null));
  const routes = withSchemaTypes(app);
  const { fileBytesMax } = context.config.files;

  app.route({
    method: 'POST',
    url: '/v1/videos/characters',
    bodyLimit: fileBytesMax + formBytesMax,
    // The form is read while it comes; the schema only describes it.
    validatorCompiler: acceptAnything,
    config: { access: 'caller', startsTask: true, requestMs: settings.uploadSeconds * 1000 },
    schema: {
      operationId: 'createCharacter',
      summary: 'Make a character from a clip',
      description:
        'An element, as `kling-custom-element` makes one of a clip, at its price. Answers when it is made, after 60 s at the latest: then ' +
        '`status` is `in_progress` and `id` that of the task, by which it can be asked for.',
      tags,
      consumes: ['multipart/form-data'],
      body: CharacterForm,
      response: { 200: Character, ...describeErrors(400, 401, 403, 408, 409, 413, 415, 429, 500, 503) },
    },
    handler: async (request) => {
      if (!/^multipart\/form-data\b/i.test(request.headers['content-type'] ?? '')) throw notAForm();
      const { caller } = request;
      using form = receiveForm(request, 'video');
      const file = await uploadFile(context, {
        accountId: caller.account_id,
        uploadId: null,
        leastBytes: 1,
        mostBytes: fileBytesMax,
        open: async () => (await form.file).bytes,
        describe: async () => {
          await form.fields;
          return checkFileNames({ original_name: (await form.file).name, file_name: '', upload_path: '' });
        },
      });
      const forget = () => deleteFile(context, caller.account_id, file.id).catch(() => undefined);
      try {
        const fields = await form.fields;
        // Before there is a task: clients repeat a 429.
        const stream = streams.open(request);
        try {
          const task = await startCharacter(context, caller, file.id, fields);
          request.taskId = task.id;
          return presentCharacter(await waitForEnd(context, task, waitSeconds, stream));
        } finally {
          stream.close();
        }
      } finally {
        // What an unfinished task was given stays until its end.
        await forget();
      }
    },
  });

  routes.route({
    method: 'GET',
    url: '/v1/videos/characters/:character_id',
    config: { access: 'caller' },
    schema: {
      operationId: 'getCharacter',
      summary: 'Query a character',
      description: 'By its id, or by that of the task that makes it.',
      tags,
      params: Type.Object({ character_id: Type.String({ examples: ['4129876500123456'] }) }),
      response: { 200: Character, ...describeErrors(401, 404, 429, 500, 503) },
    },
    handler: ({ caller, params }) => readCharacter(context, caller, params.character_id),
  });
}

async function startCharacter(
  context: Context,
  caller: AuthenticatedKey,
  fileId: string,
  fields: ReadonlyMap<string, string>,
): Promise<Task> {
  const name = fields.get('name');
  const { task } = await accept(context, {
    caller,
    body: {
      model: 'kling-custom-element',
      model_params: {
        element_name: name,
        element_description: fields.get('description') ?? name,
        reference_type: 'video_refer',
        element_video_list: { refer_videos: [{ video_url: `file:${fileId}` }] },
      },
    },
    idempotencyKey: null,
  });
  return task;
}

/** Throws 404 `element_not_found`, the same for somebody else's. */
async function readCharacter(
  context: Context,
  caller: AuthenticatedKey,
  id: string,
): Promise<Static<typeof Character>> {
  const { db } = context.database;
  const scope = findScope(caller);
  if (isTaskId(id)) {
    const task = await findTask(db, scope, id);
    if (task === null || task.dry_run || readAcceptedRequest(task).kind !== 'element') throw elementNotFound();
    return presentCharacter(task);
  }
  const element = /^[1-9]\d{15}$/.test(id) ? await findElement(db, scope, Number(id)) : null;
  if (element === null) throw elementNotFound();
  return {
    id,
    object: 'character',
    name: element.name,
    created_at: Math.floor(element.created_at.getTime() / 1000),
    status: 'completed',
  };
}

function presentCharacter(task: Task): Static<typeof Character> {
  const request = readAcceptedRequest(task);
  const { element_id = task.id } = (task.result_data ?? {}) as { element_id?: string };
  const { error } = task;
  const message = error === null ? '' : renameFieldsIn(error.message, fieldNames);
  return {
    id: element_id,
    object: 'character',
    name: request.kind === 'element' ? request.element_name : '',
    created_at: Math.floor(task.created_at.getTime() / 1000),
    status: task.status === 'completed' ? 'completed' : task.finished_at === null ? 'in_progress' : 'failed',
    ...(error === null ? {} : { error: { code: error.code, message } }),
  };
}
