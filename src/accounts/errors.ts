import { AppError } from '../lib/errors.ts';
import { presentCredits } from '../lib/microcredits.ts';
import type { Role } from './roles.ts';
import type { KeyAllowance } from './schema.ts';

/** 401: the same for a missing, malformed, unknown and deleted key, so that an answer tells nothing about keys. */
export function unauthorized(): AppError {
  return new AppError({
    code: 'unauthorized',
    status: 401,
    message: 'The API key is missing or not valid. Send it in the header `Authorization: Bearer sk-…`.',
  });
}

/** What is wrong with a signed token; the first is as well that of a pair which isn't there. */
const tokenReasons = {
  token_invalid: 'is not signed by the secret key of its issuer, or lacks `iss` or `exp`',
  token_not_yet_valid: "is not valid yet by this server's clock (`nbf`)",
  token_expired: 'has expired (`exp`)',
  token_lasts_too_long: 'ends more than 30 minutes from now (`exp`)',
} as const;

/** 401: a signed token that opens nothing. Who holds the pair learns why; who doesn't, learns nothing of it. */
export function tokenRefused(reason: keyof typeof tokenReasons): AppError {
  return new AppError({
    code: 'unauthorized',
    status: 401,
    param: 'Authorization',
    message: `Authorization: the token ${tokenReasons[reason]}; it must be HS256, of a pair that this server has given`,
    fields: { reason },
  });
}

/** 401: the same for a wrong, disabled and expired key and for a link that doesn't work any more. */
export function signInRefused(): AppError {
  return new AppError({
    code: 'unauthorized',
    status: 401,
    param: 'key',
    message:
      'This signs nobody in: the key is wrong or has ended, or the link was used already or is older than 10 minutes.',
  });
}

/** 401: a browser's session is over. */
export function sessionEnded(): AppError {
  return new AppError({ code: 'unauthorized', status: 401, message: 'The session has ended; sign in again.' });
}

/** 402 (the contract answers every refusal of a known key with 402): switched off by the operator. */
export function keyDisabled(keyName: string): AppError {
  return new AppError({
    code: 'key_disabled',
    status: 402,
    message: `The API key '${keyName}' is disabled.`,
    fields: { key_name: keyName },
  });
}

/** 402: past its date. `expired_at` is in Unix seconds, like all times of the API. */
export function keyExpired(keyName: string, expiredAt: Date): AppError {
  return new AppError({
    code: 'key_expired',
    status: 402,
    message: `The API key '${keyName}' expired at ${expiredAt.toISOString()}.`,
    fields: { key_name: keyName, expired_at: Math.floor(expiredAt.getTime() / 1000) },
  });
}

/** 403: the key is limited to other models. */
export function modelAccessDenied(keyName: string, model: string, allowedModels: readonly string[]): AppError {
  return new AppError({
    code: 'model_access_denied',
    status: 403,
    param: 'model',
    message: `The API key '${keyName}' may not use the model '${model}'.`,
    fields: { key_name: keyName, allowed_models: allowedModels },
  });
}

/** 403: the key's role is too low for what was asked. */
export function permissionDenied(keyName: string, role: Role, needed: Role): AppError {
  return new AppError({
    code: 'permission_denied',
    status: 403,
    message: `The API key '${keyName}' has the role ${role}; this takes ${needed === 'admin' ? 'an admin' : `a ${needed} or more`}.`,
    fields: { key_name: keyName },
  });
}

/** 403: the request would give a key more than the asking key has. `param` is the field. */
export function grantTooWide(param: string, rule: string): AppError {
  return new AppError({ code: 'permission_denied', status: 403, param, message: `${param}: ${rule}` });
}

/** 403: who asks would shut itself out. */
export function cannotEndItself(param?: string): AppError {
  return new AppError({
    code: 'permission_denied',
    status: 403,
    ...(param === undefined ? {} : { param }),
    message: "a key can't disable, end or delete itself; another key of the account can",
  });
}

/** 402: the key's total limit would be exceeded. */
export function totalLimitExceeded(allowance: KeyAllowance, neededMicrocredits: number): AppError {
  const { key_name, remaining_microcredits } = allowance;
  const needed = presentCredits(neededMicrocredits);
  return new AppError({
    code: 'insufficient_token_quota',
    status: 402,
    message: `The task needs ${needed} credits and the API key '${key_name}' has ${presentCredits(remaining_microcredits ?? 0)} left of its limit.`,
    fields: allowanceFields(allowance, needed),
  });
}

/** 402: the key's daily limit would be exceeded; it starts again at midnight UTC. */
export function dailyLimitExceeded(allowance: KeyAllowance, neededMicrocredits: number): AppError {
  const { key_name, remaining_today_microcredits } = allowance;
  const needed = presentCredits(neededMicrocredits);
  return new AppError({
    code: 'token_daily_quota_exceeded',
    status: 402,
    message: `The task needs ${needed} credits and the API key '${key_name}' has ${presentCredits(remaining_today_microcredits ?? 0)} left for today (UTC).`,
    fields: allowanceFields(allowance, needed),
  });
}

function allowanceFields(allowance: KeyAllowance, estimatedCredits: number): Record<string, unknown> {
  const credits = (amount: number | null) => (amount === null ? undefined : presentCredits(amount));
  const fields = {
    key_name: allowance.key_name,
    estimated_credits: estimatedCredits,
    total_limit_credits: credits(allowance.total_limit_microcredits),
    used_credits: credits(allowance.used_microcredits),
    remaining_credits: credits(allowance.remaining_microcredits),
    daily_limit_credits: credits(allowance.daily_limit_microcredits),
    daily_used_credits: credits(allowance.used_today_microcredits),
    reset_timezone: 'UTC',
  };
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

/** 400: a field of a new key breaks a rule. */
export function invalidKeyField(param: string, rule: string): AppError {
  return new AppError({ code: 'invalid_request', status: 400, param, message: `${param}: ${rule}` });
}

/** 404: for operators; a caller's own unknown key answers `unauthorized`. */
export function keyNotFound(keyId: number): AppError {
  return new AppError({ code: 'key_not_found', status: 404, message: `There is no API key ${keyId}.` });
}

/** 400: for operators: a name belongs to one account. */
export function accountExists(name: string): AppError {
  return invalidKeyField('name', `there is an account '${name}' already`);
}

/** 404: for operators. */
export function accountNotFound(account: number | string): AppError {
  return new AppError({ code: 'account_not_found', status: 404, message: `There is no account '${account}'.` });
}

/** 500: our own fault, such as an amount that is no whole number. `detail` is for the log. */
export function allowanceFault(detail: string): AppError {
  return new AppError({
    code: 'internal_error',
    status: 500,
    message: 'The request could not be billed because of an internal error.',
    detail,
  });
}
