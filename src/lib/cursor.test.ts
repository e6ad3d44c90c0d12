import fc from 'fast-check';
import { expect, test } from 'vitest';
import { encodeCursor, parseCursor } from './cursor.ts';

test('a cursor of a list gives its parts back, whatever they are', () => {
  const part = fc.string({ unit: 'grapheme', maxLength: 40 }).filter((text) => !text.includes('\0'));
  fc.assert(
    fc.property(fc.maxSafeInteger(), part, (id, text) => {
      const cursor = encodeCursor('things', [id, text]);
      expect(cursor).toMatch(/^[\w-]+$/);
      expect(parseCursor('things', ['number', 'string'], cursor)).toEqual([id, text]);
    }),
  );
});

test.each([
  ['of another list', encodeCursor('others', [1])],
  ['with too many parts', encodeCursor('things', [1, 2])],
  ['with none', encodeCursor('things', [])],
  ['of another type', encodeCursor('things', ['1'])],
  ['with a fraction', encodeCursor('things', [1.5])],
  ['beyond 2⁵³', Buffer.from('["things",1e300]').toString('base64url')],
  ['that is no list', Buffer.from('{"0":"things"}').toString('base64url')],
  ['that is no JSON', Buffer.from('things').toString('base64url')],
  ['that is empty', ''],
  ['in another alphabet', '[1]'],
  ['that never ends', 'A'.repeat(100_000)],
])('a cursor %s is no cursor', (_, text) => {
  expect(parseCursor('things', ['number'], text)).toBeNull();
});

test('a text with a NUL is no cursor, since no row holds one', () => {
  expect(parseCursor('things', ['string'], encodeCursor('things', ['a\0']))).toBeNull();
});

test.each([
  ['day', '2026-02-28', true],
  ['day', '2026-02-30', false],
  ['day', '0000-01-01', false],
  ['day', 'infinity', false],
  ['day', '2026-02-28T00:00:00Z', false],
  ['time', '2026-02-28T10:00:00.123456Z', true],
  ['time', '2026-02-30T10:00:00.123456Z', false],
  ['time', '2026-02-28', false],
  ['time', 5, false],
] as const)('as a %s, %j is taken: %s', (type, part, isTaken) => {
  expect(parseCursor('a list', [type], encodeCursor('a list', [part])) !== null).toBe(isTaken);
});
