import { describe, expect, test } from 'vitest';
import { isTextOfKind } from './text-kinds.ts';

describe('a name', () => {
  test.each([
    ['letters', 'Rex plays chess'],
    ['joined emoji', '👨‍👩‍👧'],
    ['an emoji with its variation selector', '❤️'],
    [
      'the flag of Scotland, which is written with tags',
      '\u{1f3f4}\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f}',
    ],
    ['Hebrew', 'שלום'],
    ['Arabic', 'شخصية'],
    ['combining accents', 'e\u0301'],
    ['Persian with a zero-width non-joiner', 'می\u200cخواهم'],
    ['a soft hyphen within letters', 'a\u00adb'],
    ['Hangul', '한글'],
    ['Hebrew with a right-to-left mark behind its number', 'רקס 2\u200f!'],
    ['Arabic with marks of all kinds', '\u061cشخصية\u200e (A)\u200f'],
  ])('may hold %s', (_, text) => expect(isTextOfKind('name', text)).toBe(true));

  test.each([
    ['nothing', ''],
    ['white space of all kinds', ' \t\n\u00a0\u1680\u2003\u2028\u3000'],
    ['zero-width characters', '\u200b\u200c\u200d\u2060\ufeff'],
    ['Hangul fillers', '\u115f\u1160\u3164\uffa0'],
    ['direction marks alone', '\u200e\u200f\u061c'],
    ['variation selectors', '\ufe0f\u{e0100}'],
    ['the empty Braille pattern', '\u2800'],
    ['tags', '\u{e0041}\u{e0042}'],
    ['tags behind letters', 'Rex\u{e0041}\u{e0042}'],
    ['a direction override', 'a\u202eb'],
    ['an embedding', 'a\u202ab\u202c'],
    ['an isolate', 'a\u2067b\u2069'],
    ['an isolate that is never closed', 'שלום\u2068'],
    ['the end of an embedding', 'a\u202cb'],
    ['a control character', 'a\u001bb'],
    ['half of a surrogate pair', 'a\ud800'],
  ])('may not be or hold %s', (_, text) => expect(isTextOfKind('name', text)).toBe(false));
});
