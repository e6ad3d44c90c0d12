import { AppError } from '../lib/errors.ts';

/** The object store can't be reached or refuses us; which of the two only the operator learns. */
export function storeAway(cause: Error): AppError {
  return new AppError({
    code: 'service_unavailable',
    status: 503,
    message: 'the file storage is away for the moment; nothing was charged',
    detail: `${cause.name}: ${cause.message}`.slice(0, 500),
    retryable: true,
    retryAfterSeconds: 5,
    cause,
  });
}

/** The same shape as the file system's, so that callers ask one question of every store. */
export function noSuchKey(key: string): Error {
  return Object.assign(new Error(`nothing is stored under '${key}'`), { code: 'ENOENT' });
}

/** Said once, at start. A `HEAD` answer has no words, so the status must do. */
export function unusableBucket(bucket: string, cause: Error & { $metadata?: { httpStatusCode?: number } }): Error {
  const status = cause.$metadata?.httpStatusCode;
  const reason =
    status === undefined ? `${cause.name}: ${cause.message}` : (reasons[status] ?? `the store answers ${status}`);
  return new Error(`TROUPE_S3_BUCKET: the bucket '${bucket}' can't be used: ${reason}`, { cause });
}

const reasons: Readonly<Record<number, string>> = {
  301: 'it lies in another region, see TROUPE_S3_REGION',
  403: 'the store refuses the credentials, see TROUPE_S3_ACCESS_KEY and TROUPE_S3_SECRET_KEY',
  404: 'there is none of that name',
};
