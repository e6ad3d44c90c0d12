import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatFixedPoint, parseFixedPoint } from './parse-fixed-point.ts';

test.each([
  ['1', 1_000_000n],
  ['0.001', 1000n],
  ['0.000001', 1n],
  ['0', 0n],
  ['16.2', 16_200_000n],
  ['1.100000', 1_100_000n],
  ['9007199254740993.000001', 9_007_199_254_740_993_000_001n],
])('%s at six decimals is %s', (text, value) => {
  expect(parseFixedPoint(text, 6)).toBe(value);
});

test.each(['', ' 1', '-1', '+1', '1e3', '1,5', '.5', '1.', '0x10', 'NaN', '1_000', '0.0000001', '1'.repeat(31)])(
  '%j is refused',
  (text) => {
    expect(() => parseFixedPoint(text, 6)).toThrow(/must/);
  },
);

test('every amount survives being written and read', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 10n ** 18n }), fc.integer({ min: 0, max: 9 }), (value, decimals) => {
      expect(parseFixedPoint(formatFixedPoint(value, decimals), decimals)).toBe(value);
    }),
  );
});
