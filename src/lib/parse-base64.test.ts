import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseBase64 } from './parse-base64.ts';

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const parse = (text: string, bytesMax = 1000) => parseBase64(text, bytesMax);
const bytes = fc.uint8Array({ minLength: 1, maxLength: 100 }).map((array) => Buffer.from(array));

describe('strict base64', () => {
  test('every sequence of bytes survives the round trip', () => {
    fc.assert(
      fc.property(bytes, (sent) => {
        const verdict = parse(sent.toString('base64'));
        expect(verdict.ok && verdict.bytes.equals(sent)).toBe(true);
      }),
    );
  });

  test('one character outside the alphabet, anywhere, is refused and named by its place', () => {
    const foreign = fc.oneof(
      fc.constantFrom('-', '_', ' ', '\n', '\r', '\t', '.', ':', '\0', '\u0141', '😀', '\ud800'),
      fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
    );
    fc.assert(
      fc.property(bytes, foreign, fc.nat(), (sent, character, place) => {
        fc.pre(!alphabet.includes(character) && character !== '=');
        const text = sent.toString('base64');
        const at = place % text.length;
        const verdict = parse(text.slice(0, at) + character + text.slice(at + 1));
        expect(verdict.ok ? '' : verdict.message).toContain(`is not base64: character ${at + 1} is `);
      }),
      { numRuns: 1000 },
    );
  });

  test.each([
    ['', 'is empty'],
    ['A', 'is not base64: 1 character, must be a multiple of 4 with padding'],
    ['QUI', 'is not base64: 3 characters, must be a multiple of 4 with padding'],
    ['QQ=', 'is not base64: 3 characters, must be a multiple of 4 with padding'],
    ['Q===', "is not base64: character 2 is '=', which may stand only at the end, at most twice"],
    ['QQ==QUJD', "is not base64: character 3 is '=', which may stand only at the end, at most twice"],
    ['====', "is not base64: character 1 is '=', which may stand only at the end, at most twice"],
    ['QR==', 'is not base64: the last character carries bits that belong to no byte'],
    ['QUJ=', 'is not base64: the last character carries bits that belong to no byte'],
    ['QUJD\n', "is not base64: character 5 is '\\u{a}'"],
    ['QUJDQUI-', "is not base64: character 8 is '-'"],
  ])('%j is refused: %s', (text, message) => {
    expect(parse(text)).toMatchObject({ ok: false, message });
  });

  test('the limit counts decoded bytes exactly, at every padding', () => {
    for (const size of [99, 100, 101]) {
      const verdict = parse(randomBytes(size).toString('base64'), 100);
      expect(verdict.ok).toBe(size <= 100);
      if (!verdict.ok) expect(verdict.message).toBe('is 101 bytes when decoded, at most 100 are allowed');
    }
  });

  test('too long a text is refused by its length, whatever it holds', () => {
    expect(parse('!'.repeat(2000), 1000)).toMatchObject({ reason: 'too_large' });
  });

  test('13 million characters take well under a second, sound or broken at the end, or made to backtrack', () => {
    const text = randomBytes(10_000_000).toString('base64');
    const cases = [text, `${text.slice(0, -1)}!`, '='.repeat(13_000_000), `${'='.repeat(13_000_000)}A`];
    for (const [index, one] of cases.entries()) {
      const start = performance.now();
      expect(parse(one, 10_485_760).ok).toBe(index === 0);
      expect(performance.now() - start).toBeLessThan(1000);
    }
  });
});
