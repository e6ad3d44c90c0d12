import { createHmac } from 'node:crypto';

const secretPrefix = 'whsec_';

export interface CallbackSignature {
  'webhook-id': string;
  'webhook-timestamp': string;
  'webhook-signature': string;
}

/**
 * The headers that prove who sent a body and when, one signature per secret, so that an old and a new secret both work
 * while one replaces the other. `body` must be the very text that is sent. `id` is the same in every attempt of one
 * callback. Throws an Error if a secret isn't 24 to 64 bytes of base64 or the id holds a dot, which would make the
 * signed text ambiguous. Source: Standard Webhooks 1.0.0, signature scheme `v1` (HMAC-SHA256).
 */
export function signCallback(
  callback: { id: string; body: string; sentAt: Date },
  secrets: readonly [string, ...string[]],
): CallbackSignature {
  if (callback.id === '' || callback.id.includes('.')) throw new Error('a callback id must be text without a dot');
  const timestamp = String(Math.floor(callback.sentAt.getTime() / 1000));
  const signed = `${callback.id}.${timestamp}.${callback.body}`;
  const signatures = secrets.map(
    (secret) => `v1,${createHmac('sha256', parseSecret(secret)).update(signed).digest('base64')}`,
  );
  return {
    'webhook-id': callback.id,
    'webhook-timestamp': timestamp,
    'webhook-signature': signatures.join(' '),
  };
}

function parseSecret(secret: string): Buffer {
  const text = secret.startsWith(secretPrefix) ? secret.slice(secretPrefix.length) : secret;
  const key = Buffer.from(text, 'base64');
  // Buffer.from never fails, it skips what isn't base64; only the way back shows it.
  if (key.length < 24 || key.length > 64 || key.toString('base64') !== text) {
    throw new Error('a signing secret must be whsec_ and 24 to 64 bytes in base64');
  }
  return key;
}
