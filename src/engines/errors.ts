import { AppError } from '../lib/errors.ts';

/** 503: the task was given to an engine that this server doesn't have, by its settings of now. */
export function engineAbsent(name: string): AppError {
  return new AppError({
    code: 'service_unavailable',
    status: 503,
    message: `the engine '${name}' is not set up on this server`,
    retryable: true,
  });
}

/** What only an engine elsewhere has, on a server without credentials for it. */
export function engineNotAvailable(engine: string): AppError {
  return new AppError({
    code: 'engine_not_available',
    status: 404,
    message: `this server has no account at the engine ${engine}: its operator has to set the credentials`,
  });
}
