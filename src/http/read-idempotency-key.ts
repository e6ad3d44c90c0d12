import { Type } from 'typebox';
import { showValue } from '../lib/show-value.ts';
import { invalidRequest } from './errors.ts';

const keyHeader = 'Idempotency-Key';
const keyLengths = { min: 16, max: 96 };

/** The schema of the header; `description` says what it does here. */
export function idempotencyKeyHeader(description: string) {
  const key = Type.String({
    pattern: '^"?[A-Za-z0-9._-]{16,96}"?$',
    description: `${description} Quotes around it are no part of it.`,
  });
  return Type.Object({ 'idempotency-key': Type.Optional(key) });
}

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
    throw invalidRequest({
      param: keyHeader,
      message: `${keyHeader}: must be of A-Z a-z 0-9 . _ - only, holds ${showValue(wrong)}`,
    });
  }
  if (key.length < keyLengths.min || key.length > keyLengths.max) {
    const rule = `must have ${keyLengths.min} to ${keyLengths.max}`;
    throw invalidRequest({ param: keyHeader, message: `${keyHeader}: has ${key.length} characters, ${rule}` });
  }
  return key;
}
