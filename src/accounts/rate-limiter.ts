export interface RateLimiterOptions {
  /** Milliseconds that never go backwards, such as `performance.now`. */
  clock: () => number;
  /** Tokens that come back per minute: the average rate. */
  requestsPerMinute: number;
  /** Tokens of a full bucket: what may come at once. */
  requestsBurst: number;
  /** Keys remembered at most, the least recently used forgotten (its bucket is full again then). Default 100,000. */
  keysMax?: number;
}

interface RateDecision {
  allowed: boolean;
  /** Tokens of a full bucket. */
  limit: number;
  /** Whole tokens left after this one. */
  remaining: number;
  /** Whole seconds until the next request would be allowed, at least 1; 0 when this one is. */
  retryAfterSeconds: number;
}

/** Token buckets, one for each key. */
export interface RateLimiter<Key> {
  /** Takes one token of the key's bucket when there is one. A refused request takes none. */
  takeToken(key: Key): RateDecision;
}

/** A token bucket for each key (an API key's id, an address), in this process's memory: with several processes each allows the whole rate. */
export function createRateLimiter<Key = number>(options: RateLimiterOptions): RateLimiter<Key> {
  const { clock, requestsBurst: limit, keysMax = 100_000 } = options;
  const tokensPerMs = options.requestsPerMinute / 60_000;
  // A Map keeps the order of insertion, and each use inserts anew, so the first entry is the least recently used.
  const buckets = new Map<Key, { tokens: number; filledAt: number }>();

  function takeToken(key: Key): RateDecision {
    const now = clock();
    const before = buckets.get(key) ?? { tokens: limit, filledAt: now };
    const filled = Math.min(limit, before.tokens + (now - before.filledAt) * tokensPerMs);
    const allowed = filled >= 1;
    const tokens = allowed ? filled - 1 : filled;
    buckets.delete(key);
    if (buckets.size >= keysMax) buckets.delete(buckets.keys().next().value as Key);
    buckets.set(key, { tokens, filledAt: now });
    const retryAfterSeconds = allowed ? 0 : Math.max(1, Math.ceil((1 - tokens) / tokensPerMs / 1000));
    return { allowed, limit, remaining: Math.floor(tokens), retryAfterSeconds };
  }

  return { takeToken };
}
