import { hash, randomBytes } from 'node:crypto';
import type { Db } from '../db/index.ts';
import { authenticateKey } from './authenticate-key.ts';
import { checkKeyUsable } from './check-key.ts';
import { sessionEnded, signInRefused } from './errors.ts';
import type { AuthenticatedKey } from './schema.ts';
import {
  deleteEndedSessions,
  deleteSession,
  findOperatorKey,
  findSession,
  insertSession,
  insertSignInLink,
  takeSignInLink,
  updateSessionUse,
} from './session-queries.ts';

/** Milliseconds: how long a session lives without being used, how long at most, and how long a printed link may be followed. */
const limits = { idleMs: 12 * 3_600_000, wholeMs: 7 * 86_400_000, linkMs: 10 * 60_000 };

/** `used_at` is kept to the minute; more would be a write per request. */
const useStepMs = 60_000;

/** What a browser shows to be let in: a key, or the secret of a link that was printed. */
export interface SignIn {
  key?: string | undefined;
  once?: string | undefined;
}

/** A browser's session: `token` is for its cookie alone, and stored nowhere. */
export interface NewSignIn {
  token: string;
  caller: AuthenticatedKey;
  expires_at: Date;
}

/**
 * Opens a session for a key, or for a link's key, whose link is used up by it. Throws 401 `unauthorized`, always with the same
 * body: for a wrong, disabled and expired key, and for a link that has ended or was followed before.
 */
export async function createSession(tx: Db, { key, once }: SignIn, now: Date): Promise<NewSignIn> {
  const caller = await (once === undefined ? findKeyOf(tx, key, now) : findLinkedKey(tx, once, now));
  const token = createToken();
  const expires_at = new Date(now.getTime() + limits.wholeMs);
  const row = { digest: computeDigest(token), key_id: caller.key_id, created_at: now, used_at: now, expires_at };
  await insertSession(tx, row);
  return { token, caller, expires_at };
}

async function findKeyOf(tx: Db, key: string | undefined, now: Date): Promise<AuthenticatedKey> {
  try {
    return await authenticateKey(tx, key, now);
  } catch (error) {
    throw isRefusal(error) ? signInRefused() : error;
  }
}

async function findLinkedKey(tx: Db, once: string, now: Date): Promise<AuthenticatedKey> {
  const caller = await takeSignInLink(tx, computeDigest(once), now);
  if (caller === null) throw signInRefused();
  try {
    checkKeyUsable(caller, now);
  } catch {
    throw signInRefused();
  }
  return caller;
}

const isRefusal = (error: unknown) => [401, 402].includes((error as { status?: number }).status ?? 0);

/**
 * Whose session this is, with the key as it is at this moment. Throws 401 `unauthorized` once it has ended: idle for 12 h,
 * 7 days old, signed out, or its key deleted; 402 `key_disabled` and `key_expired` of its key.
 */
export async function authenticateSession(db: Db, token: string, now: Date): Promise<AuthenticatedKey> {
  const digest = computeDigest(token);
  const found = await findSession(db, digest);
  if (found === null) throw sessionEnded();
  const { session_used_at, session_expires_at, ...caller } = found;
  const idleMs = now.getTime() - session_used_at.getTime();
  if (session_expires_at <= now || idleMs >= limits.idleMs) throw sessionEnded();
  checkKeyUsable(caller, now);
  if (idleMs >= useStepMs) await updateSessionUse(db, digest, now, new Date(now.getTime() - useStepMs));
  return caller;
}

/** Ends a session; answers whose it was, null where there was none. */
export async function endSession(tx: Db, token: string): Promise<{ key_id: number } | null> {
  return await deleteSession(tx, computeDigest(token));
}

/** Removes sessions and links that have ended. */
export async function forgetEndedSessions(db: Db, now: Date): Promise<void> {
  await deleteEndedSessions(db, now, new Date(now.getTime() - limits.idleMs));
}

/** The secret of a link that signs one browser in within ten minutes, as the oldest admin's key; null where no such key works. */
export async function createSignInLink(db: Db, now: Date): Promise<string | null> {
  const operator = await findOperatorKey(db, now);
  if (operator === null) return null;
  const secret = createToken();
  const expires_at = new Date(now.getTime() + limits.linkMs);
  await insertSignInLink(db, { digest: computeDigest(secret), key_id: operator.key_id, expires_at });
  return secret;
}

/** 256 bits. */
function createToken(): string {
  return randomBytes(32).toString('base64url');
}

function computeDigest(token: string): Buffer {
  return hash('sha256', token, 'buffer');
}
