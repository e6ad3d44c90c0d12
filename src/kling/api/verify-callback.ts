import { createHmac, timingSafeEqual } from 'node:crypto';

export interface KlingCallback {
  /** The raw bytes: the signature covers them, not what they parse to. */
  body: Uint8Array;
  headers: Readonly<Record<string, string | string[] | undefined>>;
}

/** Seconds by which the vendor's clock and ours may differ. */
const toleranceSeconds = 300;

/**
 * Whether a callback is the vendor's: HMAC-SHA256 over `id.timestamp.body`, keyed by the base64 behind `whsec_`, compared
 * in constant time. One of several secrets is enough, since an old one stays good for a week after it was replaced.
 * Source: the vendor's page on callbacks, whose test vector is among the tests; the scheme is that of Standard Webhooks.
 */
export function verifyKlingCallback({ body, headers }: KlingCallback, secrets: readonly string[], now: Date): boolean {
  const id = headers['webhook-id'];
  const timestamp = headers['webhook-timestamp'];
  const signatures = headers['webhook-signature'];
  if (typeof id !== 'string' || typeof timestamp !== 'string' || typeof signatures !== 'string') return false;
  if (!/^\d{1,12}$/.test(timestamp)) return false;
  if (Math.abs(now.getTime() / 1000 - Number(timestamp)) > toleranceSeconds) return false;
  const candidates = signatures
    .split(' ')
    .filter((one) => one.startsWith('v1,'))
    .map((one) => Buffer.from(one.slice(3), 'base64'));
  return secrets.some((secret) => {
    const expected = sign(secret, id, timestamp, body);
    return candidates.some((one) => one.length === expected.length && timingSafeEqual(one, expected));
  });
}

function sign(secret: string, id: string, timestamp: string, body: Uint8Array): Buffer {
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  return createHmac('sha256', key).update(`${id}.${timestamp}.`).update(body).digest();
}
