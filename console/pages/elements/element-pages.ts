import { queryOptions } from '@tanstack/react-query';
import { type ListElementsQuery, listElements } from '../../../client/index.ts';
import { client } from '../../api/client.ts';
import { kept } from '../../api/queries.ts';

/** What the library is narrowed to; absent fields narrow nothing. */
export type ElementFilters = Pick<ListElementsQuery, 'query' | 'tag' | 'reference_type' | 'order'>;

/** Elements of one page; the API's most. */
export const pageSize = 50;

/** One numbered page, from 1, with the total of all: any part of a library is reached without those before it. */
export function elementPage(filters: ElementFilters, page: number) {
  return queryOptions({
    queryKey: kept.elements({ ...filters, page }),
    queryFn: ({ signal }) => listElements(client, { ...filters, page, page_size: pageSize }, signal),
  });
}
