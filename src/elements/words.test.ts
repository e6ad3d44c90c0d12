import { expect, test } from 'vitest';
import { collectWords, foldText, writeWordQuery } from './words.ts';

const none = { description: '', labels: [], tags: [] };
const words = (name: string) => collectWords(7, { ...none, name });

test.each([
  ['Zoë', 'zoe'],
  ['ŁUKASZ', 'lukasz'],
  ['Straße', 'strasse'],
  ['İstanbul', 'istanbul'],
  ['ｶﾞﾝﾀﾞﾑ', 'ガンダム'],
  ['ﬁne', 'fine'],
  ['ΣΟΦΟΣ', 'σοφοσ'],
  ['שָׁלוֹם', 'שלום'],
])('%s is compared as %s', (text, folded) => {
  expect(foldText(text)).toBe(folded);
});

test('marks that make another letter stay: が is no か', () => {
  expect(foldText('が')).not.toBe(foldText('か'));
});

test('each word begins with its account, so that one account never finds what another calls alike', () => {
  expect(words('Red Fox')).toEqual(['7/red', '7/fox']);
  expect(writeWordQuery(8, { query: 'red' })).toBe("'8/red':*");
});

test('text without spaces is there from each of its characters on', () => {
  expect(words('赤い狐')).toEqual(['7/赤い狐', '7/い狐', '7/狐']);
  expect(words('김철수')).toContain('7/철수');
  expect(words('Rex犬')).toEqual(['7/rex', '7/犬']);
});

test('the vowel mark of Japanese stays in its word, and a picture sign is a word', () => {
  expect(words('ロボット 🦊')).toContain('7/ロボット');
  expect(words('🦊')).toEqual(['7/🦊']);
});

test('tags are found whole and by their words', () => {
  expect(collectWords(7, { ...none, name: 'a', labels: ['Season 2'], tags: ['o_102'] })).toEqual([
    '7/a',
    '7/season',
    '7/2',
    '7#season 2',
    '7#o_102',
  ]);
});

test.each([
  ["O'Brien", "'7/o':* & '7/brien':*"],
  ["'; drop table elements; --", "'7/drop':* & '7/table':* & '7/elements':*"],
  ['  !? ', ''],
])('%j becomes a query of its words alone', (query, written) => {
  expect(writeWordQuery(7, { query })).toBe(written);
});

test('a quote or a backslash in a tag stays inside its lexeme', () => {
  expect(writeWordQuery(7, { tag: "it's\\" })).toBe("'7#it''s\\\\'");
});

test('neither words nor a tag: no query', () => {
  expect(writeWordQuery(7, {})).toBeNull();
});

test('long words and long runs are found by what is typed of them', () => {
  const run = '赤'.repeat(30);
  const stored = new Set(words(`${'x'.repeat(60)} ${run}`));
  for (const query of ['x'.repeat(60), run, '赤'.repeat(25)]) {
    for (const term of (writeWordQuery(7, { query }) as string).split(' & ')) {
      const prefix = term.slice(1, -3);
      expect([...stored].some((word) => word.startsWith(prefix))).toBe(true);
    }
  }
});
