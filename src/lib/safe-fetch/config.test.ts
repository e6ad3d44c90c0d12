import { expect, test } from 'vitest';
import { parseSection, type SettingMistake } from '../settings.ts';
import { section } from './index.ts';

function read(text: string | undefined) {
  const mistakes: SettingMistake[] = [];
  return { values: parseSection(section, { TROUPE_ALLOW_ADDRESSES: text }, mistakes), mistakes };
}

test('nothing is opened by default', () => {
  expect(read(undefined)).toEqual({ values: { allowAddresses: [] }, mistakes: [] });
});

test('a comma list of ranges of both families is read', () => {
  const { values, mistakes } = read('127.0.0.0/8, ::1/128,10.1.2.3');
  expect(mistakes).toEqual([]);
  expect(values.allowAddresses.map(({ family, prefixLength }) => [family, prefixLength])).toEqual([
    [4, 8],
    [6, 128],
    [4, 32],
  ]);
});

test('a mistake is reported with the variable, the rule and the text', () => {
  expect(read('127.0.0.1/8').mistakes).toEqual([
    { env: 'TROUPE_ALLOW_ADDRESSES', rule: "must have no bits set beyond the prefix, is '127.0.0.1/8'" },
  ]);
});
