import { AppError } from '../../lib/errors.ts';

/** 404: there is nothing to choose from; `status` is what the task says of itself. */
export function anglesNotReady(status: string): AppError {
  return new AppError({
    code: 'file_not_found',
    status: 404,
    param: 'task_id',
    message: `task_id: there are no angles of this task, which is ${status}; one can be chosen once it is completed`,
  });
}

/** 400: `made` are the numbers of those that there are. */
export function noSuchSet(set: number, made: readonly number[]): AppError {
  return new AppError({
    code: 'invalid_request',
    status: 400,
    param: 'set',
    message: `set: is ${set}, the task made ${made.join(', ')}`,
  });
}
