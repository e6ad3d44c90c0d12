import { ledgerFault } from './errors.ts';

/**
 * Stops an amount that isn't a whole number of microcredits from `min` to 2⁵³ − 1 before it reaches the ledger. Throws
 * `internal_error`: amounts from outside come through `parseCredits`, so a bad one here is our own fault.
 */
export function checkAmount(amountMicrocredits: number, min: 0 | 1): void {
  if (Number.isSafeInteger(amountMicrocredits) && amountMicrocredits >= min) return;
  throw ledgerFault(`amount ${amountMicrocredits} is not a whole number of microcredits from ${min} to 2^53 - 1`);
}
