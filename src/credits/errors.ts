import { AppError } from '../lib/errors.ts';
import { presentCredits } from '../lib/microcredits.ts';

/** 402: the account can't pay for the task. */
export function insufficientQuota(neededMicrocredits: number, availableMicrocredits: number): AppError {
  const needed = presentCredits(neededMicrocredits);
  const available = presentCredits(availableMicrocredits);
  return new AppError({
    code: 'insufficient_quota',
    status: 402,
    message: `The task needs ${needed} credits and the account has ${available} available. Top up to continue.`,
    fields: { estimated_credits: needed, account_balance_credits: available },
  });
}

/** 400: an operator wants to take back more than is available. */
export function withdrawalTooHigh(amountMicrocredits: number, availableMicrocredits: number): AppError {
  return new AppError({
    code: 'invalid_request',
    status: 400,
    param: 'credits',
    message: `credits: ${presentCredits(amountMicrocredits)} cannot be withdrawn, ${presentCredits(availableMicrocredits)} are available`,
  });
}

/** 400: the account would hold more than can be counted exactly. */
export function balanceTooHigh(amountMicrocredits: number): AppError {
  return new AppError({
    code: 'invalid_request',
    status: 400,
    param: 'credits',
    message: `credits: ${presentCredits(amountMicrocredits)} more would exceed 9007199254.740991, the most an account can be granted`,
  });
}

/** 409: the key came with another amount or note before. */
export function orderConflict(): AppError {
  return new AppError({
    code: 'idempotency_conflict',
    status: 409,
    param: 'Idempotency-Key',
    message: 'Idempotency-Key: was used before with another request body; no credits were moved',
  });
}

/** 404: credits for an account that does not exist. */
export function accountNotFound(accountId: number): AppError {
  return new AppError({ code: 'account_not_found', status: 404, message: `There is no account ${accountId}.` });
}

/** 500: our own fault, such as a resolution of what was never reserved. `detail` is for the log. */
export function ledgerFault(detail: string): AppError {
  return new AppError({
    code: 'internal_error',
    status: 500,
    message: 'The request could not be billed because of an internal error.',
    detail,
  });
}
