import { showValue } from '../lib/show-value.ts';
import { invalidRequest } from './errors.ts';

const param = 'Idempotency-Key';
const lengths = { min: 16, max: 96 };

/**
 * Null when none was sent. In quotes, as draft-ietf-httpapi-idempotency-key-header writes it, it is the same key.
 * Throws 400 `invalid_request`: a key that is only nearly right must not be ignored.
 */
export function readIdempotencyKey(header: string | string[] | undefined): string | null {
  if (header === undefined) return null;
  const text = String(header).trim();
  const key = /^"(.*)"$/.exec(text)?.[1] ?? text;
  const wrong = /[^A-Za-z0-9._-]/u.exec(Buffer.from(key, 'latin1').toString('utf8'))?.[0];
  if (wrong !== undefined) {
    throw invalidRequest({ param, message: `${param}: must be of A-Z a-z 0-9 . _ - only, holds ${showValue(wrong)}` });
  }
  if (key.length < lengths.min || key.length > lengths.max) {
    const rule = `must have ${lengths.min} to ${lengths.max}`;
    throw invalidRequest({ param, message: `${param}: has ${key.length} characters, ${rule}` });
  }
  return key;
}
