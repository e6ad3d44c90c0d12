import type { FastifyInstance } from 'fastify';
import { type Static, Type } from 'typebox';
import {
  type Context,
  deleteVoiceByKey,
  grantVoiceByKey,
  listPresetElements,
  listUsableVoices,
  orderVoice,
  revokeVoiceByKey,
} from '../../../../flow/index.ts';
import { withSchemaTypes } from '../../../document/schema-types.ts';
import type { OpenStreams } from '../../../open-streams.ts';
import { accountFields, chooseAccount } from '../choose-account.ts';
import { describePage, loadPage, type PageQuery, pageFields } from '../cursor-page.ts';
import { describeErrors } from '../describe-errors.ts';

const nullableText = Type.Union([Type.String(), Type.Null()]);

const PresetElement = Type.Object(
  {
    element_id: Type.String({ description: "The vendor's id." }),
    element_name: Type.String(),
    element_description: Type.String(),
    reference_type: Type.Union([Type.Literal('image_refer'), Type.Literal('video_refer')]),
    frontal_image: nullableText,
    voice_id: nullableText,
  },
  { title: 'PresetElement' },
);

const Voice = Type.Object(
  {
    voice_id: Type.String({ description: 'For `element_voice_id`.' }),
    voice_name: Type.String(),
    trial_url: Type.Union([Type.String(), Type.Null()], { description: 'Where it can be heard.' }),
    is_preset: Type.Boolean({ description: "The vendor's, which is everybody's." }),
  },
  { title: 'Voice' },
);

const OrderedVoice = Type.Object(
  {
    status: Type.Union([Type.Literal('made'), Type.Literal('in_progress')], {
      description: '`in_progress` after a minute: it is in the list once it is made, and has to be granted then.',
    }),
    task_id: Type.String({ description: "The vendor's." }),
    kling_account: Type.String({
      description:
        'Which of the Kling accounts of the settings makes it: an element with this voice can be made there alone.',
      examples: ['default'],
    }),
    voice: Type.Union([Voice, Type.Null()]),
  },
  { title: 'OrderedVoice' },
);

const VoiceParams = Type.Object({ voice_id: Type.String({ minLength: 1, maxLength: 64, pattern: '^[\\w-]+$' }) });

const OrderBody = Type.Object(
  {
    voice_name: Type.String({ minLength: 1, maxLength: 20, 'x-text': 'name' }),
    voice_url: Type.String({
      maxLength: 2048,
      pattern: '^https?://',
      'x-rule': 'must be an http or https URL',
      description: 'Public address of MP3, WAV, MP4 or MOV, 5 to 30 s, one clean voice.',
    }),
    ...accountFields,
    kling_account: Type.Optional(
      Type.String({
        maxLength: 64,
        'x-text': 'plain',
        description: 'Which Kling account makes it, where the settings name several. Default: the first that takes it.',
      }),
    ),
  },
  { additionalProperties: false },
);

const GrantBody = Type.Object(accountFields, { additionalProperties: false });

/** What a Kling account has besides: the vendor's elements, and voices. Without one each answers 404 `engine_not_available`. */
export function registerVoices(app: FastifyInstance, context: Context, streams: OpenStreams): void {
  const routes = withSchemaTypes(app);
  const errors = describeErrors(400, 401, 402, 403, 404, 429, 500, 503);
  const bodyErrors = { ...errors, ...describeErrors(413, 415) };

  routes.route({
    method: 'GET',
    url: '/v1/elements/presets',
    config: { access: 'caller' },
    schema: {
      operationId: 'listPresetElements',
      summary: "List the vendor's own elements",
      description:
        'With a Kling account. Their ids belong to the vendor: `troupe elements adopt` makes one an element here.',
      tags: ['Elements'],
      querystring: Type.Object(pageFields),
      response: { 200: describePage(PresetElement), ...errors },
    },
    handler: async ({ query }) => await pageOf('presets', query, await listPresetElements(context)),
  });

  routes.route({
    method: 'GET',
    url: '/v1/voices',
    config: { access: 'caller' },
    schema: {
      operationId: 'listVoices',
      summary: 'List the voices that the account may bind to elements',
      description: "Those granted to it, then the vendor's; an admin sees all of the Kling account.",
      tags: ['Voices'],
      querystring: Type.Object(pageFields),
      response: { 200: describePage(Voice), ...errors },
    },
    handler: async ({ query, caller }) =>
      await pageOf('voices', query, await listUsableVoices(context, caller, caller.account_id)),
  });

  routes.route({
    method: 'POST',
    url: '/v1/voices',
    config: { access: 'admin' },
    schema: {
      operationId: 'createVoice',
      summary: 'Have a voice made of a recording',
      description: 'The vendor charges the Kling account for it. Granted to `account`, by default that of the key.',
      tags: ['Voices'],
      body: OrderBody,
      response: { 200: OrderedVoice, ...bodyErrors },
    },
    handler: async (request) => {
      const { body, caller } = request;
      const account_id = await chooseAccount(context, caller, body.account);
      const { voice_name: name, voice_url: url, kling_account: at } = body;
      const order = { name, url, account_id, kling_account: at };
      using stream = streams.open(request);
      const { voice, ...ordered } = await orderVoice(context, caller, order, stream.signal);
      return { status: voice === null ? ('in_progress' as const) : ('made' as const), ...ordered, voice };
    },
  });

  routes.route({
    method: 'DELETE',
    url: '/v1/voices/:voice_id',
    config: { access: 'admin' },
    schema: {
      operationId: 'deleteVoice',
      summary: 'Delete a voice from the Kling account',
      tags: ['Voices'],
      params: VoiceParams,
      response: {
        200: Type.Object({ voice_id: Type.String(), deleted: Type.Literal(true) }),
        ...errors,
      },
    },
    handler: async ({ params: { voice_id }, caller }) => {
      await deleteVoiceByKey(context, caller, voice_id);
      return { voice_id, deleted: true as const };
    },
  });

  for (const [method, operationId, summary, granted] of [
    ['POST', 'grantVoice', 'Let an account bind a voice to its elements', true],
    ['DELETE', 'revokeVoice', 'Take a voice back from an account; elements that have it keep it', false],
  ] as const) {
    routes.route({
      method,
      url: '/v1/voices/:voice_id/grants',
      config: { access: 'admin' },
      schema: {
        operationId,
        summary,
        tags: ['Voices'],
        params: VoiceParams,
        ...(granted ? { body: GrantBody } : { querystring: Type.Object(accountFields) }),
        response: {
          200: Type.Object({ voice_id: Type.String(), account_id: Type.Integer(), granted: Type.Boolean() }),
          ...(granted ? bodyErrors : errors),
        },
      },
      handler: async ({ params: { voice_id }, body, query, caller }) => {
        const { account } = (granted ? body : query) as Static<typeof GrantBody>;
        const account_id = await chooseAccount(context, caller, account);
        await (granted ? grantVoiceByKey : revokeVoiceByKey)(context, caller, voice_id, account_id);
        return { voice_id, account_id, granted };
      },
    });
  }
}

/** The lists of the vendor come whole: a page is a part of what there is now. */
async function pageOf<Row>(list: string, query: PageQuery, all: readonly Row[]) {
  const numbered = all.map((row, at) => ({ row, at }));
  const { rows, next_cursor } = await loadPage<{ row: Row; at: number }>(query, {
    list,
    shape: ['number'],
    keysOf: ({ at }) => [at],
    load: async (after, countMax) => numbered.slice(after === null ? 0 : Number(after[0]) + 1).slice(0, countMax),
  });
  return { data: rows.map(({ row }) => row), next_cursor };
}
