import type { FastifyInstance } from 'fastify';
import { sql } from 'kysely';
import { Type } from 'typebox';
import type { Context } from '../../context.ts';
import { describeErrors } from '../describe-api.ts';

const Status = Type.Object({ status: Type.Literal('ok') });

/** `/healthz` says that the process answers, `/readyz` that it can do its work: 503 while the database is away. */
export function registerHealth(app: FastifyInstance, context: Context): void {
  app.get('/healthz', { schema: describe('getHealth', 'Whether the server runs') }, async () => ({
    status: 'ok' as const,
  }));
  app.get('/readyz', { schema: describe('getReadiness', 'Whether the server can work') }, async () => {
    await sql`select 1`.execute(context.database.db);
    return { status: 'ok' as const };
  });
}

function describe(operationId: string, summary: string) {
  return {
    operationId,
    summary,
    tags: ['Server'],
    security: [],
    response: { 200: Status, ...describeErrors(500, 503) },
  };
}
