import type { FastifyInstance } from 'fastify';
import { type TSchema, Type } from 'typebox';
import { type Context, checkReadiness, notReady } from '../../flow/index.ts';
import { describeErrors } from '../forms/gateway/describe-errors.ts';

const Status = Type.Object({ status: Type.Literal('ok') });

const Ready = Type.Object({
  status: Type.Literal('ok'),
  parts: Type.Object({
    database: Type.Literal('ok'),
    storage: Type.Literal('ok'),
    sweep: Type.String({ description: '`stopped` when a sweep would move too many files aside: see the log' }),
    queue: Type.String({
      description: '`stalled` when tasks or callbacks have been due for a minute and no worker takes them',
    }),
  }),
});

/** `/healthz` says that the process answers, `/readyz` that it can do its work: 503 while the database or the storage is
 * away, with a word on each part. */
export function registerHealth(app: FastifyInstance, context: Context): void {
  const config = { access: 'open' } as const;
  app.get('/healthz', { config, schema: describe('getHealth', 'Whether the server runs') }, async () => ({
    status: 'ok' as const,
  }));
  const ready = { ...describe('getReadiness', 'Whether the server can work'), response: answers(Ready) };
  app.get('/readyz', { config, schema: ready }, async () => {
    const { status, parts } = await checkReadiness(context, 'api');
    if (status !== 'ok') throw notReady(parts);
    return { status, parts };
  });
}

function describe(operationId: string, summary: string) {
  return { operationId, summary, tags: ['Server'], security: [], response: answers(Status) };
}

function answers(good: TSchema) {
  return { 200: good, ...describeErrors(500, 503) };
}
