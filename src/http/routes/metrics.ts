import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import type { Context } from '../../flow/index.ts';
import { describeErrors } from '../forms/gateway/describe-errors.ts';

/** `/metrics` for admins; where a collector can't send a key, `TROUPE_METRICS_PORT` opens a port of its own. */
export function registerMetrics(app: FastifyInstance, { metrics }: Context): void {
  const schema = {
    operationId: 'getMetrics',
    summary: 'What this process counts and times',
    description:
      'OpenMetrics text for Prometheus and its like. For admins; `TROUPE_METRICS_PORT` shows the same without a key on a port of its own.',
    tags: ['Server'],
    produces: ['application/openmetrics-text'],
    response: { 200: Type.String({ description: 'OpenMetrics 1.0.0' }), ...describeErrors(401, 403, 429, 500, 503) },
  };
  app.get('/metrics', { config: { access: 'admin' }, schema }, async (_, reply) => {
    const { contentType, text } = await metrics.show();
    return reply.header('content-type', contentType).send(text);
  });
}
