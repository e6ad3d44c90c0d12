import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { measureGrowth } from '../../test/helpers/measure-growth.ts';
import { parseBase64 } from './parse-base64.ts';

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const parse = (text: string, bytesMax = 1000) => parseBase64(text, bytesMax);
const bytes = fc.uint8Array({ minLength: 1, maxLength: 100 }).map((array) => Buffer.from(array));

describe('base64', () => {
  test('every sequence of bytes survives the round trip', () => {
    fc.assert(
      fc.property(bytes, (sent) => {
        const verdict = parse(sent.toString('base64'));
        expect(verdict.ok && verdict.bytes.equals(sent)).toBe(true);
      }),
    );
  });

  test('line breaks of any kind, a final one, the alphabet for URLs and missing padding change nothing', () => {
    fc.assert(
      fc.property(
        bytes,
        fc.constantFrom('\n', '\r\n', '\r', '\n  '),
        fc.integer({ min: 1, max: 76 }),
        (sent, end, width) => {
          const strict = sent.toString('base64');
          const wrapped = strict.replaceAll(new RegExp(`.{${width}}`, 'g'), (line) => line + end);
          const spellings = [
            wrapped,
            `${wrapped}${end}`,
            sent.toString('base64url'),
            strict.replace(/=+$/, ''),
            ` ${strict}\n`,
          ];
          for (const text of spellings) {
            const verdict = parse(text);
            expect(verdict.ok && verdict.bytes.equals(sent), JSON.stringify(text)).toBe(true);
          }
        },
      ),
    );
  });

  test('lines that make the text longer than the limit are no part of what is counted', () => {
    const wrapped = randomBytes(1000).toString('base64').replaceAll(/.{4}/g, '$&\r\n');
    expect(parse(wrapped, 1000).ok).toBe(true);
    expect(parse(wrapped, 999)).toMatchObject({ reason: 'too_large' });
  });

  test('one character outside the alphabet, anywhere, is refused and named by its place', () => {
    const foreign = fc.oneof(
      fc.constantFrom(' ', '\t', '.', ':', '\0', '\u0141', '😀', '\ud800'),
      fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
    );
    fc.assert(
      fc.property(bytes, foreign, fc.nat(), (sent, character, place) => {
        fc.pre(!alphabet.includes(character) && !'=-_\r\n'.includes(character));
        const text = sent.toString('base64');
        // White space before the first one is no part of it.
        const at = 1 + (place % (text.length - 1));
        // White space behind the last one is no part of it either.
        fc.pre(!(character.trim() === '' && /^=*$/.test(text.slice(at + 1))));
        const verdict = parse(text.slice(0, at) + character + text.slice(at + 1));
        expect(verdict.ok ? '' : verdict.message).toContain(`is not base64: character ${at + 1} is `);
      }),
      { numRuns: 1000 },
    );
  });

  test.each([
    ['', 'is empty'],
    ['A', 'is not base64: 1 character, must be a multiple of 4 with padding'],
    ['QQ=', 'is not base64: 3 characters, must be a multiple of 4 with padding'],
    ['Q===', "is not base64: character 2 is '=', which may stand only at the end, at most twice"],
    ['QQ==QUJD', "is not base64: character 3 is '=', which may stand only at the end, at most twice"],
    ['====', "is not base64: character 1 is '=', which may stand only at the end, at most twice"],
    ['QR==', 'is not base64: the last character carries bits that belong to no byte'],
    ['QUJ=', 'is not base64: the last character carries bits that belong to no byte'],
    ['QUJD QUJD', "is not base64: character 5 is ' '"],
    ['QUJDQ', 'is not base64: 5 characters, must be a multiple of 4 with padding'],
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

  test('13 million characters take no time that grows faster than they: sound or broken at the end, or made to backtrack', () => {
    const bytes = randomBytes(10_000_000);
    const makers: ((times: number) => string)[] = [
      (times) => bytes.subarray(0, 625_000 * times).toString('base64'),
      (times) =>
        `${bytes
          .subarray(0, 625_000 * times)
          .toString('base64')
          .slice(0, -1)}!`,
      (times) => '='.repeat(812_500 * times),
      (times) => `${'='.repeat(812_500 * times)}A`,
    ];
    for (const [index, make] of makers.entries()) {
      const [small, large] = [make(1), make(16)];
      expect(parse(large, 10_485_760).ok).toBe(index === 0);
      // 16 times the text; its square would be 256.
      expect(
        measureGrowth(
          () => parse(small, 10_485_760),
          () => parse(large, 10_485_760),
          100,
        ),
      ).toBeLessThan(100);
    }
  });
});
