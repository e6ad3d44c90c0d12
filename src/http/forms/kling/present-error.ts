import type { AppError, ErrorCode } from '../../../lib/errors.ts';
import { renameFields } from '../../rename-fields.ts';
import type { ErrorAnswer, PresentError } from '../../send-error.ts';
import { fieldNames } from './field-names.ts';

interface Refusal {
  status: number;
  code: number;
}

/** The vendor's table of errors (its page of 2026-09-20): what it answers where we have a code. */
const table: Partial<Record<ErrorCode, Refusal>> = {
  key_disabled: { status: 401, code: 1000 },
  key_expired: { status: 401, code: 1004 },
  insufficient_quota: { status: 429, code: 1102 },
  insufficient_token_quota: { status: 429, code: 1102 },
  token_daily_quota_exceeded: { status: 429, code: 1102 },
  model_access_denied: { status: 403, code: 1103 },
  permission_denied: { status: 403, code: 1103 },
  method_not_allowed: { status: 404, code: 1202 },
  not_found: { status: 404, code: 1203 },
  model_not_found: { status: 404, code: 1203 },
  engine_not_available: { status: 404, code: 1203 },
  content_policy_violation: { status: 400, code: 1301 },
  generation_timeout: { status: 504, code: 5002 },
};

/** Of tokens, by their `reason`; a missing key and an unknown one have none. */
const tokenCodes: Readonly<Record<string, number>> = {
  token_invalid: 1002,
  token_lasts_too_long: 1002,
  token_not_yet_valid: 1003,
  token_expired: 1004,
};

/** The error table of the official form: `{code, message, request_id}` under the vendor's own status. */
export const presentRefusal: PresentError = (error, requestId, request): ErrorAnswer => {
  const { message } = renameFields(error, fieldNames);
  const { authorization = '', 'x-api-key': apiKey = '' } = request?.headers ?? {};
  const isEmpty = error.code === 'unauthorized' && `${authorization}${apiKey}`.trim() === '';
  const { status, code } = isEmpty ? { status: 401, code: 1001 } : chooseRefusal(error);
  return { status, body: { code, message, request_id: requestId } };
};

function chooseRefusal({ code, status, param, message, fields }: AppError): Refusal {
  const known = table[code];
  if (known !== undefined) return known;
  if (code === 'unauthorized') return { status: 401, code: tokenCodes[String(fields.reason)] ?? 1000 };
  // What must not be sent again at once, and what waits for a task to end.
  if (status === 429) return { status, code: /unfinished tasks/.test(message) ? 1303 : 1302 };
  if (status === 503) return { status, code: 5001 };
  if (status >= 500) return { status: 500, code: 5000 };
  // Of tasks and elements that aren't there as well, as was seen of the vendor.
  return { status: 400, code: param === undefined ? 1200 : 1201 };
}
