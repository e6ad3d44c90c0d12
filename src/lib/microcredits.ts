import { wrongCredits } from './errors.ts';

/**
 * Money is counted in whole microcredits (10⁻⁶ credit), because the public API speaks of credits with decimals and
 * binary fractions do not add up (0.1 + 0.2). It lies in the ground since prices, allowances, balances and answers all
 * need the same unit. A number holds whole microcredits exactly up to this bound, which the database enforces too.
 */
export const microcreditsMax = Number.MAX_SAFE_INTEGER;

const perCredit = 1_000_000n;

/** Digits alone: a sign, an exponent or a bare point is more often a mistake than an amount. */
const plainDecimal = /^(\d{1,10})(?:\.(\d{1,6}))?$/;

/**
 * Credits as a plain decimal, `'0.1'` or `0.1`, to whole microcredits, exactly: nothing is rounded, a seventh decimal is
 * refused. Range 0 to 9007199254.740991 credits. A number is read as JavaScript writes it, so 0.1 + 0.2 is refused for
 * its 17 decimals. Throws 400 `invalid_request` whose message is the rule.
 */
export function parseCredits(credits: string | number): number {
  const [, whole, fraction = ''] = plainDecimal.exec(String(credits)) ?? [];
  if (whole !== undefined) {
    const amount = BigInt(whole) * perCredit + BigInt(fraction.padEnd(6, '0'));
    if (amount <= BigInt(microcreditsMax)) return Number(amount);
  }
  throw wrongCredits(String(credits).slice(0, 40));
}

/**
 * Whole microcredits to credits as they are sent. Exact to the last of the six decimals up to 4 · 10⁹ credits; above,
 * doubles lie further apart than a microcredit (2⁻²⁰ from 2³² on) and the last decimal may be off by one.
 */
export function presentCredits(microcredits: number): number {
  return microcredits / Number(perCredit);
}
