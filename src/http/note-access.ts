import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Context } from '../flow/index.ts';
import { isMadeTaskId } from '../tasks/index.ts';
import { onceAnswered } from './connections/once-answered.ts';
import { readClientAddress } from './connections/read-client-address.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** The task that the request made or asked for, once it's known to be one. */
    taskId?: string;
  }
}

/**
 * One line for each request once it's answered: who, what, how long, and the id that the answer carries. Never a body, a
 * query string or a header: the route is the pattern, since what stands in a path may be a secret as well. The same is counted.
 */
export function noteAccess(
  { log, metrics, tracing }: Pick<Context, 'log' | 'metrics' | 'tracing'>,
  request: FastifyRequest,
  reply: FastifyReply,
): void {
  const startedAt = performance.now();
  onceAnswered(reply, () => {
    const { caller, taskId = findTaskId(request.params) } = request;
    const ms = performance.now() - startedAt;
    const route = request.routeOptions.url ?? null;
    const status = reply.raw.headersSent ? reply.raw.statusCode : null;
    metrics.answered({ method: request.method, route, status: status ?? 0 }, ms / 1000);
    log.info(
      {
        request_id: request.id,
        method: request.method,
        route,
        status,
        ms: Math.round(ms * 10) / 10,
        address: readClientAddress(request.ip),
        ...(caller ? { key_id: caller.key_id, account_id: caller.account_id, account: caller.account_name } : {}),
        ...(taskId === undefined ? {} : { task_id: taskId }),
        ...(reply.raw.writableFinished ? {} : { cut_off: true }),
        ...request.span?.run(tracing.logFields),
      },
      'request',
    );
  });
}

function findTaskId(params: unknown): string | undefined {
  const { task_id: id } = (params ?? {}) as { task_id?: unknown };
  return typeof id === 'string' && isMadeTaskId(id) ? id : undefined;
}
