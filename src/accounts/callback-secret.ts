import { randomBytes } from 'node:crypto';

/** 32 random bytes as Standard Webhooks writes a symmetric secret: `whsec_` and base64. */
export function createCallbackSecret(): string {
  return `whsec_${randomBytes(32).toString('base64')}`;
}
