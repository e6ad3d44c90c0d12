import { AppError } from '../../lib/errors.ts';

/** Nothing tells how long the video is to be. */
export function unknownLength(): AppError {
  return new AppError({
    code: 'invalid_parameters',
    status: 400,
    message: 'duration: must be given, since no video is there whose length could be taken',
    param: 'duration',
  });
}
