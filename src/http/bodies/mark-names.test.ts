import { expect, test } from 'vitest';
import { markNames } from './mark-names.ts';

const cast = ['Ann', 'Anna', 'RC car', '小明'].map((name, at) => ({ place: at + 1, name }));

test.each([
  ['@Ann waves', '<<<element_1>>> waves'],
  ['Anna and ann wave', '<<<element_2>>> and <<<element_1>>> wave'],
  ['Annabel waves', 'Annabel waves'],
  ['@rc_car, @RCcar and the RC  car', '<<<element_3>>>, <<<element_3>>> and the <<<element_3>>>'],
  ['今天小明在公园', '今天<<<element_4>>>在公园'],
  ['an@Anna', 'an<<<element_2>>>'],
  ['<<<element_1>>> waves', '<<<element_1>>> waves'],
  ['nobody', 'nobody'],
])('names in a prompt become marks, whole words alone: %s', (prompt, marked) => {
  expect(markNames(prompt, cast)).toBe(marked);
});

test('a name is text and no pattern', () => {
  expect(
    markNames('a.c abc A(b*', [
      { place: 1, name: 'a.c' },
      { place: 2, name: 'A(b*' },
    ]),
  ).toBe('<<<element_1>>> abc <<<element_2>>>');
});
