import { infiniteQueryOptions } from '@tanstack/react-query';
import { listTasks } from '../../../client/index.ts';
import { client } from '../../api/client.ts';
import { kept } from '../../api/queries.ts';
import { forgetFreshTasks } from '../../api/use-live.ts';

/** What the list is limited to; absent fields limit nothing. */
export interface TaskFilters {
  status?: 'processing' | 'completed' | 'failed' | 'cancelled';
  model?: string;
}

/** The account's tasks, page after page; kept up to date by the live stream. */
export function taskPages(filters: TaskFilters) {
  return infiniteQueryOptions({
    queryKey: kept.tasks(filters),
    initialPageParam: undefined as string | undefined,
    queryFn: async ({ pageParam, signal }) => {
      const cursor = pageParam === undefined ? {} : { cursor: pageParam };
      const page = await listTasks(client, { limit: 50, ...filters, ...cursor }, signal);
      if (pageParam === undefined) forgetFreshTasks();
      return page;
    },
    getNextPageParam: ({ next_cursor }) => next_cursor ?? undefined,
  });
}
