import { AppError } from '../../lib/errors.ts';

/** 429: the key's bucket is empty. */
export function rateLimited(limitPerMinute: number, retryAfterSeconds: number): AppError {
  return new AppError({
    code: 'rate_limit_exceeded',
    status: 429,
    retryAfterSeconds,
    message: `too many requests with this key (${limitPerMinute} a minute on average); no task was created`,
  });
}

/** Another limit than that of tasks, so nothing was created anyway. */
export function queriesLimited(limitPerMinute: number, retryAfterSeconds: number): AppError {
  return new AppError({
    code: 'rate_limit_exceeded',
    status: 429,
    retryAfterSeconds,
    message: `too many queries with this key (${limitPerMinute} a minute on average)`,
  });
}

/** 429: the key's bucket for callbacks that it has sent is empty; nothing was sent. */
export function sendingLimited(limitPerMinute: number, retryAfterSeconds: number): AppError {
  return new AppError({
    code: 'rate_limit_exceeded',
    status: 429,
    retryAfterSeconds,
    message: `too many callbacks are sent by this key's word (${limitPerMinute} a minute on average); nothing was sent`,
  });
}

/** 429: the bucket of the address for requests without a valid key is empty. */
export function wrongKeysLimited(limitPerMinute: number, retryAfterSeconds: number): AppError {
  return new AppError({
    code: 'rate_limit_exceeded',
    status: 429,
    retryAfterSeconds,
    message: `too many requests without a valid key from this address (${limitPerMinute} a minute on average)`,
  });
}

/** 401: what is wrong is the header, whatever the key in it. */
export function malformedAuthorization(problem: string): AppError {
  return new AppError({
    code: 'unauthorized',
    status: 401,
    param: 'Authorization',
    message: `Authorization: ${problem}; it must be \`Bearer sk-…\``,
  });
}

/** 429: the address tries to sign in too often. */
export function signInsLimited(limitPerMinute: number, retryAfterSeconds: number): AppError {
  return new AppError({
    code: 'rate_limit_exceeded',
    status: 429,
    retryAfterSeconds,
    message: `too many attempts to sign in from this address (${limitPerMinute} a minute on average)`,
  });
}

/** 403: a request that a session goes along with comes from a page that isn't this server's. */
export function foreignPage(): AppError {
  return new AppError({
    code: 'permission_denied',
    status: 403,
    message: "a session works only from this server's own pages; programs send a key in `Authorization`",
  });
}
