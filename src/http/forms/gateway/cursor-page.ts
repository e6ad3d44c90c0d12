import { type TSchema, Type } from 'typebox';
import { type CursorPart, type CursorType, encodeCursor, parseCursor } from '../../../lib/cursor.ts';
import { invalidCursor } from '../../errors.ts';

const limitDefault = 20;

/** The query fields of every list that has pages; spread into its `querystring`. */
export const pageFields = {
  limit: Type.Optional(
    Type.Integer({ minimum: 1, maximum: 100, default: limitDefault, description: 'Rows of a page at most.' }),
  ),
  cursor: Type.Optional(Type.String({ description: '`next_cursor` of the page before; absent for the first page.' })),
};

const nextCursor = Type.Unsafe<string | null>({
  type: ['string', 'null'],
  description: 'Hand it back as `cursor` for the next page; null after the last.',
});

/** The schema of a page of `item`. */
export function describePage(item: TSchema) {
  return Type.Object({ data: Type.Array(item), next_cursor: nextCursor });
}

export interface PageQuery {
  limit?: number | undefined;
  cursor?: string | undefined;
}

export interface PagedList<Row> {
  /** Name of the list, within its cursors. */
  list: string;
  /** Types of a row's sort keys. */
  shape: readonly CursorType[];
  /** The rows behind the one with these sort keys, or the first ones for null; at most `countMax`. */
  load(after: readonly CursorPart[] | null, countMax: number): Promise<readonly Row[]>;
  /** The sort keys of a row: together they tell it from every other one. */
  keysOf(row: Row): readonly CursorPart[];
}

/** A page's rows and the cursor of the next one. Throws 400 `invalid_request` for a cursor that this list never gave out. */
export async function loadPage<Row>(
  query: PageQuery,
  { list, shape, load, keysOf }: PagedList<Row>,
): Promise<{ rows: readonly Row[]; next_cursor: string | null }> {
  const { limit = limitDefault, cursor } = query;
  const after = cursor === undefined ? null : parseCursor(list, shape, cursor);
  if (cursor !== undefined && after === null) throw invalidCursor();
  // One more than shown tells whether there is a next page, without counting.
  const found = await load(after, limit + 1);
  const rows = found.slice(0, limit);
  const last = rows.at(-1);
  const hasMore = found.length > limit && last !== undefined;
  return { rows, next_cursor: hasMore ? encodeCursor(list, keysOf(last)) : null };
}

/** Below which id a list by descending ids goes on. */
export function readIdBefore(after: readonly CursorPart[] | null): number {
  return after === null ? Number.MAX_SAFE_INTEGER : (after[0] as number);
}
