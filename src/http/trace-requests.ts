import type { FastifyInstance } from 'fastify';
import type { Context } from '../flow/index.ts';
import type { Span } from '../tracing/index.ts';
import { onceAnswered } from './connections/once-answered.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Where requests are traced. */
    span?: Span;
  }
}

/** Asked every few seconds by machines, of no way that anybody follows. */
const untraced: ReadonlySet<string> = new Set(['/healthz', '/readyz', '/metrics']);

/**
 * A span for each request, which goes on with its caller's trace; what its handler does belongs to it. Named by the pattern of the
 * path, as in the log: what stands in a path or a query may be a secret.
 */
export function traceRequests(app: FastifyInstance, { tracing }: Pick<Context, 'tracing'>): void {
  if (!tracing.isOn) return;
  app.addHook('onRequest', async (request, reply) => {
    const { method } = request;
    const route = request.routeOptions.url ?? 'none';
    if (untraced.has(route)) return;
    const parent = request.headers.traceparent;
    const span = tracing.begin(`${method} ${route}`, {
      kind: 'server',
      parent: typeof parent === 'string' ? parent : null,
      facts: { 'http.request.method': method, 'http.route': route, 'troupe.request_id': request.id },
    });
    request.span = span;
    onceAnswered(reply, () => {
      const { caller, taskId } = request;
      if (caller) span.note({ 'troupe.account_id': caller.account_id, 'troupe.key_id': caller.key_id });
      if (taskId !== undefined) span.note({ 'troupe.task_id': taskId });
      const status = reply.raw.headersSent ? reply.raw.statusCode : null;
      if (status !== null) span.note({ 'http.response.status_code': status });
      if (status === null || !reply.raw.writableFinished) span.fail('cut_off');
      else if (status >= 500) span.fail(String(status));
      span.end();
    });
  });
  // The last hook before the handler: bodies are read by then, which come in whatever context their connection was opened in.
  app.addHook('preHandler', (request, _, done) => {
    if (request.span === undefined) done();
    else request.span.run(done);
  });
}
