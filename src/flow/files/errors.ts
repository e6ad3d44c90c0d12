import { AppError } from '../../lib/errors.ts';
import { toSourceFailure } from '../errors.ts';

/** 400: a URL that names nothing that is fetched. */
export function uploadUrlRefused(param: string, rule: string): AppError {
  return new AppError({ code: 'invalid_request', status: 400, param, message: `${param}: ${rule}` });
}

/** A fetch of a file to keep that failed, as the fault of the request's field; what it says is what a task would say. */
export function toUploadFailure(error: unknown, param: string): unknown {
  const failure = toSourceFailure(error, param, 'image_processing_error');
  if (!(failure instanceof AppError) || failure === error) return error;
  const { message, detail } = failure;
  return new AppError({
    code: 'invalid_request',
    status: 400,
    param,
    message,
    ...(detail === undefined ? {} : { detail }),
    cause: error,
  });
}
