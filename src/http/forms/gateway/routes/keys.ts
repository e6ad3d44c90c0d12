import type { FastifyInstance } from 'fastify';
import { type Static, Type } from 'typebox';
import {
  type ApiKey,
  findScope,
  getKey,
  type KeyChange,
  keyNotFound,
  listKeysBefore,
  presentKey,
  roles,
} from '../../../../accounts/index.ts';
import { KeyRecord } from '../../../../accounts/schema.ts';
import { type Context, createKeyByKey, deleteKeyByKey, editKeyByKey } from '../../../../flow/index.ts';
import { parseIsoTime } from '../../../../lib/parse-iso-time.ts';
import { showValue } from '../../../../lib/show-value.ts';
import { listModels } from '../../../../models/index.ts';
import { withSchemaTypes } from '../../../document/schema-types.ts';
import { invalidRequest } from '../../../errors.ts';
import { accountFields, chooseAccount } from '../choose-account.ts';
import { describePage, loadPage, pageFields, readIdBefore } from '../cursor-page.ts';
import { describeErrors } from '../describe-errors.ts';
import { readCredits } from '../read-credits.ts';

const KeyParams = Type.Object({
  key_id: Type.String({ pattern: '^[1-9][0-9]{0,14}$', 'x-rule': 'must be the id of a key', examples: ['7'] }),
});

const name = Type.String({
  minLength: 1,
  maxLength: 64,
  'x-text': 'name',
  'x-rule': 'must hold something visible, no control characters and none that change the direction of text',
  description: 'To tell keys apart; need not be unique.',
});

const limit = (description: string) =>
  Type.Optional(Type.Unsafe<number | null>({ type: ['number', 'null'], minimum: 0, description }));

const bounds = {
  allowed_models: Type.Optional(
    Type.Unsafe<string[] | null>({
      type: ['array', 'null'],
      items: { type: 'string', maxLength: 100 },
      minItems: 1,
      maxItems: 100,
      description: 'Models that it may use; null for all.',
    }),
  ),
  total_limit_credits: limit('What it may spend in all, at most six decimals; null for no limit.'),
  daily_limit_credits: limit('What it may spend from midnight to midnight UTC; null for no limit.'),
  expires_at: Type.Optional(
    Type.Unsafe<string | null>({
      type: ['string', 'null'],
      maxLength: 40,
      description: 'When it ends: an ISO 8601 date in UTC, or a time with its offset; null for never.',
      examples: ['2030-01-31T12:00:00Z'],
    }),
  ),
};

// A misspelt limit would be no limit, so that no other field is taken.
const CreateBody = Type.Object(
  {
    name,
    role: Type.Optional(Type.Enum([...roles], { type: 'string', default: 'caller' })),
    account: Type.Optional(
      Type.Union([Type.Integer({ minimum: 1, maximum: 999_999_999_999_999 }), accountFields.account], {
        description: "Id or name of its account, by default the asking key's; another one only for an admin.",
      }),
    ),
    pair: Type.Optional(
      Type.Boolean({
        description:
          'Whether it has a pair too, for programs that sign as clients of the official Kling API do: the answer holds `access_key` and `secret_key`.',
      }),
    ),
    ...bounds,
  },
  { additionalProperties: false },
);

const ChangeBody = Type.Object(
  {
    name: Type.Optional(name),
    disabled: Type.Optional(Type.Boolean({ description: 'Refused everywhere at once; false takes it back.' })),
    ...bounds,
  },
  { additionalProperties: false },
);

const CreatedKey = Type.Object(
  {
    ...KeyRecord.properties,
    key: Type.String({ description: 'The key itself, shown this once.', examples: ['sk-troupe…'] }),
    secret_key: Type.Optional(Type.String({ description: 'The secret half of its pair, shown this once.' })),
  },
  { title: 'CreatedKey' },
);

const Deleted = Type.Object({ key_id: Type.Integer(), status: Type.Literal('deleted') });

/** The keys of an account, for managers; of all accounts for admins. */
export function registerKeys(app: FastifyInstance, context: Context): void {
  const routes = withSchemaTypes(app);
  const { db } = context.database;

  routes.route({
    method: 'GET',
    url: '/v1/me',
    config: { access: 'caller' },
    schema: {
      operationId: 'getMe',
      summary: 'The key that asks',
      description: 'Its record, with its account and role.',
      tags: ['Keys'],
      response: { 200: KeyRecord, ...describeErrors(401, 402, 429, 500, 503) },
    },
    handler: async ({ caller }) => presentKey(await getKey(db, caller.key_id, context.clock.now())),
  });

  routes.route({
    method: 'GET',
    url: '/v1/keys',
    config: { access: 'manager' },
    schema: {
      operationId: 'listKeys',
      summary: "List the account's keys, newest first",
      description: 'An admin sees those of all accounts, or of the one that it names.',
      tags: ['Keys'],
      querystring: Type.Object({ ...pageFields, ...accountFields }),
      response: { 200: describePage(KeyRecord), ...describeErrors(400, 401, 402, 403, 404, 429, 500, 503) },
    },
    handler: async ({ caller, query: { account, ...query } }) => {
      const scope = account === undefined ? findScope(caller) : await chooseAccount(context, caller, account);
      const { rows, next_cursor } = await loadPage<ApiKey>(query, {
        list: 'keys',
        shape: ['number'],
        keysOf: ({ id }) => [id],
        load: (after, countMax) => listKeysBefore(db, scope, readIdBefore(after), countMax, context.clock.now()),
      });
      return { data: rows.map(presentKey), next_cursor };
    },
  });

  routes.route({
    method: 'POST',
    url: '/v1/keys',
    config: { access: 'manager' },
    schema: {
      operationId: 'createKey',
      summary: 'Make a key',
      description:
        'A key can give no more than it has itself: role, models, limits and end. What the request leaves out, the new key ' +
        'has like the asking one; its role is then `caller`.',
      tags: ['Keys'],
      body: CreateBody,
      response: { 200: CreatedKey, ...describeErrors(400, 401, 402, 403, 404, 413, 415, 429, 500, 503) },
    },
    handler: async ({ caller, body }) => {
      const { name, role, account, pair: hasPair, ...rest } = body;
      const account_id = await chooseAccount(context, caller, account === undefined ? undefined : String(account));
      const order = { account_id, name, role, pair: hasPair, ...readBounds(rest) };
      const { key, pair, record } = await createKeyByKey(context, caller, order);
      return { ...presentKey(record), key, ...(pair === null ? {} : { secret_key: pair.secret_key }) };
    },
  });

  registerKey(app, context);
}

