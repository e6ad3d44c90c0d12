import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import { getKeyAllowance } from '../../accounts/index.ts';
import type { Context } from '../../context.ts';
import { getBalance, presentCredits } from '../../credits/index.ts';
import { authenticate } from '../authenticate.ts';
import { describeErrors } from '../describe-api.ts';

const Credits = Type.Object(
  {
    success: Type.Boolean(),
    message: Type.String(),
    data: Type.Object({
      token: Type.Object(
        {
          remaining_credits: Type.Number({
            description: "What the key may still spend; the account's credits when it has no limit.",
          }),
          used_credits: Type.Number(),
          unlimited_credits: Type.Boolean({ description: 'Whether the key has no limit of its own.' }),
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

export function registerCredits(app: FastifyInstance, context: Context): void {
  app.route({
    method: 'GET',
    url: '/v1/credits',
    onRequest: authenticate(context),
    schema: {
      operationId: 'getCredits',
      summary: 'Credits of the key and its account',
      tags: ['Account'],
      response: { 200: Credits, ...describeErrors(401, 402, 500, 503) },
    },
    handler: async ({ caller }) => {
      const { db } = context.database;
      const [allowance, balance] = await Promise.all([
        getKeyAllowance(db, caller.key_id, context.clock.now()),
        getBalance(db, caller.account_id),
      ]);
      return {
        success: true,
        message: '',
        data: {
          token: {
            remaining_credits: presentCredits(allowance.remaining_microcredits ?? balance.available_microcredits),
            used_credits: presentCredits(allowance.used_microcredits),
            unlimited_credits: allowance.remaining_microcredits === null,
          },
          user: {
            remaining_credits: presentCredits(balance.available_microcredits),
            used_credits: presentCredits(balance.spent_microcredits),
            reserved_credits: presentCredits(balance.reserved_microcredits),
          },
        },
      };
    },
  });
}
