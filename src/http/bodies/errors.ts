import { AppError } from '../../lib/errors.ts';

/** 400: a form that can't be read. */
export function malformedForm(reason: string): AppError {
  const message = `body: must be a whole form (${reason.replace(/[\r\n]+/g, ' ').slice(0, 160)})`;
  return new AppError({ code: 'invalid_request', status: 400, param: 'body', message });
}

/** 400: a field of a form whose bytes are in another encoding, or have lost characters before. */
export function formNotUtf8(field: string): AppError {
  const param = /^[\w.[\]-]{1,100}$/.test(field) ? field : 'body';
  const message = `${param}: must be UTF-8, holds bytes that are not, or the character U+FFFD that stands for such`;
  return new AppError({ code: 'invalid_request', status: 400, param, message });
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

/** 400: a form from which no file can be read. */
export function malformedUpload(reason: string): AppError {
  return new AppError({
    code: 'invalid_request',
    status: 400,
    param: 'body',
    message: `body: must be a form with one file (${reason.replace(/[\r\n]+/g, ' ').slice(0, 160)})`,
  });
}

/** 415: a body that would have to be unpacked, which costs more than it says. */
export function encodingRefused(encoding: string): AppError {
  return new AppError({
    code: 'invalid_request',
    status: 415,
    param: 'Content-Encoding',
    message: `Content-Encoding: is '${encoding.slice(0, 40)}'; a body must come as it is, without one`,
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

/** 417 (RFC 9110, 10.1.1). */
export function expectationFailed(): AppError {
  return new AppError({
    code: 'invalid_request',
    status: 417,
    param: 'Expect',
    message: 'Expect: only 100-continue can be met',
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
