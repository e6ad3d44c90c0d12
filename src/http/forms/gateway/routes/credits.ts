import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import { type Context, showCredits } from '../../../../flow/index.ts';
import type { AppError } from '../../../../lib/errors.ts';
import { type ErrorAnswer, sendError } from '../../../send-error.ts';
import { describeErrors } from '../describe-errors.ts';
import { presentError } from '../present-error.ts';
import { CreditsErrorBody } from '../schema.ts';

const Credits = Type.Object(
  {
    success: Type.Boolean(),
    message: Type.String(),
    data: Type.Object({
      token: Type.Object(
        {
          remaining_credits: Type.Number({
            description:
              "What the key may still spend now: the least of its total limit's rest, today's and the account's.",
          }),
          used_credits: Type.Number(),
          unlimited_credits: Type.Boolean({
            description: 'Whether the key has neither a total nor a daily limit of its own.',
          }),
        },
        { description: 'The key of this request.' },
      ),
      user: Type.Object(
        {
          remaining_credits: Type.Number({ description: 'What can be reserved now.' }),
          used_credits: Type.Number({ description: 'What was charged.' }),
          reserved_credits: Type.Number({ description: 'What unfinished tasks hold.' }),
        },
        { description: 'The account that the key belongs to.' },
      ),
    }),
  },
  { title: 'Credits' },
);

/** `GET /v1/credits`. */
export function registerCredits(app: FastifyInstance, context: Context): void {
  app.route({
    method: 'GET',
    url: '/v1/credits',
    config: { access: 'caller' },
    schema: {
      operationId: 'getCredits',
      summary: 'Credits of the key and its account',
      tags: ['Account'],
      response: { 200: Credits, ...describeCreditsErrors(401, 402, 429, 500, 503) },
    },
    errorHandler: (error, request, reply) => sendError(context.log, error, request, reply, presentCreditsError),
    handler: async ({ caller }) => ({ success: true, message: '', data: await showCredits(context, caller) }),
  });
}

/** Contract, §4.2: on this page alone `code` is the status, and the family of 500 has another name. */
function presentCreditsError(error: AppError, requestId: string): ErrorAnswer {
  const { code, type, ...rest } = presentError(error, requestId).error;
  const family = error.status === 500 ? 'internal_server_error' : type;
  const { status } = error;
  return { status, body: { error: { code: status, ...rest, type: family, reason: code } } };
}

function describeCreditsErrors(...statuses: number[]) {
  const described = Object.entries(describeErrors(...statuses));
  return Object.fromEntries(
    described.map(([status, { description }]) => [status, { ...CreditsErrorBody, description }]),
  );
}
