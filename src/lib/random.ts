import { randomBytes } from 'node:crypto';

/**
 * `length` characters drawn evenly from `alphabet` (2 to 256 characters) with the system's secure generator, by
 * rejection sampling: a plain remainder would favour the first letters.
 */
export function createRandomText(length: number, alphabet: string): string {
  const limit = 256 - (256 % alphabet.length);
  let text = '';
  while (text.length < length) {
    for (const byte of randomBytes(length)) {
      if (byte < limit && text.length < length) text += alphabet[byte % alphabet.length];
    }
  }
  return text;
}
