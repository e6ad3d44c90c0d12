import { AppError } from '../../lib/errors.ts';
import type { StoredFailure } from './tables.ts';

/** What is kept of an error, to be raised again by later calls. */
export function toFailure({ code, status, message, param, detail }: AppError): StoredFailure {
  return {
    ...{ code, status, message },
    ...(param === undefined ? {} : { param }),
    ...(detail === undefined ? {} : { detail }),
  };
}

export function toAppError(failure: StoredFailure): AppError {
  return new AppError(failure);
}
