import { type TSchema, Type } from 'typebox';
import { encodeCursor } from '../../../lib/cursor.ts';
import { longFrom } from '../../../lib/remember-counts.ts';
import { twoKindsOfPages } from '../../errors.ts';
import { describePage, loadPage, type PagedList, type PageQuery } from './cursor-page.ts';

/** The query fields of the lists that had numbered pages before cursors; beside `pageFields`. */
export const numberedPageFields = {
  page: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000_000, default: 1 })),
  page_size: Type.Optional(Type.Integer({ minimum: 1, maximum: 50, default: 20 })),
};

export const eitherPageDescription =
  'Numbered pages by `page` and `page_size`, with the `total` of all. With `limit` or `cursor` instead the page begins behind ' +
  'the last row that was read: no row is missed or shown twice when others are added meanwhile, and deep pages cost no more. ' +
  `A \`total\` of ${longFrom} or more may be up to a minute old.`;

/** The schema of a page of either kind. */
export function describeEitherPage(item: TSchema) {
  const { data, next_cursor } = describePage(item).properties;
  const ofNumbered = { description: 'Only of a numbered page.' };
  return Type.Object({
    data,
    total: Type.Optional(Type.Integer({ minimum: 0, ...ofNumbered })),
    page: Type.Optional(Type.Integer({ minimum: 1, ...ofNumbered })),
    page_size: Type.Optional(Type.Integer({ minimum: 1, ...ofNumbered })),
    next_cursor,
  });
}

interface EitherPagedList<Row> extends PagedList<Row> {
  /** `page` counts from 1. */
  loadNumbered(page: number, pageSize: number): Promise<readonly Row[]>;
  /** Of all pages; through `createCountMemory` where lists grow long. */
  count(): Promise<number>;
}

/** A page of the kind that was asked for, a numbered one by default. Throws 400 `invalid_request` for both at once. */
export async function loadEitherPage<Row>(
  { page, page_size: pageSize, ...query }: PageQuery & { page?: number | undefined; page_size?: number | undefined },
  list: EitherPagedList<Row>,
) {
  const byCursor = query.limit !== undefined || query.cursor !== undefined;
  if (byCursor && (page !== undefined || pageSize !== undefined)) throw twoKindsOfPages();
  if (byCursor) return await loadPage(query, list);
  return await loadNumberedPage({ page: page ?? 1, page_size: pageSize ?? 20 }, list);
}

async function loadNumberedPage<Row>(numbers: { page: number; page_size: number }, list: EitherPagedList<Row>) {
  const { page, page_size } = numbers;
  const [rows, total] = await Promise.all([list.loadNumbered(page, page_size), list.count()]);
  const last = rows.at(-1);
  // The total of a long list may lack what has come since; a cursor behind the last row leads to an empty page.
  const hasMore = last !== undefined && (total < longFrom ? page * page_size < total : rows.length === page_size);
  return { rows, total, ...numbers, next_cursor: hasMore ? encodeCursor(list.list, list.keysOf(last)) : null };
}
