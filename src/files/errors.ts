import { AppError } from '../lib/errors.ts';
import { showValue } from '../lib/show-value.ts';

/** 404: the account has no such file, or no longer; the same for somebody else's. */
export function fileNotFound(): AppError {
  return new AppError({
    code: 'file_not_found',
    status: 404,
    message: 'file_id: no such file; GET /api/v1/files/list lists those that exist',
    param: 'file_id',
  });
}

/** 400: a request names a file that its account can't use; the same for somebody else's, a deleted and an ended one. */
export function fileNotUsable(param: string, fileId: string): AppError {
  return invalid(
    param,
    `${showValue(fileId)} is no file of this account, or no longer; GET /api/v1/files/list lists those that are`,
  );
}

/** 400: a request names a file in a field that takes another kind. */
export function fileOfOtherKind(param: string, mediaType: string, expected: string): AppError {
  return invalid(param, `the file is ${mediaType}, expected ${expected}`);
}

/** 409: the account keeps as many files or bytes as it may; uploads under way count with what they may become. */
export function fileQuotaExceeded(used: string): AppError {
  return new AppError({
    code: 'file_quota_exceeded',
    status: 409,
    message: `file: ${used}; delete some, or wait until they end`,
    param: 'file',
  });
}

/** 413 */
export function fileTooLarge(bytesMax: number): AppError {
  return new AppError({
    code: 'invalid_request',
    status: 413,
    message: `file: is larger than ${bytesMax} bytes, the most that a file may have`,
    param: 'file',
  });
}

/** 415: by its bytes it is nothing that is kept here. */
export function fileTypeNotTaken(what: string): AppError {
  return new AppError({
    code: 'invalid_request',
    status: 415,
    message: `file: is ${what}, expected a JPEG, PNG, WebP, HEIC or AVIF picture, an MP4, MOV or WebM video, or sound`,
    param: 'file',
  });
}

/** 409: an upload under this name of the caller's own is on its way. */
export function uploadUnderWay(): AppError {
  return new AppError({
    code: 'idempotency_conflict',
    status: 409,
    message: 'file: an upload with the same X-Evo-Upload-Id is still under way',
    param: 'file',
  });
}

/** 503: the upload took longer than anybody knew of it. */
export function uploadLapsed(): AppError {
  return new AppError({
    code: 'service_unavailable',
    status: 503,
    message: 'file: the upload was held up and lost its place; nothing was kept',
    param: 'file',
    retryable: true,
    retryAfterSeconds: 2,
  });
}

/** 400: what a file is to be called can't be. */
export function invalidName(param: string, rule: string): AppError {
  return invalid(param, rule);
}

function invalid(param: string, rule: string): AppError {
  return new AppError({ code: 'invalid_request', status: 400, message: `${param}: ${rule}`, param });
}
