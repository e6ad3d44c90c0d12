import type { AppError, ErrorCode } from '../../../lib/errors.ts';
import { renameFields } from '../../rename-fields.ts';
import type { ErrorAnswer } from '../../send-error.ts';
import { fieldNames } from './field-names.ts';

/** Where the form has a word or a status of its own; `null` keeps ours. */
const table: Partial<Record<ErrorCode, { word?: string; status?: number; type?: string }>> = {
  unauthorized: { word: 'invalid_api_key' },
  key_disabled: { status: 401 },
  key_expired: { status: 401 },
  // The vendor has no 402. Its SDKs repeat a 429 by themselves, which the header forbids: nobody pays meanwhile.
  insufficient_quota: { status: 429, type: 'insufficient_quota' },
  insufficient_token_quota: { word: 'insufficient_quota', status: 429, type: 'insufficient_quota' },
  token_daily_quota_exceeded: { word: 'insufficient_quota', status: 429, type: 'insufficient_quota' },
};

/**
 * The error table of the videos form: `{error: {message, type, param, code}}`. What an SDK of the vendor repeats by itself
 * and could not succeed carries `x-should-retry: false`.
 */
export function presentRefusal(error: AppError, requestId: string): ErrorAnswer {
  const { message, param } = renameFields(error, fieldNames);
  const { word = error.code, status = error.status, type = chooseType(status) } = table[error.code] ?? {};
  const isLasting = status === 409 || type === 'insufficient_quota';
  return {
    status,
    body: { error: { message, type, param: param ?? null, code: word, request_id: requestId } },
    ...(isLasting ? { headers: { 'x-should-retry': 'false' } } : {}),
  };
}

function chooseType(status: number): string {
  if (status >= 500) return 'server_error';
  if (status === 429) return 'rate_limit_error';
  if (status === 401) return 'authentication_error';
  return status === 403 ? 'permission_error' : 'invalid_request_error';
}
