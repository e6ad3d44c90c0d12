import { AppError } from '../../lib/errors.ts';

/** 404: there is nothing to be had of the task; `status` is what it says of itself. */
export function videoNotReady(status: string): AppError {
  return new AppError({
    code: 'file_not_found',
    status: 404,
    message: `there is no video of this task, which is ${status}; it can be had once a video task is completed`,
  });
}

/** 410: the operator keeps what requests say for so long only. */
export function requestForgotten(at: Date): AppError {
  return new AppError({
    code: 'request_forgotten',
    status: 410,
    message: `the request was forgotten on ${at.toISOString().slice(0, 10)}, since this server keeps what requests say for some days only; the task is still there`,
  });
}

/** 429: nothing was sent. A test takes 10 s at most. */
export function tooManyTests(count: number): AppError {
  return new AppError({
    code: 'rate_limit_exceeded',
    status: 429,
    retryAfterSeconds: 5,
    message: `${count} tests of callbacks to this host are under way; nothing was sent`,
  });
}

/** 409: nothing was changed. */
export function tooManySecrets(count: number): AppError {
  return new AppError({
    code: 'too_many_secrets',
    status: 409,
    message: `${count} callback secrets are valid, each for 24 h after the next one was made; wait until the oldest has ended`,
  });
}
