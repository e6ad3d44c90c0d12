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

/** 400: `at` is the place of the first byte that is wrong, counted from 0. */
export function notUtf8(at: number): AppError {
  return new AppError({
    code: 'invalid_request',
    status: 400,
    param: 'body',
    message: `body: must be UTF-8, byte ${at} (counted from 0) is not`,
  });
}

/** 415: JSON is UTF-8 (RFC 8259, 8.1). */
export function unsupportedCharset(charset: string): AppError {
  return new AppError({
    code: 'invalid_request',
    status: 415,
    param: 'Content-Type',
    message: `Content-Type: the charset must be utf-8, is '${charset.slice(0, 40)}'`,
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

/** 415: anything but plain JSON. */
export function unsupportedMediaType(): AppError {
  return new AppError({
    code: 'invalid_request',
    status: 415,
    param: 'Content-Type',
    message: 'Content-Type: must be application/json, without Content-Encoding',
  });
}

/** 400: a form from which no file can be read. */
export function malformedUpload(reason: string): AppError {
  return new AppError({
    code: 'invalid_request',
    status: 400,
    param: 'body',
    message: `body: must be a form with one file (${reason.replace(/[\r\n]+/g, ' ').slice(0, 160)})`,
  });
}

/** 415: only a form is taken here. */
export function notAForm(): AppError {
  return new AppError({
    code: 'invalid_request',
    status: 415,
    param: 'Content-Type',
    message: 'Content-Type: must be multipart/form-data with its boundary; the file is the part named file',
  });
}

/** 408: the bytes of a file come too slowly, or none do. */
export function uploadTooSlow(bytesPerSecond: number): AppError {
  return new AppError({
    code: 'invalid_request',
    status: 408,
    message: `body: came with less than ${bytesPerSecond} bytes a second`,
    param: 'body',
  });
}

/** 408: both times are the server's limits in milliseconds. */
export function requestTooSlow(headersMs: number, requestMs: number): AppError {
  const seconds = (ms: number) => `${ms / 1000} s`;
  return new AppError({
    code: 'invalid_request',
    status: 408,
    message: `the request was not sent in time: its header within ${seconds(headersMs)}, all of it within ${seconds(requestMs)}`,
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

/** 400: Node's parser could not read it. */
export function malformedRequest(): AppError {
  return new AppError({ code: 'invalid_request', status: 400, message: 'the request is no valid HTTP/1.1' });
}

/** 400: RFC 9112 §3.2 asks for exactly one. */
export function hostMissing(): AppError {
  return new AppError({
    code: 'invalid_request',
    status: 400,
    param: 'Host',
    message: 'Host: must stand in the request exactly once',
  });
}

/** 417 (RFC 9110, 10.1.1). */
export function expectationFailed(): AppError {
  return new AppError({
    code: 'invalid_request',
    status: 417,
    param: 'Expect',
    message: 'Expect: only 100-continue can be met',
  });
}

/** What Fastify or a plug-in of it refuses by a status of its own; its words may name files of this machine. */
export function refusedByStatus(status: number): AppError {
  return new AppError({ code: 'invalid_request', status, message: `the request can't be answered (${status})` });
}

/** 431: beyond Node's `maxHeaderSize`. */
export function headersTooLarge(): AppError {
  return new AppError({
    code: 'invalid_request',
    status: 431,
    message: 'the header fields are larger than 16384 bytes together',
  });
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

/** 429: the key's bucket is empty. */
export function rateLimited(limitPerMinute: number, retryAfterSeconds: number): AppError {
  return new AppError({
    code: 'rate_limit_exceeded',
    status: 429,
    retryAfterSeconds,
    message: `too many requests with this key (${limitPerMinute} a minute on average); no task was created`,
  });
}

/** Another limit than that of tasks, so nothing was created anyway. */
export function queriesLimited(limitPerMinute: number, retryAfterSeconds: number): AppError {
  return new AppError({
    code: 'rate_limit_exceeded',
    status: 429,
    retryAfterSeconds,
    message: `too many queries with this key (${limitPerMinute} a minute on average)`,
  });
}

/** 429: the key's bucket for callbacks that it has sent is empty; nothing was sent. */
export function sendingLimited(limitPerMinute: number, retryAfterSeconds: number): AppError {
  return new AppError({
    code: 'rate_limit_exceeded',
    status: 429,
    retryAfterSeconds,
    message: `too many callbacks are sent by this key's word (${limitPerMinute} a minute on average); nothing was sent`,
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

/** 429: the bucket of the address for requests without a valid key is empty. */
export function wrongKeysLimited(limitPerMinute: number, retryAfterSeconds: number): AppError {
  return new AppError({
    code: 'rate_limit_exceeded',
    status: 429,
    retryAfterSeconds,
    message: `too many requests without a valid key from this address (${limitPerMinute} a minute on average)`,
  });
}

/** 401: what is wrong is the header, whatever the key in it. */
export function malformedAuthorization(problem: string): AppError {
  return new AppError({
    code: 'unauthorized',
    status: 401,
    param: 'Authorization',
    message: `Authorization: ${problem}; it must be \`Bearer sk-…\``,
  });
}

/** 429: the address tries to sign in too often. */
export function signInsLimited(limitPerMinute: number, retryAfterSeconds: number): AppError {
  return new AppError({
    code: 'rate_limit_exceeded',
    status: 429,
    retryAfterSeconds,
    message: `too many attempts to sign in from this address (${limitPerMinute} a minute on average)`,
  });
}

/** 403: a request that a session goes along with comes from a page that isn't this server's. */
export function foreignPage(): AppError {
  return new AppError({
    code: 'permission_denied',
    status: 403,
    message: "a session works only from this server's own pages; programs send a key in `Authorization`",
  });
}

/** 503: the budget for bodies in memory, or the places for those on disk, are used up; nothing was created. */
export function serverBusy(): AppError {
  return new AppError({
    code: 'service_unavailable',
    status: 503,
    retryAfterSeconds: 2,
    message: 'the server is receiving as many large requests as it can hold; no task was created',
  });
}

/** 503 like `serverBusy`, where others still have room. */
export function shareUsedUp(): AppError {
  return new AppError({
    code: 'service_unavailable',
    status: 503,
    retryAfterSeconds: 2,
    message: 'this key, account or address has as many large requests under way as it may; no task was created',
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
