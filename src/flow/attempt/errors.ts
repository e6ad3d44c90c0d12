import { AppError } from '../../lib/errors.ts';

/** 500: the work was cut off as often as the policy of attempts allows. */
export function attemptsExhausted(attempts: number): AppError {
  return new AppError({
    code: 'service_error',
    status: 500,
    message: `the work on this task was cut off ${attempts} times; nothing was charged`,
  });
}

/** A service elsewhere has not answered within the time that a task may take. */
export function waitedTooLong(hours: number): AppError {
  return new AppError({
    code: 'generation_timeout',
    status: 504,
    message: `not finished within ${hours} h; nothing was charged`,
  });
}

/** The bytes of a stored file that a task was given are gone, against every rule of this program. */
export function storedFileGone(param: string): AppError {
  return new AppError({
    code: 'invalid_parameters',
    status: 400,
    param,
    message: `${param}: the stored file is gone; nothing was charged`,
  });
}

/** An element that could be used when the video was asked for can't be any more. */
export function elementGone(error: unknown): unknown {
  if (!(error instanceof AppError) || error.code !== 'invalid_request') return error;
  const { message, param } = error;
  return new AppError({
    code: 'invalid_parameters',
    status: 400,
    message,
    ...(param === undefined ? {} : { param }),
  });
}
