/** The three headers and the body of a callback, as a receiver got them. */
export interface ReceivedCallback {
  id: string;
  timestamp: string;
  body: string;
}

/**
 * The signature that belongs to a callback, `v1,…`, by Standard Webhooks: HMAC-SHA256 of `id.timestamp.body` with the bytes of
 * the secret. In the browser, so that the secret goes nowhere. Throws for a secret that is none.
 */
export async function computeSignature(secret: string, { id, timestamp, body }: ReceivedCallback): Promise<string> {
  const bytes = Uint8Array.from(atob(secret.trim().replace(/^whsec_/, '')), (sign) => sign.charCodeAt(0));
  if (bytes.length === 0) throw new Error('The secret is empty');
  const key = await crypto.subtle.importKey('raw', bytes, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
  const signed = new TextEncoder().encode(`${id.trim()}.${timestamp.trim()}.${body}`);
  const signature = new Uint8Array(await crypto.subtle.sign('HMAC', key, signed));
  return `v1,${btoa(String.fromCharCode(...signature))}`;
}
