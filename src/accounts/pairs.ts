import { createHmac } from 'node:crypto';
import { errors, jwtVerify } from 'jose';
import { createRandomText } from '../lib/random.ts';
import { tokenRefused } from './errors.ts';

const base62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const accessKeyPattern = /^ak-troupe[0-9A-Za-z]{24}$/;

/** The longest that a token may last, as the vendor's own (its page on authentication, 2026-09-20). */
const tokenSeconds = 1800;

/** A token is made by a clock that isn't ours. */
const toleranceSeconds = 60;

/** What a token may look like at all: a longer one would only be work. */
const tokenPattern = /^[\w-]{2,400}\.[\w-]{2,2000}\.[\w-]{40,100}$/;

/** The two halves with which clients of the official Kling API sign their requests. */
export interface KeyPair {
  access_key: string;
  secret_key: string;
}

/** The pairs of a server. */
export interface Pairs {
  /** A pair that no key has. */
  create(): Promise<KeyPair>;
  /**
   * The access key by whose secret key a token is signed: HS256, its issuer the access key, at most 30 minutes to its end.
   * Asks nobody, so that a forged token costs no look at the database; whether a key has this access key is another
   * question. Throws 401 `unauthorized` with its `reason`.
   */
  verifyToken(token: string, now: Date): Promise<string>;
}

/** Whether what stands in the place of a key is a signed token. */
export function isToken(text: string): boolean {
  return tokenPattern.test(text);
}

/**
 * Each secret key is an HMAC-SHA256 of its access key under a secret of 32 bytes or more, which lies outside of the database: what is stored
 * there opens nothing. `loadSecret` is asked when a pair is first needed.
 */
export function createPairs(loadSecret: () => Promise<Uint8Array>): Pairs {
  let secret: Promise<Uint8Array> | undefined;

  async function derive(accessKey: string): Promise<string> {
    secret ??= loadSecret().catch((error: unknown) => {
      secret = undefined;
      throw error;
    });
    return createHmac('sha256', await secret)
      .update(`pair\n${accessKey}`)
      .digest('base64url');
  }

  return {
    async create() {
      const access_key = `ak-troupe${createRandomText(24, base62)}`;
      return { access_key, secret_key: await derive(access_key) };
    },
    async verifyToken(token, now) {
      const accessKey = readIssuer(token);
      const key = new TextEncoder().encode(await derive(accessKey));
      const options = { algorithms: ['HS256'], currentDate: now, clockTolerance: toleranceSeconds };
      const { exp } = await jwtVerify(token, key, { ...options, requiredClaims: ['iss', 'exp'] }).then(
        ({ payload }) => payload,
        (error: unknown) => {
          throw tokenRefused(nameReason(error));
        },
      );
      const secondsLeft = (exp as number) - now.getTime() / 1000;
      if (secondsLeft > tokenSeconds + toleranceSeconds) throw tokenRefused('token_lasts_too_long');
      return accessKey;
    },
  };
}

/** The access key that a token names, before anybody has looked whether it is true. */
function readIssuer(token: string): string {
  try {
    const { iss } = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8')) as {
      iss?: unknown;
    };
    if (typeof iss === 'string' && accessKeyPattern.test(iss)) return iss;
  } catch {
    // Neither is one that can't be read.
  }
  throw tokenRefused('token_invalid');
}

function nameReason(error: unknown): Parameters<typeof tokenRefused>[0] {
  if (error instanceof errors.JWTExpired) return 'token_expired';
  const isEarly = error instanceof errors.JWTClaimValidationFailed && error.claim === 'nbf';
  return isEarly && error.reason === 'check_failed' ? 'token_not_yet_valid' : 'token_invalid';
}
