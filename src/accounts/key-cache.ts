import type { Db } from '../db/index.ts';
import { checkKeyUsable } from './check-key.ts';
import { tokenRefused, unauthorized } from './errors.ts';
import { computeKeyDigest, isKeyText } from './key-text.ts';
import { findKeyByAccessKey, findKeyByDigest, updateLastUsedAt } from './queries.ts';
import type { AuthenticatedKey } from './schema.ts';

/** What is announced to every process when a key was made, changed or deleted, so that it asks for its keys again. */
export const keysChanged = 'accounts_keys_changed';

export interface KeyCacheOptions {
  /** 0 to 1000: how long a disabled or deleted key may go on working. */
  ttlMs: number;
  /** Known keys remembered at most, and as many unknown ones beside them. */
  sizeMax: number;
  /** Milliseconds since 1970. */
  clock: () => number;
  /** Told when noting the last use failed; the request it belongs to succeeds all the same. */
  onError?: (error: unknown) => void;
}

/** Authentication for a process that asks often: what it answers is at most as old as the cache's time. */
export interface KeyCache {
  /** Like `authenticateKey`. `db` must be a pool: the query is shared with other requests, and last use is noted later. */
  authenticateKey(db: Db, text: string | undefined): Promise<AuthenticatedKey>;
  /** The same by the public half of a pair, whose holder has proved that it is theirs. */
  authenticateAccessKey(db: Db, accessKey: string): Promise<AuthenticatedKey>;
  /** Forgets everything, also what is being asked: the next request looks again. */
  clear(): void;
  /** Resolves when nothing is being written any more; for closing the pool. */
  settled(): Promise<void>;
}

interface Entry {
  /** Before the query was sent: what it found may have changed since then. */
  askedAt: number;
  found: Promise<AuthenticatedKey | null>;
}

/** `last_used_at` is for people, to the minute; more would be a write per request. */
const lastUseStepMs = 60_000;

/**
 * Remembers for `ttlMs` whose key a text is, or that it's nobody's. Requests that come at once share one query, and none
 * uses an answer to a question asked more than `ttlMs` before it came, so a slow database can't stretch a revocation.
 * Expiry needs no query and is exact. Unknown keys are remembered apart, so that a flood of them pushes out no known one.
 * Texts are kept as digests only.
 */
export function createKeyCache({ ttlMs, sizeMax, clock, onError }: KeyCacheOptions): KeyCache {
  const asked = new Map<string, Entry>();
  const known = new Map<string, Entry>();
  const unknown = new Map<string, Entry>();
  const writes = new Set<Promise<void>>();

  function isFresh({ askedAt }: Entry): boolean {
    const age = clock() - askedAt;
    return age >= 0 && age < ttlMs;
  }

  function find(id: string, ask: () => Promise<AuthenticatedKey | null>): Promise<AuthenticatedKey | null> {
    const entry = known.get(id) ?? unknown.get(id) ?? asked.get(id);
    if (entry && isFresh(entry)) return entry.found;
    known.delete(id);
    unknown.delete(id);
    const next: Entry = { askedAt: clock(), found: ask() };
    asked.set(id, next);
    void next.found.then((key) => remember(id, next, key)).catch(() => forget(id, next));
    return next.found;
  }

  function remember(id: string, entry: Entry, key: AuthenticatedKey | null): void {
    if (asked.get(id) !== entry) return;
    asked.delete(id);
    const entries = key ? known : unknown;
    // Entries live equally long, so the first one in is the first to run out.
    if (entries.size >= sizeMax) entries.delete(entries.keys().next().value as string);
    entries.set(id, entry);
  }

  function forget(id: string, entry: Entry): void {
    if (asked.get(id) === entry) asked.delete(id);
  }

  function noteUse(db: Db, key: AuthenticatedKey, now: number): void {
    if (key.last_used_at && now - key.last_used_at.getTime() < lastUseStepMs) return;
    key.last_used_at = new Date(now);
    const write = updateLastUsedAt(db, key.key_id, key.last_used_at, new Date(now - lastUseStepMs))
      .catch((error) => onError?.(error))
      .finally(() => writes.delete(write));
    writes.add(write);
  }

  function use(db: Db, key: AuthenticatedKey): AuthenticatedKey {
    const now = clock();
    checkKeyUsable(key, new Date(now));
    noteUse(db, key, now);
    return key;
  }

  return {
    async authenticateKey(db, text) {
      if (text === undefined || !isKeyText(text)) throw unauthorized();
      const digest = computeKeyDigest(text);
      const key = await find(digest.toString('base64'), () => findKeyByDigest(db, digest));
      if (!key) throw unauthorized();
      return use(db, key);
    },
    async authenticateAccessKey(db, accessKey) {
      const key = await find(accessKey, () => findKeyByAccessKey(db, accessKey));
      if (!key) throw tokenRefused('token_invalid');
      return use(db, key);
    },
    clear() {
      for (const entries of [asked, known, unknown]) entries.clear();
    },
    async settled() {
      await Promise.all(writes);
    },
  };
}
