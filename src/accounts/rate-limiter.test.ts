import { expect, test } from 'vitest';
import { createRateLimiter } from './rate-limiter.ts';

function openLimiter(options: { requestsPerMinute: number; requestsBurst: number; keysMax?: number }) {
  const time = { ms: 1_000_000 };
  const { takeToken } = createRateLimiter({ ...options, clock: () => time.ms });
  return { time, takeToken };
}

test('a full bucket lets the burst through, then nothing', () => {
  const { takeToken } = openLimiter({ requestsPerMinute: 60, requestsBurst: 3 });
  expect([1, 2, 3].map(() => takeToken(1).remaining)).toEqual([2, 1, 0]);
  expect(takeToken(1)).toEqual({ allowed: false, limit: 3, remaining: 0, retryAfterSeconds: 1 });
});

test('waiting for the seconds it was told, and not less, makes the next request pass', () => {
  const { time, takeToken } = openLimiter({ requestsPerMinute: 6, requestsBurst: 1 });
  takeToken(1);
  expect(takeToken(1).retryAfterSeconds).toBe(10);
  time.ms += 9_999;
  expect(takeToken(1)).toMatchObject({ allowed: false, retryAfterSeconds: 1 });
  time.ms += 1;
  expect(takeToken(1)).toMatchObject({ allowed: true, retryAfterSeconds: 0 });
});

test('over a long time exactly the rate gets through, however often it is asked', () => {
  const { time, takeToken } = openLimiter({ requestsPerMinute: 600, requestsBurst: 5 });
  let allowed = 0;
  for (let i = 0; i < 60_000; i++) {
    if (takeToken(1).allowed) allowed++;
    time.ms += 4;
  }
  expect(allowed).toBeGreaterThanOrEqual(2400 + 4);
  expect(allowed).toBeLessThanOrEqual(2400 + 5);
});

test('a bucket never holds more than the burst, however long the pause', () => {
  const { time, takeToken } = openLimiter({ requestsPerMinute: 60, requestsBurst: 2 });
  takeToken(1);
  time.ms += 86_400_000;
  expect([1, 2, 3].map(() => takeToken(1).allowed)).toEqual([true, true, false]);
});

test('one key does not use up another one', () => {
  const { takeToken } = openLimiter({ requestsPerMinute: 60, requestsBurst: 1 });
  takeToken(1);
  expect(takeToken(1).allowed).toBe(false);
  expect(takeToken(2).allowed).toBe(true);
});

test('of many keys the least recently used is forgotten, never one in use', () => {
  const { takeToken } = openLimiter({ requestsPerMinute: 60, requestsBurst: 1, keysMax: 2 });
  takeToken(1);
  takeToken(2);
  takeToken(1);
  takeToken(3);
  expect(takeToken(1).allowed).toBe(false);
  expect(takeToken(2).allowed).toBe(true);
});
