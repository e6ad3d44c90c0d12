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

/** 409: there is nothing that could be sent again. `why` is a sentence's rest: `the task named no callback_url`. */
export function callbackNotResendable(why: string): AppError {
  return new AppError({
    code: 'callback_not_resendable',
    status: 409,
    param: 'task_id',
    message: `task_id: ${why}; nothing was sent`,
  });
}
