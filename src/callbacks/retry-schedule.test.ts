import { expect, test } from 'vitest';
import { attemptsMax, chooseNextAttempt } from './index.ts';

test('a callback is sent four times at most, 1, 2 and 4 s after each failure ended', () => {
  const steps = [1, 2, 3, 4].map((attempt) => chooseNextAttempt(attempt, 'timed_out'));
  expect(steps).toEqual([
    { state: 'due', delayMs: 1000 },
    { state: 'due', delayMs: 2000 },
    { state: 'due', delayMs: 4000 },
    { state: 'given_up' },
  ]);
  expect(attemptsMax).toBe(4);
});

test('an accepted attempt is the last, whichever it was', () => {
  for (const attempt of [1, 2, 3, 4]) expect(chooseNextAttempt(attempt, 'accepted')).toEqual({ state: 'delivered' });
});

test.each(['bad_status', 'refused_address', 'dns_failed', 'tls_failed', 'connection_lost'] as const)(
  'a failure by %s is tried again',
  (outcome) => {
    expect(chooseNextAttempt(1, outcome).state).toBe('due');
  },
);
