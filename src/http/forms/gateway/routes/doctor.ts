import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import { checkLedger } from '../../../../credits/index.ts';
import { Discrepancy } from '../../../../credits/schema.ts';
import { Diagnosis } from '../../../../doctor/schema.ts';
import type { Context } from '../../../../flow/index.ts';
import { withSchemaTypes } from '../../../document/schema-types.ts';
import { describeErrors } from '../describe-errors.ts';

/** What an admin asks of the server as a whole. */
export function registerDoctor(app: FastifyInstance, context: Context): void {
  const routes = withSchemaTypes(app);
  const errors = describeErrors(400, 401, 402, 403, 429, 500, 503);

  routes.route({
    method: 'GET',
    url: '/v1/doctor',
    config: { access: 'admin' },
    schema: {
      operationId: 'getDiagnosis',
      summary: 'What is missing or wrong at this server',
      description:
        'Looks at database, storage, video programs, disks, memory, clock, public address and Kling credentials of the process that ' +
        'answers, as `troupe doctor` does on its machine; each part that is wrong says how to mend it.',
      tags: ['Server'],
      response: { 200: Diagnosis, ...errors },
    },
    handler: async () => await context.examine(),
  });

  routes.route({
    method: 'GET',
    url: '/v1/ledger/check',
    config: { access: 'admin' },
    schema: {
      operationId: 'checkLedger',
      summary: 'Replay the ledger against the balances',
      description: 'Reads every transfer: some seconds for each half a million tasks.',
      tags: ['Credits'],
      querystring: Type.Object({
        at_rest: Type.Optional(
          Type.Union([Type.Literal('true'), Type.Literal('false')], {
            description: '`true`: no task is unfinished, and an open reservation is wrong too.',
          }),
        ),
      }),
      response: {
        200: Type.Object(
          {
            whole: Type.Boolean({ description: 'Whether nothing is wrong.' }),
            discrepancies: Type.Array(Discrepancy),
          },
          { title: 'LedgerCheck' },
        ),
        ...errors,
      },
    },
    handler: async ({ query }) => {
      const discrepancies = await checkLedger(context.database.db, { at_rest: query.at_rest === 'true' });
      return { whole: discrepancies.length === 0, discrepancies };
    },
  });
}
