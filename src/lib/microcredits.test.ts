import fc from 'fast-check';
import { expect, test } from 'vitest';
import { AppError } from './errors.ts';
import { microcreditsMax, parseCredits, presentCredits } from './microcredits.ts';

test.each<[string | number, number]>([
  ['0', 0],
  [0, 0],
  ['0.1', 100_000],
  [0.1, 100_000],
  ['0.3', 300_000],
  [0.000001, 1],
  ['1.000000', 1_000_000],
  ['007', 7_000_000],
  [68, 68_000_000],
  ['9007199254.740991', microcreditsMax],
])('%j credits are %i microcredits', (credits, microcredits) => {
  expect(parseCredits(credits)).toBe(microcredits);
});

test.each([
  0.1 + 0.2,
  '0.30000000000000004',
  '0.0000001',
  1e-7,
  -1,
  '-1',
  '-0',
  '+1',
  Number.NaN,
  Number.POSITIVE_INFINITY,
  'NaN',
  '1e3',
  1e21,
  '',
  ' 1',
  '1\n',
  '1.',
  '.5',
  '1,5',
  '1_000',
  '0x10',
  '١',
  2 ** 53 + 1,
  '9007199254740993',
  '9007199254.740992',
  '9'.repeat(100_000),
])('%j is refused, not rounded', (credits) => {
  expect(() => parseCredits(credits)).toThrow(AppError);
  expect(() => parseCredits(credits)).toThrow('must be a plain decimal from 0 to 9007199254.740991');
});

test('the message shows at most 40 characters of what was sent', () => {
  expect(() => parseCredits('x'.repeat(1000))).toThrow(/, is 'x{40}'$/);
});

test('any amount below 4 · 10⁹ credits survives being presented and parsed', () => {
  const amounts = fc.integer({ min: 0, max: 4_000_000_000_000_000 });
  fc.assert(fc.property(amounts, (amount) => parseCredits(presentCredits(amount).toFixed(6)) === amount));
});

test('tenths add up', () => {
  expect(presentCredits(parseCredits('0.1') + parseCredits('0.2'))).toBe(0.3);
});
