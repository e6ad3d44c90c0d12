import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type AttemptRecord, attemptsMax, chooseNextAttempt } from './index.ts';

const t0 = Date.parse('2026-01-01T00:00:00Z');
const at = (ms: number) => new Date(t0 + ms);

function failed(startMs: number, endMs: number): AttemptRecord {
  return { started_at: at(startMs), ended_at: at(endMs), outcome: 'timed_out' };
}

test('the first attempt is due at once', () => {
  expect(chooseNextAttempt([])).toEqual({ state: 'due', attempt_number: 1, due_at: null });
});

test('retries follow 1, 2 and 4 s after the END of each failure, then it is given up', () => {
  const attempts = [failed(0, 10_000), failed(11_000, 11_020), failed(13_020, 23_020), failed(27_020, 27_030)];
  const next = [1, 2, 3, 4].map((count) => chooseNextAttempt(attempts.slice(0, count)));
  expect(next).toEqual([
    { state: 'due', attempt_number: 2, due_at: at(11_000) },
    { state: 'due', attempt_number: 3, due_at: at(13_020) },
    { state: 'due', attempt_number: 4, due_at: at(27_020) },
    { state: 'given_up' },
  ]);
});

test('an attempt whose process died counts as failed once its time limit is over', () => {
  const open: AttemptRecord = { started_at: at(0), ended_at: null, outcome: null };
  expect(chooseNextAttempt([open])).toEqual({ state: 'due', attempt_number: 2, due_at: at(11_000) });
  expect(chooseNextAttempt([open, open, open, open])).toEqual({ state: 'given_up' });
});

describe('for any history', () => {
  const record: fc.Arbitrary<AttemptRecord> = fc.record({
    started_at: fc.constant(at(0)),
    ended_at: fc.option(fc.constant(at(5))),
    outcome: fc.constantFrom('accepted', 'bad_status', 'timed_out', 'refused_address', null),
  });

  test('nothing follows an accepted attempt, and never more than four are made', () => {
    fc.assert(
      fc.property(fc.array(record, { maxLength: 8 }), (attempts) => {
        const next = chooseNextAttempt(attempts);
        const isAccepted = attempts.some((attempt) => attempt.outcome === 'accepted');
        if (isAccepted) expect(next).toEqual({ state: 'accepted' });
        else if (attempts.length >= attemptsMax) expect(next).toEqual({ state: 'given_up' });
        else expect(next).toMatchObject({ state: 'due', attempt_number: attempts.length + 1 });
      }),
    );
  });
});
