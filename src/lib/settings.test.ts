import { describe, expect, test } from 'vitest';
import {
  choiceSetting,
  decimalSetting,
  integerSetting,
  listSetting,
  optionalTextSetting,
  parseSection,
  type SettingMistake,
  textSetting,
} from './settings.ts';

const section = {
  host: textSetting('HOST', 'here', 'd'),
  url: optionalTextSetting('URL', 'd'),
  count: integerSetting('COUNT', 3, { min: 0, max: 10 }, 'd'),
  ratio: decimalSetting('RATIO', 1.5, { min: 1, max: 2 }, 'd'),
  mode: choiceSetting('MODE', 'slow', ['slow', 'fast'], 'd'),
  list: listSetting('LIST', 'd', (text) => {
    if (text === 'bad') throw new Error('must not be bad');
    return text.toUpperCase();
  }),
};

const read = (environment: Record<string, string>) => {
  const mistakes: SettingMistake[] = [];
  const values = parseSection(section, environment, mistakes);
  return { values, mistakes };
};

test('unset, empty and blank variables mean the default', () => {
  const defaults = { host: 'here', url: undefined, count: 3, ratio: 1.5, mode: 'slow', list: [] };
  for (const text of [undefined, '', '  ']) {
    const environment = Object.fromEntries(
      Object.values(section).flatMap(({ env }) => (text === undefined ? [] : [[env, text]])),
    );
    expect(read(environment)).toEqual({ values: defaults, mistakes: [] });
  }
});

test('good values are read without the space around them', () => {
  const environment = { HOST: ' there ', URL: 'u', COUNT: '10', RATIO: '2.0', MODE: 'fast', LIST: 'a, b,,c' };
  expect(read(environment)).toEqual({
    values: { host: 'there', url: 'u', count: 10, ratio: 2, mode: 'fast', list: ['A', 'B', 'C'] },
    mistakes: [],
  });
});

describe('a bad value is a mistake that names variable, rule and value', () => {
  test.each([
    ['COUNT', '11', 'from 0 to 10'],
    ['COUNT', '-1', 'from 0 to 10'],
    ['COUNT', '1e1', 'whole number'],
    ['COUNT', '0x1', 'whole number'],
    ['COUNT', '1.0', 'whole number'],
    ['RATIO', '0.9', 'from 1 to 2'],
    ['RATIO', 'NaN', 'number'],
    ['RATIO', 'Infinity', 'number'],
    ['MODE', 'FAST', 'one of slow, fast'],
    ['LIST', 'a,bad', 'must not be bad'],
  ])('%s=%s', (env, text, rule) => {
    const { mistakes } = read({ [env]: text });
    expect(mistakes).toMatchObject([{ env, rule: expect.stringContaining(rule) }]);
  });
});

test('all mistakes are collected', () => {
  expect(read({ COUNT: 'x', RATIO: 'x', MODE: 'x' }).mistakes.map(({ env }) => env)).toEqual([
    'COUNT',
    'RATIO',
    'MODE',
  ]);
});
