import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { describeFault, toRequestFailure } from '../flow/index.ts';
import { AppError } from '../lib/errors.ts';
import { clientGone } from './end-with-client.ts';
import { bodyTooLarge, malformedBody, refusedByStatus, routeNotFound, unsupportedMediaType } from './errors.ts';

/** An error as one form answers it. */
export interface ErrorAnswer {
  status: number;
  body: object;
  headers?: Readonly<Record<string, string>>;
}

/** The error table of a form: which status and which body an error of ours has there; of one that belongs to a request, by its headers as well. */
export type PresentError = (
  error: AppError,
  requestId: string,
  request?: Pick<FastifyRequest, 'headers'>,
) => ErrorAnswer;

/**
 * The only place that answers an error, by the table of the form that the request came in. What nobody expected is logged
 * and told as 500; what ended since its client had gone is 499 in the metrics.
 */
export function sendError(
  log: Logger,
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
  present: PresentError,
): FastifyReply {
  // As other servers count it; nobody reads it.
  if (error === clientGone) return reply.code(499).send();
  const known = toAppError(error, request);
  const { status, body, headers = {} } = present(known, request.id, request);
  reply.headers(headers);
  if (known.status >= 500) logFault(log, known, request);
  if (known.retryAfterSeconds !== undefined) reply.header('retry-after', known.retryAfterSeconds);
  if (status === 401) reply.header('www-authenticate', 'Bearer');
  if (known.status === 413 || known.status === 408) reply.header('connection', 'close');
  return reply.code(status).type('application/json; charset=utf-8').serializer(JSON.stringify).send(body);
}

/** What is refused on purpose needs no stack, only what was behind it. */
function logFault(log: Logger, known: AppError, request: FastifyRequest): void {
  const facts = { request_id: request.id, url: request.routeOptions.url, ...describeFault(known) };
  log[known.status === 500 ? 'error' : 'warn'](facts, known.message);
}

function toAppError(error: unknown, request: FastifyRequest): AppError {
  if (error instanceof AppError) return error;
  const { code, statusCode, message } = (error ?? {}) as { code?: string; statusCode?: number; message?: string };
  switch (code) {
    case 'FST_ERR_BAD_URL':
    case 'FST_ERR_MAX_PARAM_LENGTH':
      return routeNotFound();
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return bodyTooLarge(request.routeOptions.bodyLimit);
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
      return unsupportedMediaType(request.routeOptions.schema?.consumes ?? ['application/json']);
    case 'FST_ERR_CTP_EMPTY_JSON_BODY':
    case 'FST_ERR_CTP_INVALID_JSON_BODY':
    case 'FST_ERR_CTP_INVALID_CONTENT_LENGTH':
      return malformedBody(message ?? '');
  }
  // JSON.parse throws these without a code of Fastify's. A client that hangs up while it sends is among them, under the
  // same code as a lost database, so this comes first.
  if (statusCode === 400) return malformedBody(message ?? '');
  // A plug-in's own refusal, such as a path that leads out of the folder of the API reference.
  if (statusCode === 403 || statusCode === 404) return routeNotFound();
  if (statusCode !== undefined && statusCode > 400 && statusCode < 500) return refusedByStatus(statusCode);
  return toRequestFailure(error);
}
