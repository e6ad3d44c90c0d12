import type { AppError } from '../../../lib/errors.ts';
import type { ErrorAnswer } from '../../send-error.ts';

/** The family of each status, as the contract's tables have it; all other refusals are the caller's. */
const types: Readonly<Record<number, string>> = {
  401: 'authentication_error',
  402: 'insufficient_quota',
  429: 'rate_limit_error',
  500: 'api_error',
  503: 'api_error',
};

/** What is wrong with these is the key; their status is that of every refusal of a key, whatever it has left. */
const typesByCode: Readonly<Record<string, string>> = {
  key_disabled: 'authentication_error',
  key_expired: 'authentication_error',
};

/** The public body of an error: its detail and cause stay in the log. */
export function presentError(error: AppError, requestId: string) {
  return {
    error: {
      code: error.code,
      message: error.message,
      type: typesByCode[error.code] ?? types[error.status] ?? 'invalid_request_error',
      ...(error.param === undefined ? {} : { param: error.param }),
      ...error.fields,
      request_id: requestId,
    },
  };
}

/** The error table of the gateway's form: each error under its own status. */
export function presentRefusal(error: AppError, requestId: string): ErrorAnswer {
  return { status: error.status, body: presentError(error, requestId) };
}
