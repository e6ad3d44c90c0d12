import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { describeFault, toRequestFailure } from '../flow/index.ts';
import { AppError } from '../lib/errors.ts';
import { bodyTooLarge, malformedBody, refusedByStatus, routeNotFound, unsupportedMediaType } from './errors.ts';

/** The family of each status, as the contract's tables have it; all other refusals are the caller's. */
const types: Readonly<Record<number, string>> = {
  401: 'authentication_error',
  402: 'insufficient_quota',
  429: 'rate_limit_error',
  500: 'api_error',
  503: 'api_error',
};

/** What is wrong with these is the key; their status is that of every refusal of a key, whatever it has left. */
const typesByCode: Readonly<Record<string, string>> = {
  key_disabled: 'authentication_error',
  key_expired: 'authentication_error',
};

/** The only place that turns an error into a status and a body. What nobody expected is logged and told as 500. */
export function sendError(
  log: Logger,
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
  present: (error: AppError, requestId: string) => object = presentError,
): FastifyReply {
  const known = toAppError(error, request);
  if (known.status >= 500) logFault(log, known, request);
  if (known.retryAfterSeconds !== undefined) reply.header('retry-after', known.retryAfterSeconds);
  if (known.status === 401) reply.header('www-authenticate', 'Bearer');
  if (known.status === 413 || known.status === 408) reply.header('connection', 'close');
  return reply
    .code(known.status)
    .type('application/json; charset=utf-8')
    .serializer(JSON.stringify)
    .send(present(known, request.id));
}

/** What is refused on purpose needs no stack, only what was behind it. */
function logFault(log: Logger, known: AppError, request: FastifyRequest): void {
  const facts = { request_id: request.id, url: request.routeOptions.url, ...describeFault(known) };
  log[known.status === 500 ? 'error' : 'warn'](facts, known.message);
}

/** The public body of an error: its detail and cause stay in the log. */
export function presentError(error: AppError, requestId: string) {
  return {
    error: {
      code: error.code,
      message: error.message,
      type: typesByCode[error.code] ?? types[error.status] ?? 'invalid_request_error',
      ...(error.param === undefined ? {} : { param: error.param }),
      ...error.fields,
      request_id: requestId,
    },
  };
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
      return unsupportedMediaType();
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
