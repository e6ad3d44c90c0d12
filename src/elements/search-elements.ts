import { sql } from 'kysely';
import type { Db } from '../db/index.ts';
import { columns } from './queries.ts';
import type { Element } from './tables.ts';
import { writeWordQuery } from './words.ts';

/** In what order the library is read. `name` sorts without case and accents, by code points. */
export const elementOrders = ['newest', 'oldest', 'name'] as const;
type ElementOrder = (typeof elementOrders)[number];

/** What a list of elements is narrowed to, and its order; every field narrows further. */
export interface ElementFilter {
  /** Words that the name, the description or the labels must all have, each by its beginning. */
  query?: string;
  /** One of its labels or the upstream's categories, whole. */
  tag?: string;
  reference_type?: Element['reference_type'];
  order?: ElementOrder;
}

/** Which part of the list: after the element `after`, which may be deleted by now, or from the `offset`th on. */
export interface ElementSlice {
  limit: number;
  after?: number;
  offset?: number;
}

/** So many hits are sorted at once; beyond, reading in the order of the list meets the next page soon. */
const fewMax = 2000;

/**
 * The account's elements that `filter` lets through, without the deleted. Few hits come from the index of words and are
 * sorted; of many, the list is read in its order until the page is full: either way some thousand rows are looked at, at most.
 */
export async function searchElements(
  db: Db,
  accountId: number,
  filter: ElementFilter,
  slice: ElementSlice,
): Promise<Element[]> {
  const words = writeWordQuery(accountId, filter);
  if (words === '') return [];
  const few = words === null ? null : await findFew(db, accountId, filter, words, slice);
  return few ?? (await readInOrder(db, accountId, filter, words, slice));
}

/** How many there are in all. */
export async function countElements(db: Db, accountId: number, filter: ElementFilter): Promise<number> {
  const words = writeWordQuery(accountId, filter);
  if (words === '') return 0;
  const matching = words === null ? sql`true` : sql`words @@ ${words}::tsquery`;
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from elements where ${narrow(accountId, filter)} and ${matching}`.execute(db);
  return rows[0]?.count ?? 0;
}

/** By the index of words; null when they're too many to be sorted. */
async function findFew(
  db: Db,
  accountId: number,
  filter: ElementFilter,
  words: string,
  slice: ElementSlice,
): Promise<Element[] | null> {
  // Materialized, since the optimiser would else read the whole list in its order for what is rare.
  const { rows } = await sql<{ total: number; ids: number[] }>`
    with found as materialized (
      select id, created_at, sort_name from elements
      where words @@ ${words}::tsquery and ${narrow(accountId, filter)}
    ), few as materialized (select * from found limit ${fewMax + 1})
    select (select count(*)::int from few) as total,
      array(select id from few where ${begin(accountId, filter, slice)} ${sortAndCut(filter, slice)}) as ids`.execute(
    db,
  );
  const [{ total, ids } = { total: 0, ids: [] }] = rows;
  return total > fewMax ? null : await loadInOrder(db, ids.map(Number));
}

/**
 * By the index of the list's order. There are many hits, which the optimiser can't know: of two words it expects a handful, and would sort the
 * whole library for them. It looks neither up nor ahead what stands in a `case`.
 */
async function readInOrder(
  db: Db,
  accountId: number,
  filter: ElementFilter,
  words: string | null,
  slice: ElementSlice,
): Promise<Element[]> {
  const matching = words === null ? sql`true` : sql`case when words @@ ${words}::tsquery then true else false end`;
  const { rows } = await sql<Element>`
    select ${listColumns} from elements
    where ${narrow(accountId, filter)} and ${matching} and ${begin(accountId, filter, slice)}
    ${sortAndCut(filter, slice)}`.execute(db);
  return rows;
}

async function loadInOrder(db: Db, ids: readonly number[]): Promise<Element[]> {
  const { rows } = await sql<Element>`
    select ${listColumns} from elements join unnest(${ids}::bigint[]) with ordinality as wanted (id, place) using (id)
    order by place`.execute(db);
  return rows;
}

const listColumns = sql.join(columns.map((column) => sql.ref(`elements.${column}`)));

function narrow(accountId: number, { reference_type }: ElementFilter) {
  const ofType = reference_type === undefined ? sql`true` : sql`reference_type = ${reference_type}`;
  return sql`account_id = ${accountId} and deleted_at is null and ${ofType}`;
}

/** What comes behind the account's element `after` in the order; its row is there even when it was deleted. */
function begin(accountId: number, { order = 'newest' }: ElementFilter, { after }: ElementSlice) {
  if (after === undefined) return sql`true`;
  const keys = sql.raw(order === 'name' ? 'sort_name, id' : 'created_at, id');
  const sign = sql.raw(order === 'newest' ? '<' : '>');
  // By the row itself: JavaScript's times have no microseconds.
  return sql`(${keys}) ${sign} (select ${keys} from elements where id = ${after} and account_id = ${accountId})`;
}

function sortAndCut({ order = 'newest' }: ElementFilter, { limit, offset = 0 }: ElementSlice) {
  const orders = { newest: 'created_at desc, id desc', oldest: 'created_at, id', name: 'sort_name, id' };
  return sql`order by ${sql.raw(orders[order])} limit ${limit} offset ${offset}`;
}
