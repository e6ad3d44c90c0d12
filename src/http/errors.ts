import type { Invalid } from '../lib/describe-invalid.ts';
import { AppError } from '../lib/errors.ts';

export function invalidRequest({ param, message }: Invalid): AppError {
  return new AppError({ code: 'invalid_request', status: 400, param, message });
}

export function malformedBody(reason: string): AppError {
  return new AppError({
    code: 'invalid_request',
    status: 400,
    param: 'body',
    message: `body: must be one JSON object (${reason.replace(/[\r\n]+/g, ' ').slice(0, 120)})`,
  });
}

export function bodyTooLarge(limitBytes?: number): AppError {
  return new AppError({
    code: 'invalid_request',
    status: 413,
    param: 'body',
    message: limitBytes === undefined ? 'body: is larger than allowed' : `body: is larger than ${limitBytes} bytes`,
  });
}

export function unsupportedMediaType(): AppError {
  return new AppError({
    code: 'invalid_request',
    status: 415,
    param: 'Content-Type',
    message: 'Content-Type: must be application/json, without Content-Encoding',
  });
}

export function requestTooSlow(): AppError {
  return new AppError({
    code: 'invalid_request',
    status: 408,
    message: 'the request was not sent in time',
  });
}

/** A callback that should be signed by one of our secrets, and isn't. */
export function forgedCallback(): AppError {
  return new AppError({
    code: 'unauthorized',
    status: 401,
    message: 'the signature of the callback is missing or wrong',
  });
}

export function malformedRequest(): AppError {
  return new AppError({ code: 'invalid_request', status: 400, message: 'the request is no valid HTTP/1.1' });
}

export function headersTooLarge(): AppError {
  return new AppError({
    code: 'invalid_request',
    status: 431,
    message: 'the header fields are larger than 16384 bytes together',
  });
}

export function routeNotFound(): AppError {
  return new AppError({ code: 'not_found', status: 404, message: 'there is nothing at this address; see /docs' });
}

export function methodNotAllowed(method: string, allowed: readonly string[]): AppError {
  return new AppError({
    code: 'method_not_allowed',
    status: 405,
    message: `${method} is not possible here, only ${allowed.join(', ')}`,
  });
}

export function rateLimited(limitPerMinute: number, retryAfterSeconds: number): AppError {
  return new AppError({
    code: 'rate_limit_exceeded',
    status: 429,
    retryAfterSeconds,
    message: `too many requests with this key (${limitPerMinute} a minute on average); no task was created`,
  });
}

export function serverBusy(): AppError {
  return new AppError({
    code: 'service_unavailable',
    status: 503,
    retryAfterSeconds: 2,
    message: 'the server is receiving as many large requests as it can hold; no task was created',
  });
}

export function databaseAway(cause: unknown): AppError {
  return new AppError({
    code: 'service_unavailable',
    status: 503,
    retryAfterSeconds: 2,
    message: 'the database is away for the moment',
    cause,
  });
}

export function outOfRoom(cause: unknown): AppError {
  return new AppError({
    code: 'resource_exhausted',
    status: 503,
    retryAfterSeconds: 30,
    message: 'the server has no room left; nothing was changed or charged',
    cause,
  });
}

export function internalError(cause: unknown): AppError {
  return new AppError({ code: 'internal_error', status: 500, message: 'something went wrong on the server', cause });
}

/** 404: the link was changed on its way, or was never one of this server's. */
export function linkForged(): AppError {
  return new AppError({
    code: 'file_not_found',
    status: 404,
    message: 'no such file; links are good only as they were sent, letter by letter',
  });
}

/** 410: the link has ended, and its file with it. */
export function linkExpired(): AppError {
  return new AppError({ code: 'link_expired', status: 410, message: 'this link has ended and its file is gone' });
}

export function rangeNotSatisfiable(sizeBytes: number): AppError {
  return new AppError({
    code: 'invalid_request',
    status: 416,
    param: 'Range',
    message: `Range: begins beyond the end of the file, which has ${sizeBytes} bytes`,
  });
}
