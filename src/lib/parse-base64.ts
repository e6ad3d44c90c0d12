import { countThings, showValue } from './show-value.ts';

export type Base64Verdict =
  | { ok: true; bytes: Buffer }
  | { ok: false; reason: 'empty' | 'too_large' | 'malformed'; message: string };

/**
 * The bytes of strict base64 (RFC 4648 §4: that alphabet only, padded, no line breaks, unused bits zero), or a predicate
 * that says what is wrong (`is not base64: character 3 is '!'`), which never repeats more than one character. More than
 * `bytesMax` bytes are refused by the length of the text, before anything is allocated.
 *
 * `Buffer.from` skips whatever it doesn't know, so its result counts only if encoding it again gives the same text: that
 * proves alphabet, padding and unused bits at once. Measured on 13.3 million characters (Node 24): 22 ms for both ways,
 * against 30–44 ms for a regular expression that checks the alphabet alone.
 */
export function parseBase64(text: string, bytesMax: number): Base64Verdict {
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

function countPadding(text: string): number {
  if (text.endsWith('==')) return 2;
  return text.endsWith('=') ? 1 : 0;
}

function findFault(text: string): string {
  const foreign = text.search(/[^A-Za-z0-9+/=]/);
  if (foreign >= 0) {
    const character = String.fromCodePoint(text.codePointAt(foreign) as number);
    return `character ${foreign + 1} is ${showValue(character)}`;
  }
  const padding = text.indexOf('=');
  if (padding >= 0 && text.length - padding !== countPadding(text)) {
    return `character ${padding + 1} is '=', which may stand only at the end, at most twice`;
  }
  if (text.length % 4 !== 0) return `${countThings(text.length, 'character')}, must be a multiple of 4 with padding`;
  return 'the last character carries bits that belong to no byte';
}
