import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestDatabase, type TestDatabase } from '../../test/helpers/test-database.ts';
import { changeElement, deleteElement, fillElementWords, insertElement } from './queries.ts';
import { countElements, type ElementFilter, searchElements } from './search-elements.ts';

let database: TestDatabase;
const manifest = {} as never;
const [ours, others] = [1, 2];

async function add(id: number, name: string, rest: Partial<Parameters<typeof insertElement>[1]> = {}): Promise<void> {
  const usual = { description: 'text', labels: [], tags: [], voice_id: null, engine: 'local', manifest };
  const element = { id: 1e15 + id, account_id: ours, task_id: `t${id}`, name, reference_type: 'image_refer' as const };
  await insertElement(database.db, { ...element, ...usual, ...rest }, []);
  await sql`update elements set created_at = '2026-01-01'::timestamptz + ${id} * interval '1 s' where id = ${1e15 + id}`.execute(
    database.db,
  );
}

beforeAll(async () => {
  database = await openTestDatabase(2);
  await add(1, 'Zoë', { description: 'A dancer in red', labels: ['hero'] });
  await add(2, 'Łukasz', { description: 'A red-haired boy', tags: ['o_102'] });
  await add(3, '赤い狐', { reference_type: 'video_refer' });
  await add(4, 'zebra', { labels: ['Hero', 'Season 2'] });
  await add(5, 'Zoë', { account_id: others });
  await add(6, 'Zoë deleted');
  await deleteElement(database.db, ours, 1e15 + 6);
});
afterAll(() => database.close());

const find = async (filter: ElementFilter, slice: { limit: number; after?: number; offset?: number } = { limit: 10 }) =>
  (await searchElements(database.db, ours, filter, slice)).map(({ id }) => id - 1e15);

describe('an element of the account is found', () => {
  test.each<[string, ElementFilter, number[]]>([
    ['by its name without the accent', { query: 'zoe' }, [1]],
    ['by the beginning of a word, in any case', { query: 'LUK' }, [2]],
    ['by a word of its description', { query: 'red' }, [2, 1]],
    ['by two words of two fields', { query: 'zoe dancer' }, [1]],
    ['by a part of Japanese text', { query: 'い狐' }, [3]],
    ['by a tag in any case', { tag: 'HERO' }, [4, 1]],
    ['by a tag of two words', { tag: 'season 2' }, [4]],
    ['by a category of the upstream', { tag: 'o_102' }, [2]],
    ['by its kind', { reference_type: 'video_refer' }, [3]],
    ['by a word and a tag', { query: 'z', tag: 'hero' }, [4, 1]],
  ])('%s', async (_, filter, expected) => {
    expect(await find(filter)).toEqual(expected);
    expect(await countElements(database.db, ours, filter)).toBe(expected.length);
  });

  test.each<[string, ElementFilter]>([
    ['another account has', { query: 'deleted' }],
    ['no element has', { query: 'xylophone' }],
    ['is no word', { query: '?!' }],
    ['is a part of a Latin word', { query: 'ebra' }],
  ])('and none by what %s', async (_, filter) => {
    expect(await find(filter)).toEqual([]);
    expect(await countElements(database.db, ours, filter)).toBe(0);
  });
});

test('orders: newest, oldest, by name without case and accents', async () => {
  expect(await find({})).toEqual([4, 3, 2, 1]);
  expect(await find({ order: 'oldest' })).toEqual([1, 2, 3, 4]);
  expect(await find({ order: 'name' })).toEqual([2, 4, 1, 3]);
});

test.each(['newest', 'oldest', 'name'] as const)(
  'read element by element in the order %s nothing is missed and nothing comes twice',
  async (order) => {
    for (const query of [undefined, 'z']) {
      const filter = query === undefined ? { order } : { order, query };
      const whole = await find(filter);
      const read: number[] = [];
      for (let after: number | undefined; ; ) {
        const [next] = await find(filter, after === undefined ? { limit: 1 } : { limit: 1, after: 1e15 + after });
        if (next === undefined) break;
        read.push(next);
        after = next;
      }
      expect(read).toEqual(whole);
    }
  },
);

test('a list goes on behind an element that was deleted meanwhile, and nowhere behind one of a stranger', async () => {
  expect(await find({ order: 'oldest' }, { limit: 10, after: 1e15 + 6 })).toEqual([]);
  expect(await find({}, { limit: 10, after: 1e15 + 6 })).toEqual([4, 3, 2, 1]);
  expect(await find({}, { limit: 10, after: 1e15 + 5 })).toEqual([]);
});

test('a renamed element is found by its new words alone', async () => {
  await changeElement(database.db, ours, 1e15 + 4, { name: 'Gnu', labels: ['hero'] });
  expect([await find({ query: 'zebra' }), await find({ query: 'gnu' })]).toEqual([[], [4]]);
  expect(await find({ tag: 'season 2' })).toEqual([]);
  await changeElement(database.db, ours, 1e15 + 4, { name: 'zebra', labels: ['Hero', 'Season 2'] });
});

test('more hits than are sorted at once come in the order of the list all the same', async () => {
  const before = await find({});
  await sql`
    insert into elements (id, account_id, task_id, name, description, reference_type, engine, words, sort_name, manifest, created_at)
    select 2000000000000000 + n, ${ours}, 'many' || n, 'many', '', 'image_refer', 'local',
      array_to_tsvector(array['1/many', '1/n' || n]), 'many', '{}', '2025-01-01'::timestamptz + n * interval '1 s'
    from generate_series(1, 2500) n`.execute(database.db);
  const page = await searchElements(database.db, ours, { query: 'many' }, { limit: 2, offset: 1 });
  expect(page.map(({ id }) => id - 2e15)).toEqual([2499, 2498]);
  expect(await countElements(database.db, ours, { query: 'many' })).toBe(2500);
  expect((await searchElements(database.db, ours, { query: 'many n77' }, { limit: 30 })).length).toBe(11);
  await sql`delete from elements where name = 'many'`.execute(database.db);
  expect(await find({})).toEqual(before);
});

test('elements from before the search was there are filled in, and found from then on', async () => {
  await sql`update elements set words = null, sort_name = '' where id = ${1e15 + 1}`.execute(database.db);
  expect(await find({ query: 'zoe' })).toEqual([]);
  expect(await fillElementWords(database.db, 10)).toBe(1);
  expect(await fillElementWords(database.db, 10)).toBe(0);
  expect(await find({ query: 'zoe' })).toEqual([1]);
});
