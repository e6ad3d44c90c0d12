import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import { AccountRecord } from '../../../../credits/schema.ts';
import { type Context, moveCreditsByKey, openAccountByKey, showAccounts } from '../../../../flow/index.ts';
import { withSchemaTypes } from '../../../document/schema-types.ts';
import { invalidRequest } from '../../../errors.ts';
import { idempotencyKeyHeader, readIdempotencyKey } from '../../../read-idempotency-key.ts';
import { describePage, loadPage, pageFields, readIdBefore } from '../cursor-page.ts';
import { describeErrors } from '../describe-errors.ts';
import { readCredits } from '../read-credits.ts';

const AccountParams = Type.Object({
  account_id: Type.String({
    pattern: '^[1-9][0-9]{0,14}$',
    'x-rule': 'must be the id of an account',
    examples: ['2'],
  }),
});

const CreateBody = Type.Object(
  {
    name: Type.String({
      minLength: 1,
      maxLength: 64,
      'x-text': 'name',
      'x-rule': 'must hold something visible, no control characters and none that change the direction of text',
      description: 'No other account has it.',
    }),
  },
  { additionalProperties: false },
);

const MoveBody = Type.Object(
  {
    credits: Type.Number({ description: 'At most six decimals, not 0; negative to withdraw.', examples: [100] }),
    note: Type.Optional(
      Type.String({
        maxLength: 500,
        'x-text': 'plain',
        'x-rule': 'must hold no control characters',
        description: 'Kept with the transfer.',
      }),
    ),
  },
  { additionalProperties: false },
);

/** Accounts and their credits, for admins. */
export function registerAccounts(app: FastifyInstance, context: Context): void {
  const routes = withSchemaTypes(app);
  const { db } = context.database;

  routes.route({
    method: 'GET',
    url: '/v1/accounts',
    config: { access: 'admin' },
    schema: {
      operationId: 'listAccounts',
      summary: 'List the accounts, newest first',
      tags: ['Accounts'],
      querystring: Type.Object(pageFields),
      response: { 200: describePage(AccountRecord), ...describeErrors(400, 401, 402, 403, 429, 500, 503) },
    },
    handler: async ({ query }) => {
      const { rows, next_cursor } = await loadPage<AccountRecord>(query, {
        list: 'accounts',
        shape: ['number'],
        keysOf: ({ account_id }) => [account_id],
        load: (after, countMax) => showAccounts(db, readIdBefore(after), countMax),
      });
      return { data: rows, next_cursor };
    },
  });

  routes.route({
    method: 'POST',
    url: '/v1/accounts',
    config: { access: 'admin' },
    schema: {
      operationId: 'createAccount',
      summary: 'Make an account',
      description: 'Without credits and without keys: `POST /v1/keys` with its `account` makes its first one.',
      tags: ['Accounts'],
      body: CreateBody,
      response: { 200: AccountRecord, ...describeErrors(400, 401, 402, 403, 413, 415, 429, 500, 503) },
    },
    handler: async ({ caller, body }) => await openAccountByKey(context, caller, body.name),
  });

  routes.route({
    method: 'POST',
    url: '/v1/accounts/:account_id/credits',
    config: { access: 'admin' },
    schema: {
      operationId: 'moveCredits',
      summary: 'Top an account up, or withdraw',
      description:
        'Answers the account as it is then. What tasks have reserved or used can not be withdrawn. With an `Idempotency-Key` ' +
        'the credits move exactly once, however often the request is repeated; without one, each request moves them.',
      tags: ['Accounts'],
      params: AccountParams,
      headers: idempotencyKeyHeader('The same key with the same body moves the credits once.'),
      body: MoveBody,
      response: { 200: AccountRecord, ...describeErrors(400, 401, 402, 403, 404, 409, 413, 415, 429, 500, 503) },
    },
    handler: async ({ caller, params, body, headers }, reply) => {
      const { account, replayed } = await moveCreditsByKey(context, caller, {
        account_id: Number(params.account_id),
        amount_microcredits: readAmount(body.credits),
        note: body.note,
        idempotency_key: readIdempotencyKey(headers['idempotency-key']),
      });
      if (replayed) reply.header('idempotency-replayed', 'true');
      return account;
    },
  });
}

function readAmount(credits: number): number {
  const amount = Math.sign(credits) * readCredits('credits', Math.abs(credits));
  if (amount !== 0) return amount;
  throw invalidRequest({ param: 'credits', message: 'credits: is 0, must be more, or less to withdraw' });
}
