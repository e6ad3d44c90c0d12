import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { PresentError } from '../send-error.ts';
import { answerBrokenRequest, type BrokenRequestOptions } from './answer-broken-requests.ts';
import { onceAnswered } from './once-answered.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Milliseconds in which a client must have sent its whole request; default: those of all other routes. */
    requestMs?: number;
  }
}

/**
 * Cuts off a client that has not sent its whole request in time, with 408. Node knows one limit for all routes, which must
 * be the longest of them; this is each route's own, from the end of the header on.
 */
export function limitRequestTime(
  app: FastifyInstance,
  options: BrokenRequestOptions,
  choosePresenter: (request: FastifyRequest) => PresentError,
): void {
  app.addHook('onRequest', async (request, reply) => {
    const { raw } = request;
    const { requestMs = options.requestMs } = request.routeOptions.config;
    const timer = setTimeout(() => {
      if (raw.complete || reply.sent) return;
      const error = Object.assign(new Error('the request is not complete'), { code: 'ERR_HTTP_REQUEST_TIMEOUT' });
      answerBrokenRequest(error, raw.socket, { ...options, requestMs, present: choosePresenter(request) });
    }, requestMs);
    timer.unref();
    onceAnswered(reply, () => clearTimeout(timer));
  });
}
