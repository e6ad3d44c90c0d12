import { expect, test } from 'vitest';
import { parseSection, type SettingMistake } from '../settings.ts';
import { section } from './index.ts';

function read(text: string | undefined) {
  const mistakes: SettingMistake[] = [];
  return { values: parseSection(section, { TROUPE_ALLOW_ADDRESSES: text }, mistakes), mistakes };
}

test('nothing is opened by default', () => {
  const { values, mistakes } = read(undefined);
  expect(values).toMatchObject({ allowAddresses: [], fakeAddresses: [], outboundProxy: 'none' });
  expect(mistakes).toEqual([]);
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

test('the user agent is ASCII and names an address to turn to', () => {
  const set = (text: string) => {
    const mistakes: SettingMistake[] = [];
    return { value: parseSection(section, { TROUPE_USER_AGENT: text }, mistakes).userAgent, mistakes };
  };
  expect(set('').value).toMatch(/^Troupe\/\S+ \(\+https:\/\/\S+\)$/);
  expect(set('Studio/1 (ops@example.com)').value).toBe('Studio/1 (ops@example.com)');
  for (const text of ['a\r\nb: c', 'ä', 'x'.repeat(201)]) {
    expect(set(text).mistakes).toEqual([{ env: 'TROUPE_USER_AGENT', rule: 'must be 1 to 200 characters of ASCII' }]);
  }
});
