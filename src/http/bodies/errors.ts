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
