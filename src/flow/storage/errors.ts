import { AppError } from '../../lib/errors.ts';

/** A service elsewhere has to fetch a file from this server, and can't. */
export function noPublicAddress(): AppError {
  return new AppError({
    code: 'service_unavailable',
    status: 503,
    message: 'this needs a video that others can fetch from this server, and TROUPE_PUBLIC_URL is not set',
  });
}
