import { expect, test } from 'vitest';
import { writeCsvLine } from './write-csv.ts';

test('quotes, commas and line breaks stay within their cell', () => {
  expect(writeCsvLine([1, null, 'say "a", b\r\nc'])).toBe('1,,"say ""a"", b\r\nc"\r\n');
});

test.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '  =1', '\r=1', '＝1', '＋1', '－1', '＠x', '=cmd|"/c calc"!A0'])(
  'a cell that begins as the formula %j does is a text to a spreadsheet',
  (text) => {
    const cell = writeCsvLine([text]).slice(1, -3);
    expect(cell.trimStart()).toMatch(/^'/);
  },
);

test('nor does a formula begin where another separator would split the cell', () => {
  expect(writeCsvLine(['a;=1'])).toBe(`"a;'=1"\r\n`);
  expect(writeCsvLine(['a\n=1'])).toBe(`"a\n'=1"\r\n`);
});

test('plain words stay as they are', () => {
  expect(writeCsvLine(['invoice 7 - paid', 'a=b', 'me@example.com'])).toBe(
    '"invoice 7 - paid","a=b","me@example.com"\r\n',
  );
});
