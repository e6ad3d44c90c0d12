import { AppError } from '../../../lib/errors.ts';
import { parseCredits } from '../../../lib/microcredits.ts';
import { invalidRequest } from '../../errors.ts';

/**
 * Whole microcredits of an amount in credits as a body has it; null and absent stay what they are. Throws 400
 * `invalid_request` naming `param` for more than six decimals or what can't be counted exactly.
 */
export function readCredits<Credits extends number | null | undefined>(param: string, credits: Credits): Credits;
export function readCredits(param: string, credits: number | null | undefined): number | null | undefined {
  if (typeof credits !== 'number') return credits;
  try {
    return parseCredits(credits);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    throw invalidRequest({ param, message: `${param}: ${error.message}` });
  }
}
