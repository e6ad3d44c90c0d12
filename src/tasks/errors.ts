import { AppError } from '../lib/errors.ts';

/** 400: no id of a task looks like this. */
export function invalidTaskId(): AppError {
  return new AppError({
    code: 'invalid_task_id',
    status: 400,
    param: 'task_id',
    message: "task_id: must start with 'task-unified-' and have at most 64 characters without spaces",
  });
}

/** The same for a task that never existed and for somebody else's, so that ids can't be probed. */
export function taskNotFound(): AppError {
  return new AppError({
    code: 'task_not_found',
    status: 404,
    param: 'task_id',
    message: 'task_id: there is no such task',
  });
}

/** 409: an ended task keeps its end. */
export function taskFinished(status: string): AppError {
  return new AppError({
    code: 'task_not_cancellable',
    status: 409,
    param: 'task_id',
    message: `task_id: the task is already ${status} and can't be cancelled`,
  });
}

/** What makes it can't be called back, and is paid for. */
export function taskPaid(): AppError {
  return new AppError({
    code: 'task_not_cancellable',
    status: 409,
    param: 'task_id',
    message:
      "task_id: the video has been sent to the service that makes it and is paid for from then on; it can't be cancelled any more and goes on",
  });
}

/** 409: the key stands for a request with another body; nothing was created. */
export function idempotencyConflict(): AppError {
  return new AppError({
    code: 'idempotency_conflict',
    status: 409,
    param: 'Idempotency-Key',
    message: 'Idempotency-Key: was used before with another request body; nothing was created',
  });
}

/** 400, as the vendor of the form that has such ids answers: a repetition is refused, and makes nothing again. */
export function externalIdTaken(): AppError {
  return new AppError({
    code: 'invalid_request',
    status: 400,
    param: 'external_task_id',
    message: 'external_task_id: there is a task of this id already, which can be asked for by it; nothing was created',
  });
}

/** 429: bounds what one key may have waiting; no task was created. */
export function tooManyUnfinished(count: number, limit: number): AppError {
  return new AppError({
    code: 'rate_limit_exceeded',
    status: 429,
    retryAfterSeconds: 5,
    message: `this key has ${count} unfinished tasks, at most ${limit} are allowed; no task was created`,
  });
}
