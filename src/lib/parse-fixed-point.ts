/**
 * Decimal text as a whole number of 10^-`decimals`, without floating point: `parseFixedPoint('0.001', 6)` is 1000n. Takes
 * digits with at most `decimals` of them after one point; a sign, an exponent, blanks or grouping throw an Error with the
 * rule that was broken.
 */
export function parseFixedPoint(text: string, decimals: number): bigint {
  const match = /^(\d{1,30})(?:\.(\d{1,30}))?$/.exec(text);
  if (match === null) throw new Error(`must be a plain decimal number like 1 or 0.001, is '${text}'`);
  const [, whole = '', fraction = ''] = match;
  if (fraction.length > decimals) {
    throw new Error(`must have at most ${decimals} digits after the point, has ${fraction.length}`);
  }
  return BigInt(whole + fraction.padEnd(decimals, '0'));
}

/** The shortest decimal text of `value` (at least 0) in units of 10^-`decimals`: `formatFixedPoint(1000n, 6)` is `0.001`. */
export function formatFixedPoint(value: bigint, decimals: number): string {
  const digits = value.toString().padStart(decimals + 1, '0');
  const split = digits.length - decimals;
  const fraction = digits.slice(split).replace(/0+$/, '');
  return fraction === '' ? digits.slice(0, split) : `${digits.slice(0, split)}.${fraction}`;
}
