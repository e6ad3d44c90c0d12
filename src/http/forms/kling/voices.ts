import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import { hasRole } from '../../../accounts/index.ts';
import type { VendorVoice } from '../../../engines/index.ts';
import { deleteVoiceByKey, findOrderedVoice, listUsableVoices, orderVoice } from '../../../flow/index.ts';
import { taskNotFound } from '../../../tasks/index.ts';
import { withSchemaTypes } from '../../document/schema-types.ts';
import type { Door } from '../form.ts';
import { cutPage, presentWithoutTask } from './library.ts';
import { wrap } from './register-tasks.ts';
import { describeEnvelope, describeErrors, KlingTask, ListQuery, TaskParams, tags } from './schema.ts';

const OrderBody = Type.Object({
  voice_name: Type.String({ minLength: 1, maxLength: 20, 'x-text': 'name' }),
  voice_url: Type.String({
    maxLength: 2048,
    pattern: '^https?://',
    'x-rule': 'must be an http or https URL',
    description: 'Public address of MP3, WAV, MP4 or MOV, 5 to 30 s, one clean voice.',
  }),
});

const DeleteBody = Type.Object({
  voice_id: Type.String({ pattern: '^[\\w-]{1,64}$', 'x-rule': 'must be the id of a voice' }),
});

const now = (context: Door['context']) => context.clock.now();

/** The voices of the server's Kling account, as `/v1/voices` has them; without one every list is empty. */
export function registerVoices(app: FastifyInstance, { context, streams }: Door, prefix: string): void {
  const routes = withSchemaTypes(app);
  const hide = prefix !== '';
  const path = `${prefix}/v1/general/custom-voices`;
  const list = { 200: describeEnvelope(Type.Array(KlingTask)), ...describeErrors(400, 401, 429, 500, 503) };
  const one = { 200: describeEnvelope(KlingTask), ...describeErrors(400, 401, 403, 404, 429, 500, 503) };

  for (const [url, operationId, isPreset, summary] of [
    [path, 'listKlingVoices', false, 'List the voices that were granted to the account'],
    [`${prefix}/v1/general/presets-voices`, 'listKlingPresetVoices', true, "List the vendor's voices"],
  ] as const) {
    routes.route({
      method: 'GET',
      url,
      config: { access: 'caller' },
      schema: { hide, operationId, summary, tags, querystring: ListQuery, response: list },
      handler: async (request) => {
        const { caller, query } = request;
        const all = context.vendor === null ? [] : await listUsableVoices(context, caller, caller.account_id);
        const page = cutPage(
          all.filter((voice) => voice.is_preset === isPreset),
          query,
        );
        return wrap(
          request,
          page.map((voice) => presentVoice(voice, new Date(0))),
        );
      },
    });
  }

  routes.route({
    method: 'POST',
    url: path,
    config: { access: 'admin' },
    schema: {
      hide,
      operationId: 'createKlingVoice',
      summary: 'Have a voice made of a recording',
      description:
        'The vendor charges the Kling account for it, so that it takes an admin. Answers when it is made, after 60 s at the latest.',
      tags,
      body: OrderBody,
      response: one,
    },
    handler: async (request) => {
      const { caller, body } = request;
      const order = { name: body.voice_name, url: body.voice_url, account_id: caller.account_id };
      using stream = streams.open(request);
      const { task_id, voice } = await orderVoice(context, caller, order, stream.signal);
      return wrap(request, voice === null ? presentOrder(task_id, now(context)) : presentVoice(voice, now(context)));
    },
  });

  routes.route({
    method: 'GET',
    url: `${path}/:id`,
    config: { access: 'caller' },
    schema: {
      hide,
      operationId: 'getKlingVoice',
      summary: 'Query a voice',
      description: 'By its id; for an admin by the id of the task that makes it, too.',
      tags,
      params: TaskParams,
      response: one,
    },
    handler: async (request) => {
      const { caller, params } = request;
      if (context.vendor === null) throw taskNotFound();
      const usable = await listUsableVoices(context, caller, caller.account_id);
      const known = usable.find(({ voice_id }) => voice_id === params.id);
      if (known !== undefined) return wrap(request, presentVoice(known, now(context)));
      if (!hasRole(caller.role, 'admin')) throw taskNotFound();
      const made = await findOrderedVoice(context, params.id);
      return wrap(request, made === null ? presentOrder(params.id, now(context)) : presentVoice(made, now(context)));
    },
  });

  routes.route({
    method: 'POST',
    url: `${prefix}/v1/general/delete-voices`,
    config: { access: 'admin' },
    schema: {
      hide,
      operationId: 'deleteKlingVoice',
      summary: 'Delete a voice from the Kling account',
      tags,
      body: DeleteBody,
      response: one,
    },
    handler: async (request) => {
      const { voice_id } = request.body;
      await deleteVoiceByKey(context, request.caller, voice_id);
      return wrap(request, presentWithoutTask(voice_id, now(context)));
    },
  });
}

function presentVoice({ voice_id, voice_name, trial_url, is_preset }: VendorVoice, at: Date) {
  const shown = {
    voice_id,
    voice_name,
    ...(trial_url === null ? {} : { trial_url }),
    owned_by: is_preset ? 'kling' : 'account',
  };
  return presentWithoutTask(voice_id, at, { voices: [shown] });
}

/** One that the vendor still makes. */
function presentOrder(taskId: string, at: Date) {
  return { ...presentWithoutTask(taskId, at), task_status: 'processing' as const };
}
