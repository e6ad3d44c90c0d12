import { createHmac } from 'node:crypto';

export interface KeyPair {
  accessKey: string;
  secretKey: string;
}

/** Seconds that a token is good for, and by how much it is dated back, as the vendor's sample signs. */
export const tokenLifeSeconds = 1800;
const backdatedSeconds = 5;

/** A JSON Web Token (RFC 7519) over HS256 with the claims the Kling API documents: `iss`, `exp`, `nbf`. */
export function signToken({ accessKey, secretKey }: KeyPair, nowSeconds: number): string {
  const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');
  const header = encode({ alg: 'HS256', typ: 'JWT' });
  const claims = encode({ iss: accessKey, exp: nowSeconds + tokenLifeSeconds, nbf: nowSeconds - backdatedSeconds });
  const signature = createHmac('sha256', secretKey).update(`${header}.${claims}`).digest('base64url');
  return `${header}.${claims}.${signature}`;
}
