import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import type { CallbackSecret } from '../../../../accounts/index.ts';
import { type Context, listSecrets, rotateSecretOf } from '../../../../flow/index.ts';
import { withSchemaTypes } from '../../../document/schema-types.ts';
import { describeErrors } from '../describe-errors.ts';

const SecretList = Type.Object({
  data: Type.Array(
    Type.Object(
      {
        secret: Type.String({ examples: ['whsec_…'] }),
        created_at: Type.String({ format: 'date-time' }),
        expires_at: Type.Unsafe<string | null>({
          type: ['string', 'null'],
          format: 'date-time',
          description: 'From then on it signs no more; null of the newest.',
        }),
      },
      { title: 'CallbackSecret' },
    ),
  ),
});

/** What an account's callbacks are signed with, for its managers. */
export function registerCallbackSecrets(app: FastifyInstance, context: Context): void {
  const routes = withSchemaTypes(app);
  const tags = ['Callbacks'];

  routes.route({
    method: 'GET',
    url: '/v1/callbacks/secrets',
    config: { access: 'manager' },
    schema: {
      operationId: 'listCallbackSecrets',
      summary: "The secrets that the account's callbacks are signed with",
      description: 'The newest first; an older one signs beside it until `expires_at`.',
      tags,
      response: { 200: SecretList, ...describeErrors(401, 402, 403, 429, 500, 503) },
    },
    handler: async ({ caller }) => ({ data: (await listSecrets(context, caller.account_id)).map(presentSecret) }),
  });

  routes.route({
    method: 'POST',
    url: '/v1/callbacks/secrets/rotate',
    config: { access: 'manager', sendsCallback: true },
    schema: {
      operationId: 'rotateCallbackSecret',
      summary: 'Make a new secret for callbacks',
      description:
        'The old one is valid beside it for 24 hours, and both sign. Answers those that are valid, the new one first.',
      tags,
      response: { 200: SecretList, ...describeErrors(401, 402, 403, 409, 429, 500, 503) },
    },
    handler: async ({ caller }) => {
      const secrets = await rotateSecretOf(context, caller);
      return { data: secrets.map(presentSecret) };
    },
  });
}

function presentSecret({ secret, created_at, expires_at }: CallbackSecret) {
  return { secret, created_at: created_at.toISOString(), expires_at: expires_at?.toISOString() ?? null };
}
