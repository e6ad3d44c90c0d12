import { AppError } from '../lib/errors.ts';

/** `rule` is a predicate with the measured value: `must use https, uses http`. */
export function invalidCallbackUrl(rule: string): AppError {
  return new AppError({
    code: 'invalid_request',
    status: 400,
    param: 'callback_url',
    message: `callback_url: ${rule}`,
  });
}
