import type { Invalid } from '../lib/describe-invalid.ts';
import { AppError } from '../lib/errors.ts';

/** 400: the first rule that a body or query breaks. */
export function invalidRequest({ param, message }: Invalid): AppError {
  return new AppError({ code: 'invalid_request', status: 400, param, message });
}

/** 400: a text that no page of this list has ended with. */
export function invalidCursor(): AppError {
  return invalidRequest({
    param: 'cursor',
    message: 'cursor: must be the next_cursor of a page of this list, as it came',
  });
}

/** 400: a list is asked for by pages of one kind or of the other. */
export function twoKindsOfPages(): AppError {
  return invalidRequest({ param: 'cursor', message: 'cursor: goes with limit, not with page and page_size' });
}

/** 400: a body that is no JSON object. `reason` is the parser's, shortened here. */
export function malformedBody(reason: string): AppError {
  return new AppError({
    code: 'invalid_request',
    status: 400,
    param: 'body',
    message: `body: must be one JSON object (${reason.replace(/[\r\n]+/g, ' ').slice(0, 120)})`,
  });
}

/** 413: announced or grown beyond the limit of its route. */
export function bodyTooLarge(limitBytes: number): AppError {
  return new AppError({
    code: 'invalid_request',
    status: 413,
    param: 'body',
    message: `body: is larger than ${limitBytes} bytes, the most that is taken here`,
  });
}

/** 415: a body of none of the types that its route takes. */
export function unsupportedMediaType(types: readonly string[]): AppError {
  return new AppError({
    code: 'invalid_request',
    status: 415,
    param: 'Content-Type',
    message: `Content-Type: must be ${types.join(' or ')}`,
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

/** What Fastify or a plug-in of it refuses by a status of its own; its words may name files of this machine. */
export function refusedByStatus(status: number): AppError {
  return new AppError({ code: 'invalid_request', status, message: `the request can't be answered (${status})` });
}

/** 404: no route has this path. */
export function routeNotFound(): AppError {
  return new AppError({ code: 'not_found', status: 404, message: 'there is nothing at this address; see /docs' });
}

/** 405: the path exists, with other methods; they stand in `Allow` too. */
export function methodNotAllowed(method: string, allowed: readonly string[]): AppError {
  return new AppError({
    code: 'method_not_allowed',
    status: 405,
    message: `${method} is not possible here, only ${allowed.join(', ')}`,
  });
}

/** 429: the key has as many open answers as it may have. */
export function streamsLimited(count: number): AppError {
  return new AppError({
    code: 'rate_limit_exceeded',
    status: 429,
    retryAfterSeconds: 5,
    message: `this key has ${count} open event streams and waiting queries, which is as many as it may have`,
  });
}

/** 400: `what` is a thing of another service's form, like `a remix of a video`. */
export function notMadeHere(what: string): AppError {
  return new AppError({
    code: 'invalid_request',
    status: 400,
    message: `${what} can not be made by this server; nothing was charged`,
  });
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

/** 416 (RFC 9110, 14.4). */
export function rangeNotSatisfiable(sizeBytes: number): AppError {
  return new AppError({
    code: 'invalid_request',
    status: 416,
    param: 'Range',
    message: `Range: begins beyond the end of the file, which has ${sizeBytes} bytes`,
  });
}

/** 400: a field that a change doesn't know; nothing was changed. */
export function fieldUnknown(param: string, known: readonly string[]): AppError {
  return invalidRequest({ param, message: `${param}: can not be changed here; what can: ${known.join(', ')}` });
}

/** 400: a change without any field. */
export function nothingToChange(known: readonly string[]): AppError {
  return invalidRequest({ param: 'body', message: `body: must hold at least one of ${known.join(', ')}` });
}

/** 415: an import that isn't sent as an archive. */
export function archiveExpected(): AppError {
  return new AppError({
    code: 'invalid_request',
    status: 415,
    param: 'Content-Type',
    message: 'Content-Type: must be application/zip; the body is an archive that an export wrote',
  });
}

/** 413: this server takes no archives. */
export function importsOff(): AppError {
  return new AppError({
    code: 'invalid_request',
    status: 413,
    param: 'body',
    message: 'body: this server takes no archives of elements (its operator has set TROUPE_IMPORT_BYTES_MAX to 0)',
  });
}

/** The same error, told with other words. */
export function inOtherWords(error: AppError, words: { message: string; param?: string }): AppError {
  const { code, status, retryable, retryAfterSeconds, fields, detail, cause } = error;
  return new AppError({
    code,
    status,
    retryable,
    fields,
    cause,
    ...words,
    ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
    ...(detail === undefined ? {} : { detail }),
  });
}
