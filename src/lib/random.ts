import { randomFillSync } from 'node:crypto';

/** Drawn from the system together, since a call costs more than its bytes; each is used once and wiped. */
const drawn = new Uint8Array(1024);
let used = drawn.length;

/**
 * `length` characters drawn evenly from `alphabet` (2 to 256 characters) with the system's secure generator, by
 * rejection sampling: a plain remainder would favour the first letters.
 */
export function createRandomText(length: number, alphabet: string): string {
  const limit = 256 - (256 % alphabet.length);
  let text = '';
  while (text.length < length) {
    const byte = drawByte();
    if (byte < limit) text += alphabet[byte % alphabet.length];
  }
  return text;
}

function drawByte(): number {
  if (used === drawn.length) {
    randomFillSync(drawn);
    used = 0;
  }
  const byte = drawn[used] as number;
  drawn[used++] = 0;
  return byte;
}
