import { isConnectionLost } from '../db/index.ts';
import { AppError } from '../lib/errors.ts';
import { isOutOfRoom } from '../lib/is-out-of-room.ts';
import { isUnwritable } from '../lib/is-unwritable.ts';
import { downloadCodes } from '../lib/safe-fetch/index.ts';
import type { TaskError } from '../tasks/index.ts';

/** Nothing was created, so the client may repeat the request. */
export function noTaskCreated(cause: unknown): AppError {
  return new AppError({
    code: 'service_unavailable',
    status: 503,
    message: 'the database is away for the moment; no task was created and nothing was charged',
    retryAfterSeconds: 2,
    retryable: true,
    cause,
  });
}

export const outcomeUnknown = 'paid_outcome_unknown';

/** The one case in which a task may exist that the client doesn't know: not a status that clients repeat by themselves. */
export function paidOutcomeUnknown(cause: unknown): AppError {
  return new AppError({
    code: outcomeUnknown,
    status: 500,
    message:
      'the database was lost while the task was being accepted, so it may exist; list your tasks, or repeat the request with the same Idempotency-Key, before sending it anew',
    cause,
  });
}

/** The vendor has been asked for a voice, which it charges for: not a status that clients repeat by themselves. */
export function voiceOrdered(taskId: string, cause: unknown): AppError {
  return new AppError({
    code: outcomeUnknown,
    status: 500,
    message: `the voice was ordered (task ${taskId} of the vendor), but it is not known what became of it; look at the list of voices and grant it, before ordering it anew`,
    cause,
  });
}

/** The credits may have moved; a client that repeats by itself would move them again. */
export function creditsOutcomeUnknown(cause: unknown): AppError {
  return new AppError({
    code: outcomeUnknown,
    status: 500,
    message:
      'the database was lost while the credits were being moved, so they may have; look at the account before you repeat the request, and send an Idempotency-Key',
    cause,
  });
}

/** Says each part, so that a prober's log tells what is missing. */
export function notReady(parts: Readonly<Record<string, string>>): AppError {
  const words = Object.entries(parts).map(([part, state]) => `${part} ${state}`);
  return new AppError({
    code: 'service_unavailable',
    status: 503,
    message: `the server can't work for the moment: ${words.join(', ')}`,
    retryable: true,
    retryAfterSeconds: 5,
  });
}

/** 409, on a task: its owner asked for this end. */
export function cancelledByOwner(): AppError {
  return new AppError({
    code: 'request_cancelled',
    status: 409,
    message: 'cancelled by its owner; nothing was charged',
  });
}

function outOfRoom(cause: unknown): AppError {
  return new AppError({
    code: 'resource_exhausted',
    status: 503,
    message: 'the server has no room left for media; nothing was charged, try again later',
    retryable: true,
    cause,
  });
}

/**
 * What went wrong in an attempt, in the words of the public vocabulary. What we can't explain is `service_error`, kept
 * for the log as the cause and never shown.
 */
export function toTaskFailure(error: unknown): AppError {
  if (error instanceof AppError) return error;
  if (isOutOfRoom(error)) return outOfRoom(error);
  if (isUnwritable(error)) return cannotStore('nothing was charged, try again later', error);
  return new AppError({
    code: 'service_error',
    status: 500,
    message: 'something went wrong on the server; nothing was charged',
    retryable: true,
    cause: error,
  });
}

/** What went wrong with a request through no fault of its own. What we can't explain is `internal_error`, its cause for the log alone. */
export function toRequestFailure(error: unknown): AppError {
  if (isConnectionLost(error)) return databaseAway(error);
  if (isUnwritable(error)) return cannotStore('nothing was changed or charged', error);
  return isOutOfRoom(error) ? noRoomForRequest(error) : internalError(error);
}

/** 503: its disk is mounted read-only, broken, or another's. */
function cannotStore(comfort: string, cause: unknown): AppError {
  return new AppError({
    code: 'service_unavailable',
    status: 503,
    retryAfterSeconds: 30,
    message: `the server can not use its disk for the moment; ${comfort}`,
    retryable: true,
    cause,
  });
}

function databaseAway(cause: unknown): AppError {
  return new AppError({
    code: 'service_unavailable',
    status: 503,
    retryAfterSeconds: 2,
    message: 'the database is away for the moment',
    cause,
  });
}

function noRoomForRequest(cause: unknown): AppError {
  return new AppError({
    code: 'resource_exhausted',
    status: 503,
    retryAfterSeconds: 30,
    message: 'the server has no room left; nothing was changed or charged',
    cause,
  });
}

function internalError(cause: unknown): AppError {
  return new AppError({ code: 'internal_error', status: 500, message: 'something went wrong on the server', cause });
}

/** A fetch that failed, as the fault of one field. Which code depends on what was to be fetched. */
export function toSourceFailure(
  error: unknown,
  param: string,
  code: 'image_processing_error' | 'invalid_parameters',
): unknown {
  if (!(error instanceof AppError) || !(downloadCodes as readonly string[]).includes(error.code)) return error;
  return new AppError({
    code,
    status: error.status,
    param,
    message: `${param}: ${error.message}`,
    retryable: error.retryable,
    ...(error.detail === undefined ? {} : { detail: error.detail }),
    cause: error,
  });
}

/** As it is stored with the task and shown to its owner. */
export function presentFailure(error: AppError): TaskError {
  return {
    code: error.code,
    message: error.message,
    type: 'task_error',
    ...(error.param === undefined ? {} : { param: error.param }),
  };
}

/** 410: what was made, or what it was made of, is no longer kept. */
export function picturesGone(): AppError {
  return new AppError({
    code: 'link_expired',
    status: 410,
    message: 'the pictures are gone: their time is over, or they were deleted; nothing was created or charged',
  });
}
