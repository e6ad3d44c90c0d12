/** One page of a list; `next_cursor` asks for the next one, null after the last. */
export interface CursorPage<Row> {
  data: Row[];
  next_cursor: string | null;
}

/** How much of a list is asked for: at most `limit` rows (1 to 100), behind the page that ended with `cursor`. */
export interface PageQuery {
  limit?: number;
  cursor?: string;
}

/**
 * Every row of a list, page after page, asking for a page when it's needed:
 * `for await (const task of eachRow((page) => listTasks(client, { limit: 100, ...page }))) …`. Throws as `list` does.
 */
export async function* eachRow<Row>(
  list: (page: { cursor?: string }) => Promise<CursorPage<Row>>,
): AsyncGenerator<Row, void, undefined> {
  let cursor: string | undefined;
  do {
    const page = await list(cursor === undefined ? {} : { cursor });
    yield* page.data;
    cursor = page.next_cursor ?? undefined;
  } while (cursor !== undefined);
}
