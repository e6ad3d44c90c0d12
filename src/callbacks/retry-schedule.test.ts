import { expect, test } from 'vitest';
import { parseSection, type SettingMistake } from '../lib/settings.ts';
import { section } from './config.ts';
import { chooseNextAttempt, countAttempts } from './index.ts';

const contract = section.retrySeconds.fallback;

function read(text: string): { gaps: readonly number[]; mistakes: SettingMistake[] } {
  const mistakes: SettingMistake[] = [];
  const { retrySeconds } = parseSection(section, { TROUPE_CALLBACK_RETRY_SECONDS: text }, mistakes);
  return { gaps: retrySeconds, mistakes };
}

test('a callback is sent four times at most, 1, 2 and 4 s after each failure ended', () => {
  const steps = [1, 2, 3, 4].map((attempt) => chooseNextAttempt(attempt, 'timed_out', contract));
  expect(steps).toEqual([
    { state: 'due', delayMs: 1000 },
    { state: 'due', delayMs: 2000 },
    { state: 'due', delayMs: 4000 },
    { state: 'given_up' },
  ]);
  expect(countAttempts(contract)).toBe(4);
});

test('an accepted attempt is the last, whichever it was', () => {
  for (const attempt of [1, 2, 3, 4])
    expect(chooseNextAttempt(attempt, 'accepted', contract)).toEqual({ state: 'delivered' });
});

test.each(['bad_status', 'refused_address', 'dns_failed', 'tls_failed', 'connection_lost'] as const)(
  'a failure by %s is tried again',
  (outcome) => {
    expect(chooseNextAttempt(1, outcome, contract).state).toBe('due');
  },
);

test("TROUPE_CALLBACK_RETRY_SECONDS lengthens the schedule: one more attempt than gaps, up to Stripe's three days", () => {
  const { gaps } = read('5, 300,1800,7200,18000,36000,36000,259200');
  expect(gaps).toHaveLength(8);
  expect(countAttempts(gaps)).toBe(9);
  expect(chooseNextAttempt(8, 'bad_status', gaps)).toEqual({ state: 'due', delayMs: 259_200_000 });
  expect(chooseNextAttempt(9, 'bad_status', gaps)).toEqual({ state: 'given_up' });
  expect(read('').gaps).toEqual([1, 2, 4]);
});

test.each([
  ['0', "must be whole seconds from 1 to 259200, holds '0'"],
  ['1,,4', "must be whole seconds from 1 to 259200, holds ''"],
  ['1,2.5', "must be whole seconds from 1 to 259200, holds '2.5'"],
  ['-1', "must be whole seconds from 1 to 259200, holds '-1'"],
  ['1;2;4', "must be whole seconds from 1 to 259200, holds '1;2;4'"],
  ['259201', "must be whole seconds from 1 to 259200, holds '259201'"],
  [Array(21).fill('1').join(), 'must have at most 20 gaps, has 21'],
])('TROUPE_CALLBACK_RETRY_SECONDS=%s is refused at the start', (text, rule) => {
  expect(read(text).mistakes).toEqual([{ env: 'TROUPE_CALLBACK_RETRY_SECONDS', rule }]);
});
