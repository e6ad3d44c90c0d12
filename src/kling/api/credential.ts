import { createHash, createHmac } from 'node:crypto';
import type { KlingSettings } from '../config.ts';

/** Who we are at the Kling API. Shows itself to no log: only `fingerprint` may be stored or printed. */
export interface Credential {
  /** Stands for the account: elements are bound to it, slots counted by it. */
  readonly fingerprint: string;
  /** Value of the header `Authorization`. */
  authorize(): string;
  /**
   * The upstream refused the token: sign the next one by the upstream's clock, when it told it. Returns whether another
   * try makes sense; an API key has no clock and can't be signed anew.
   */
  renew(upstreamNow: Date | null): boolean;
}

/** Seconds before its end at which a token is replaced, so that none runs out on its way. */
const renewBeforeSeconds = 60;

/** Throws without credentials: who calls has asked `hasKlingCredentials`. */
export function createCredential(
  account: Partial<Pick<KlingSettings, 'klingApiKey' | 'klingAccessKey' | 'klingSecretKey' | 'klingAccount'>>,
  clock: { now(): Date },
): Credential {
  const { klingApiKey: apiKey, klingAccessKey: accessKey, klingSecretKey: secretKey, klingAccount } = account;
  if (apiKey !== undefined) {
    return {
      fingerprint: klingAccount ?? fingerprint(apiKey),
      authorize: () => `Bearer ${apiKey}`,
      renew: () => false,
    };
  }
  if (accessKey === undefined || secretKey === undefined) throw new Error('there are no credentials for the Kling API');
  let aheadMs = 0;
  let token = { text: '', renewAtMs: Number.NEGATIVE_INFINITY };
  const now = () => clock.now().getTime() + aheadMs;
  return {
    fingerprint: klingAccount ?? fingerprint(accessKey),
    authorize() {
      if (now() >= token.renewAtMs) {
        const text = signToken({ accessKey, secretKey }, Math.floor(now() / 1000));
        token = { text, renewAtMs: now() + (tokenLifeSeconds - renewBeforeSeconds) * 1000 };
      }
      return `Bearer ${token.text}`;
    },
    renew(upstreamNow) {
      if (upstreamNow !== null) aheadMs = upstreamNow.getTime() - clock.now().getTime();
      token = { text: '', renewAtMs: Number.NEGATIVE_INFINITY };
      return true;
    },
  };
}

/** 64 bits are enough to tell a handful of keys apart, and too few to be of use against a key of 128 and more. */
function fingerprint(key: string): string {
  return createHash('sha256').update(`kling ${key}`).digest('hex').slice(0, 16);
}

export interface KeyPair {
  accessKey: string;
  secretKey: string;
}

/** Seconds that a token is good for, and by how much it is dated back, as the vendor's sample signs. */
const tokenLifeSeconds = 1800;
const backdatedSeconds = 5;

/** A JSON Web Token (RFC 7519) over HS256 with the claims the Kling API documents: `iss`, `exp`, `nbf`. */
export function signToken({ accessKey, secretKey }: KeyPair, nowSeconds: number): string {
  const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');
  const header = encode({ alg: 'HS256', typ: 'JWT' });
  const claims = encode({ iss: accessKey, exp: nowSeconds + tokenLifeSeconds, nbf: nowSeconds - backdatedSeconds });
  const signature = createHmac('sha256', secretKey).update(`${header}.${claims}`).digest('base64url');
  return `${header}.${claims}.${signature}`;
}
