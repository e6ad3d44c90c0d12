/**
 * JSON that keeps integers whole. Ids elsewhere run to 19 digits, a JavaScript number holds 15 to 16: parsed as usual,
 * 829836802793406551 becomes …406600, and another element is meant.
 */

/** JavaScript's own names for it, newer than the type library (TC39 JSON.parse source text access). */
interface ExactJson {
  parse(text: string, reviver: (key: string, value: unknown, context: { source?: string }) => unknown): unknown;
  rawJSON(text: string): unknown;
}
const exact = JSON as unknown as ExactJson;

/** As `JSON.parse`, but an integer beyond ±2^53 comes out as its text; with `isId` where it says so of the key that it stands under. */
export function parseExactJson(text: string, isId: (key: string) => boolean = () => true): unknown {
  return exact.parse(text, (key, value, { source }) => {
    const isLong = typeof value === 'number' && !Number.isSafeInteger(value) && /^-?\d+$/.test(source ?? '');
    return isLong && isId(key) ? source : value;
  });
}

/** Decimal digits as something that `JSON.stringify` writes without quotes, digit by digit. Throws on anything else. */
export function writeExactInteger(digits: string): unknown {
  if (!/^(0|[1-9]\d*)$/.test(digits)) throw new Error(`'${digits}' is no whole number`);
  return exact.rawJSON(digits);
}
