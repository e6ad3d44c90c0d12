import { createHmac } from 'node:crypto';
import { Refusal } from './faults.ts';

export interface KnownCredentials {
  apiKey: string;
  accessKey: string;
  secretKey: string;
}

/** Accepts the API key, or a token of the key pair that is good at `nowMs`; refuses as the vendor's table says. */
export function checkAuthorization(header: string | undefined, known: KnownCredentials, nowMs: number): void {
  const token = /^Bearer (\S+)$/.exec(header ?? '')?.[1];
  if (token === undefined) throw new Refusal(1001);
  if (token === known.apiKey) return;
  const [head = '', claims = '', signature] = token.split('.');
  const expected = createHmac('sha256', known.secretKey).update(`${head}.${claims}`).digest('base64url');
  if (signature !== expected || read(head).alg !== 'HS256' || read(claims).iss !== known.accessKey) {
    throw new Refusal(1002);
  }
  if (Number(read(claims).nbf) > nowMs / 1000) throw new Refusal(1003);
  if (Number(read(claims).exp) < nowMs / 1000) throw new Refusal(1004);
}

function read(part: string): Record<string, unknown> {
  try {
    return JSON.parse(Buffer.from(part, 'base64url').toString());
  } catch {
    throw new Refusal(1002);
  }
}
