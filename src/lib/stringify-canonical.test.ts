import fc from 'fast-check';
import { expect, test } from 'vitest';
import { stringifyCanonical } from './stringify-canonical.ts';

/** The same value with the keys of every object in another order. */
function turn(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(turn);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([key, member]) => [key, turn(member)]),
  );
}

test('the order of keys, at any depth, and the spelling of numbers and texts change nothing', () => {
  fc.assert(fc.property(fc.jsonValue(), (value) => stringifyCanonical(turn(value)) === stringifyCanonical(value)));
  const [one, other] = ['{"a":[{"b":5.0,"c":"\\u0041"}],"d":1e1}', '{ "d": 10, "a": [{"c": "A", "b": 5}] }'];
  expect(stringifyCanonical(JSON.parse(one as string))).toBe(stringifyCanonical(JSON.parse(other as string)));
});

test('the order of items, and what is text and what a number, change it', () => {
  const texts = [[1, 2], [2, 1], ['1', 2], { a: 1 }, { a: [1] }, { a: null }, {}].map(stringifyCanonical);
  expect(new Set(texts).size).toBe(texts.length);
});
