import { hash, randomBytes } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { createRandomText } from '../lib/random.ts';

const base62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** What clients of the API expect first, then a marker by which scanners tell a leaked key of ours from others'. */
const prefix = 'sk-troupe';

/** 30 × log₂ 62 = 178.6 bits, where OWASP ASVS 5.0 (11.5.1) asks for 128. */
const secretLength = 30;

/** 62⁶ > 2³²: six characters hold a CRC-32. */
const checksumLength = 6;

const keyPattern = /^sk-troupe[0-9A-Za-z]{36}$/;

/**
 * A new key: `sk-troupe`, 30 random base62 characters and the CRC-32 of all before it in base62, 45 characters in all.
 * Letters and digits alone, so that no client's check and no double click cuts it.
 */
export function createKeyText(): string {
  const text = prefix + createRandomText(secretLength, base62);
  return text + computeChecksum(text);
}

/**
 * Whether a text has the form and checksum of a key: what hasn't needs no look at the database. It proves nothing more,
 * anyone can compute a checksum.
 */
export function isKeyText(text: string): boolean {
  return keyPattern.test(text) && computeChecksum(text.slice(0, -checksumLength)) === text.slice(-checksumLength);
}

/**
 * The SHA-256 of a key, 32 bytes: what is stored. A fast hash is enough for a random secret, and finding it by index
 * gives nothing away through timing: a digest that shares more bytes with a stored one brings nobody closer to its key.
 */
export function computeKeyDigest(text: string): Buffer {
  return hash('sha256', text, 'buffer');
}

/** What may be shown of a key: `sk-troupe…Xy9z`. */
export function presentKeyHint(text: string): string {
  return `${prefix}…${text.slice(-4)}`;
}

function computeChecksum(text: string): string {
  let rest = crc32(text);
  let checksum = '';
  for (let place = 0; place < checksumLength; place++) {
    checksum = base62[rest % 62] + checksum;
    rest = Math.floor(rest / 62);
  }
  return checksum;
}

/** 32 random bytes as Standard Webhooks writes a symmetric secret: `whsec_` and base64. */
export function createCallbackSecret(): string {
  return `whsec_${randomBytes(32).toString('base64')}`;
}
