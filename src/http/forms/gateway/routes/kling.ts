import type { FastifyInstance } from 'fastify';
import { KlingCheck, KlingStatus } from '../../../../engines/schema.ts';
import { type Context, showUpstream } from '../../../../flow/index.ts';
import { withSchemaTypes } from '../../../document/schema-types.ts';
import { describeErrors } from '../describe-errors.ts';

/** The account at the Kling API, for admins. */
export function registerKling(app: FastifyInstance, context: Context): void {
  const routes = withSchemaTypes(app);
  const { db } = context.database;

  routes.route({
    method: 'GET',
    url: '/v1/kling/status',
    config: { access: 'admin' },
    schema: {
      operationId: 'getKlingStatus',
      summary: 'Balance, slots, stops, spending and failures of the Kling account',
      description: 'What this server knows of it. 503 `service_unavailable` without credentials for it.',
      tags: ['Server'],
      response: { 200: KlingStatus, ...describeErrors(401, 402, 403, 429, 500, 503) },
    },
    handler: async () => await showUpstream(db, context.engines.getReports()),
  });

  routes.route({
    method: 'GET',
    url: '/v1/kling/check',
    config: { access: 'admin' },
    schema: {
      operationId: 'checkKling',
      summary: 'Try the Kling account',
      description:
        'Makes a few calls there that cost nothing, and says in words what is wrong and which setting to change.',
      tags: ['Server'],
      response: { 200: KlingCheck, ...describeErrors(401, 402, 403, 429, 500, 503) },
    },
    handler: async () => await context.engines.getReports().checkAccount(),
  });
}
