import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { showKind, showValue } from './show-value.ts';

describe('what a message repeats of a value', () => {
  test.each([
    ['image', "'image'"],
    [12, '12'],
    [null, 'null'],
    [[1, 2, 3], 'an array (3 items)'],
    [{ a: 1 }, 'an object'],
    ['a\r\nb\u001b[1m', "'a\\u{d}\\u{a}b\\u{1b}[1m'"],
    ['\u202eevil', "'\\u{202e}evil'"],
    ['\ud800', "'\\u{d800}'"],
    ['x '.repeat(50), `'${'x '.repeat(20)}…'`],
    ['👩‍👧 '.repeat(3), "'👩‍👧 👩‍👧 👩‍👧 '"],
  ])('%j is shown as %s', (value, shown) => {
    expect(showValue(value)).toBe(shown);
  });

  test('a URL is cut to scheme and host: no path, signature, user name or password', () => {
    expect(showValue('https://user:pass@cdn.example.com:8443/a/b.jpg?X-Amz-Signature=abcdef#f')).toBe(
      "'https://cdn.example.com:8443/…'",
    );
    expect(showValue('see https://a.example/?sig=abcdef')).toBe('a text of 33 characters');
  });

  test('base64, data URLs and keys are named by size only', () => {
    const base64 = Buffer.alloc(300, 99).toString('base64');
    expect(showValue(base64)).toBe('a text of 400 characters');
    expect(showValue(`data:image/png;base64,${base64}`)).toBe('a data URL of 422 characters');
    expect(showValue(`sk-${'a1'.repeat(20)}`)).toBe('a text of 43 characters');
  });

  test('the kind of a value is told with the value where that is short', () => {
    expect([12, true, null, '', 'abc', [], {}].map(showKind)).toEqual([
      'a number (12)',
      'a boolean (true)',
      'null',
      'an empty text',
      "text ('abc')",
      'an array (0 items)',
      'an object',
    ]);
  });

  test('any value is shown on one line of at most 400 characters', () => {
    fc.assert(
      fc.property(fc.oneof(fc.anything(), fc.string({ unit: 'binary', maxLength: 300 })), (value) => {
        const shown = typeof value === 'symbol' ? '' : showKind(value);
        expect(shown).not.toMatch(/[\p{Cc}\p{Cs}\u2028\u2029]/u);
        expect(shown.length).toBeLessThanOrEqual(400);
      }),
    );
  });
});
