import { expect, test } from 'vitest';
import { parseCursor } from '../../../lib/cursor.ts';
import { longFrom } from '../../../lib/remember-counts.ts';
import { loadEitherPage } from './numbered-page.ts';

/** A page of a list of `rows` rows, of which `total` is told. */
async function load(rows: number, total: number, page: number) {
  const loaded = await loadEitherPage<number>(
    { page, page_size: 50 },
    {
      list: 'rows',
      shape: ['number'],
      keysOf: (row) => [row],
      load: async () => [],
      loadNumbered: async (number, size) =>
        Array.from({ length: rows }, (_, at) => at).slice((number - 1) * size, number * size),
      count: async () => total,
    },
  );
  return { total: 'total' in loaded && loaded.total, next: loaded.next_cursor };
}

test('the last page of a short list has no cursor, though it is full', async () => {
  expect((await load(100, 100, 1)).next).not.toBeNull();
  expect((await load(100, 100, 2)).next).toBeNull();
});

test('a long list whose total lacks what has come since is read to its end all the same', async () => {
  const rows = longFrom + 120;
  const { next } = await load(rows, longFrom, longFrom / 50);
  expect(parseCursor('rows', ['number'], next as string)).toEqual([longFrom - 1]);
  expect((await load(rows, longFrom, longFrom / 50 + 2)).next).not.toBeNull();
  expect((await load(rows, longFrom, longFrom / 50 + 3)).next).toBeNull();
});
