import { invalidRequest } from './errors.ts';

const pattern = /^[A-Za-z0-9._-]{16,96}$/;

/** Null when none was sent. Throws 400 `invalid_request`: a key that is only nearly right must not be ignored. */
export function readIdempotencyKey(header: string | string[] | undefined): string | null {
  if (header === undefined) return null;
  if (typeof header === 'string' && pattern.test(header)) return header;
  const param = 'Idempotency-Key';
  const message = `${param}: has ${String(header).length} characters, must have 16 to 96 of A-Z a-z 0-9 . _ -`;
  throw invalidRequest({ param, message });
}
