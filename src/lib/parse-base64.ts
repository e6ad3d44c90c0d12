import { countThings, showValue } from './show-value.ts';

export type Base64Verdict =
  | { ok: true; bytes: Buffer }
  | { ok: false; reason: 'empty' | 'too_large' | 'malformed'; message: string };

/**
 * The bytes of base64 in any spelling that means one thing only: either alphabet (RFC 4648 §4 and §5), with its padding or
 * without, lines broken as MIME and `base64` break them. Or a predicate that says what is wrong (`is not base64: character 3
 * is '!'`), which never repeats more than one character. Spaces within a line are refused: there they are what is left of a
 * `+` that was taken for a form's. More than `bytesMax` bytes are refused by the length of the text, before anything is
 * allocated for them.
 *
 * `Buffer.from` skips whatever it doesn't know, so its result counts only if encoding it again gives the same text: that
 * proves alphabet, padding and unused bits at once. Measured on 13.3 million characters (Node 24): 22 ms for both ways,
 * against 30–44 ms for a regular expression that checks the alphabet alone.
 */
export function parseBase64(text: string, bytesMax: number): Base64Verdict {
  const strict = parseStrict(text, bytesMax);
  if (strict.ok || strict.reason === 'too_large') {
    const isLonger = !strict.ok && /[\s]/.test(text) && text.length <= linesLengthMax(bytesMax);
    if (!isLonger) return strict;
  }
  const plain = toStrict(text);
  if (plain === text) return strict;
  const verdict = parseStrict(plain, bytesMax);
  // Told by the text that was sent, whose places the caller can find.
  if (verdict.ok || verdict.reason !== 'malformed') return verdict;
  return { ...verdict, message: `is not base64: ${findFault(text)}` };
}

function parseStrict(text: string, bytesMax: number): Base64Verdict {
  if (text === '') return { ok: false, reason: 'empty', message: 'is empty' };
  const byteCount = Math.floor((text.length * 3) / 4) - countPadding(text);
  if (byteCount > bytesMax) {
    const message = `is ${byteCount} bytes when decoded, at most ${bytesMax} are allowed`;
    return { ok: false, reason: 'too_large', message };
  }
  const bytes = Buffer.from(text, 'base64');
  if (bytes.toString('base64') === text) return { ok: true, bytes };
  return { ok: false, reason: 'malformed', message: `is not base64: ${findFault(text)}` };
}

/** The longest text worth unfolding: a line break of two characters after each four, and some space around it. */
function linesLengthMax(bytesMax: number): number {
  return Math.ceil(bytesMax / 3) * 6 + 1024;
}

/** `text` in the one spelling that is checked: without line breaks, in the first alphabet, padded. */
function toStrict(text: string): string {
  const joined = text.trim().replaceAll(/[\r\n]+[ \t]*/g, '');
  const plain = joined.replaceAll('-', '+').replaceAll('_', '/');
  // A wrong count of `=` isn't missing padding.
  return plain.endsWith('=') ? plain : plain.padEnd(plain.length + ((4 - (plain.length % 4)) % 4), '=');
}

function countPadding(text: string): number {
  if (text.endsWith('==')) return 2;
  return text.endsWith('=') ? 1 : 0;
}

function findFault(text: string): string {
  const foreign = text.search(/[^A-Za-z0-9+/=_\r\n-]/);
  if (foreign >= 0) {
    const character = String.fromCodePoint(text.codePointAt(foreign) as number);
    return `character ${foreign + 1} is ${showValue(character)}`;
  }
  const end = text.trimEnd().length;
  const padding = text.indexOf('=');
  if (padding >= 0 && end - padding !== countPadding(text.slice(0, end))) {
    return `character ${padding + 1} is '=', which may stand only at the end, at most twice`;
  }
  const count = text.replaceAll(/[\r\n]/g, '').length;
  if (count % 4 === 1 || (padding >= 0 && count % 4 !== 0)) {
    return `${countThings(count, 'character')}, must be a multiple of 4 with padding`;
  }
  return 'the last character carries bits that belong to no byte';
}
