import { AppError } from '../lib/errors.ts';
import { showValue } from '../lib/show-value.ts';

/** 400: a request names an element that its account can't use. `deletedAt` only of the account's own. */
export function elementNotUsable(param: string, elementId: string, deletedAt: Date | null): AppError {
  const reason =
    deletedAt === null
      ? 'is no element of this account; GET /v1/elements lists those that are'
      : `was deleted at ${deletedAt.toISOString()}`;
  return new AppError({
    code: 'invalid_request',
    status: 400,
    message: `${param}: ${showValue(elementId)} ${reason}`,
    param,
  });
}

/** 404: the account has no such element, or no longer; the same for somebody else's. */
export function elementNotFound(): AppError {
  return new AppError({
    code: 'element_not_found',
    status: 404,
    message: 'element_id: no such element; GET /v1/elements lists those that exist',
    param: 'element_id',
  });
}

/** 404: the element has no file of this name. */
export function elementFileNotFound(): AppError {
  return new AppError({
    code: 'element_file_not_found',
    status: 404,
    message: 'name: the element has no such file; GET /v1/elements/{element_id} lists the files it has',
    param: 'name',
  });
}

/** 400: what was sent is no archive of an element that could be taken in; `entry` is the part of it at fault. */
export function archiveRefused(entry: string | null, rule: string): AppError {
  const place = entry === null ? 'archive' : `archive: ${showValue(entry)}`;
  return new AppError({
    code: 'archive_refused',
    status: 400,
    message: `${place} ${rule}; nothing was imported`,
    param: 'archive',
  });
}

/** 404: the element has no picture of this name. */
export function viewNotFound(view: string, known: readonly string[]): AppError {
  const names = known.length === 0 ? 'it has no pictures' : `it has ${known.join(', ')}`;
  return new AppError({
    code: 'view_not_found',
    status: 404,
    message: `view: the element has no picture ${showValue(view)}; ${names}`,
    param: 'view',
  });
}

/** 409: somebody else has changed the element's cut-outs since `expected`. */
export function revisionConflict(expected: number, revision: number): AppError {
  return new AppError({
    code: 'revision_conflict',
    status: 409,
    message: `revision: the element has revision ${revision}, the change was made for revision ${expected}; nothing was changed`,
    param: 'revision',
    fields: { revision },
  });
}

/** 400: what was sent can't mend a cut-out. */
export function mendingRefused(param: string, rule: string): AppError {
  return new AppError({ code: 'invalid_request', status: 400, message: `${param}: ${rule}`, param });
}