/** The routes of one key. */
function registerKey(app: FastifyInstance, context: Context): void {
  const routes = withSchemaTypes(app);
  const { db } = context.database;

  routes.route({
    method: 'GET',
    url: '/v1/keys/:key_id',
    config: { access: 'manager' },
    schema: {
      operationId: 'getKey',
      summary: 'Look at a key',
      tags: ['Keys'],
      params: KeyParams,
      response: { 200: KeyRecord, ...describeErrors(400, 401, 402, 403, 404, 429, 500, 503) },
    },
    handler: async ({ caller, params }) => {
      const keyId = Number(params.key_id);
      const key = await getKey(db, keyId, context.clock.now());
      const scope = findScope(caller);
      if (scope !== null && key.account_id !== scope) throw keyNotFound(keyId);
      return presentKey(key);
    },
  });

  routes.route({
    method: 'PATCH',
    url: '/v1/keys/:key_id',
    config: { access: 'manager' },
    schema: {
      operationId: 'changeKey',
      summary: 'Change a key',
      description:
        'What is left out stays. It holds at once in the process that answers and within a second in all others. No key can ' +
        'disable or end itself, nor change one of a higher role; what it adds to a key must be within what it has itself.',
      tags: ['Keys'],
      params: KeyParams,
      body: ChangeBody,
      response: { 200: KeyRecord, ...describeErrors(400, 401, 402, 403, 404, 413, 415, 429, 500, 503) },
    },
    handler: async ({ caller, params, body: { name, disabled, ...rest } }) => {
      const change: KeyChange = { name, disabled, ...readBounds(rest) };
      if (Object.values(change).every((value) => value === undefined)) {
        throw invalidRequest({ param: 'body', message: 'body: names nothing that is to change' });
      }
      return presentKey(await editKeyByKey(context, caller, Number(params.key_id), change));
    },
  });

  routes.route({
    method: 'DELETE',
    url: '/v1/keys/:key_id',
    config: { access: 'manager' },
    schema: {
      operationId: 'deleteKey',
      summary: 'Delete a key',
      description: 'For good, and at once as a change. Its tasks and elements stay with the account.',
      tags: ['Keys'],
      params: KeyParams,
      response: { 200: Deleted, ...describeErrors(400, 401, 402, 403, 404, 429, 500, 503) },
    },
    handler: async ({ caller, params }) => {
      const key_id = Number(params.key_id);
      await deleteKeyByKey(context, caller, key_id);
      return { key_id, status: 'deleted' as const };
    },
  });
}

type Bounds = Pick<
  Static<typeof ChangeBody>,
  'allowed_models' | 'total_limit_credits' | 'daily_limit_credits' | 'expires_at'
>;

function readBounds({ allowed_models, total_limit_credits, daily_limit_credits, expires_at }: Bounds) {
  return {
    allowed_models: allowed_models && readModels(allowed_models),
    total_limit_microcredits: readCredits('total_limit_credits', total_limit_credits),
    daily_limit_microcredits: readCredits('daily_limit_credits', daily_limit_credits),
    expires_at: typeof expires_at === 'string' ? readTime(expires_at) : expires_at,
  };
}

/** A key for a model that nobody knows would be refused everything, and nobody would see why. */
function readModels(names: readonly string[]): string[] {
  const known = listModels().map(({ id }) => id);
  const unknown = names.findIndex((name) => !known.includes(name));
  if (unknown !== -1) {
    const param = `allowed_models[${unknown}]`;
    throw invalidRequest({ param, message: `${param}: there is no such model; GET /v1/models lists them` });
  }
  return [...new Set(names)];
}

function readTime(text: string): Date {
  const time = parseIsoTime(text);
  if (time !== null) return time;
  const rule = `is ${showValue(text)}, must be an ISO 8601 date, or a time with its offset like 2030-01-31T12:00:00Z`;
  throw invalidRequest({ param: 'expires_at', message: `expires_at: ${rule}` });
}
