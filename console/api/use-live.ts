import { type InfiniteData, type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useEffect, useSyncExternalStore } from 'react';
import {
  type CursorPage,
  followTasks,
  parseElementResult,
  type Task,
  type TaskLine,
  TroupeError,
} from '../../client/index.ts';
import { client } from './client.ts';
import { kept, setMe } from './queries.ts';

/** Rows that a list doesn't show yet, so that it can offer them in the place of jumping. */
const fresh = { ids: new Set<string>(), listeners: new Set<() => void>(), count: 0 };

/** How many tasks have come since the list was read. */
export function useFreshTasks(): number {
  return useSyncExternalStore(
    (listener) => {
      fresh.listeners.add(listener);
      return () => fresh.listeners.delete(listener);
    },
    () => fresh.count,
  );
}

/** The list is being read anew. */
export function forgetFreshTasks(): void {
  fresh.ids.clear();
  tell();
}

function tell(): void {
  fresh.count = fresh.ids.size;
  for (const listener of fresh.listeners) listener();
}

/**
 * Follows the account's tasks by one stream while the tab is seen, and mends what is kept by them. A hidden tab follows
 * nothing (browsers allow six connections to one origin); when it's seen again it goes on where it stopped.
 */
export function useLiveTasks(): void {
  const queries = useQueryClient();
  useEffect(() => {
    let stop = new AbortController();
    let lastEventId: string | undefined;
    const follow = async () => {
      stop = new AbortController();
      const onMissed = () => void queries.invalidateQueries();
      const options = { signal: stop.signal, onMissed, ...(lastEventId === undefined ? {} : { lastEventId }) };
      try {
        for await (const { id, task } of followTasks(client, options)) {
          lastEventId = id ?? lastEventId;
          mend(queries, task);
        }
      } catch (error) {
        // The session is over, or its key. Else the tab is hidden: what is shown stays.
        const isOver = error instanceof TroupeError && (error.status === 401 || error.status === 402);
        if (isOver && !stop.signal.aborted) setMe(queries, null);
      }
    };
    const look = () => {
      stop.abort();
      if (document.visibilityState === 'visible') void follow();
    };
    look();
    document.addEventListener('visibilitychange', look);
    return () => {
      document.removeEventListener('visibilitychange', look);
      stop.abort();
    };
  }, [queries]);
}

function mend(queries: QueryClient, task: Task): void {
  queries.setQueryData<Task>(kept.task(task.id), (old) => (old === undefined ? old : { ...old, ...task }));
  const line = toLine(task);
  let isShown = false;
  let newest = 0;
  queries.setQueriesData<InfiniteData<CursorPage<TaskLine>>>({ queryKey: kept.tasks() }, (old) => {
    if (old?.pages === undefined) return old;
    newest = Math.max(newest, old.pages[0]?.data[0]?.created_at ?? 0);
    const has = old.pages.some(({ data }) => data.some(({ id }) => id === task.id));
    isShown ||= has;
    if (!has) return old;
    const replace = (row: TaskLine) => (row.id === task.id ? { ...row, ...line } : row);
    return { ...old, pages: old.pages.map((page) => ({ ...page, data: page.data.map(replace) })) };
  });
  if (!isShown && newest > 0 && task.created >= newest && !fresh.ids.has(task.id)) {
    fresh.ids.add(task.id);
    tell();
  }
  if (task.status === 'pending' && task.progress === 0) void queries.invalidateQueries({ queryKey: kept.credits });
  if (['completed', 'failed', 'cancelled'].includes(task.status)) {
    void queries.invalidateQueries({ queryKey: kept.credits });
    void queries.invalidateQueries({ queryKey: kept.taskCallbacks(task.id) });
    void queries.invalidateQueries({ queryKey: kept.taskLedger(task.id) });
    void queries.invalidateQueries({ queryKey: kept.transfers });
    if (task.status === 'completed') void queries.invalidateQueries({ queryKey: kept.elements() });
  }
}

function toLine(task: Task): TaskLine {
  return {
    id: task.id,
    status: task.status,
    model: task.model,
    type: task.type,
    ...(task.dry_run === undefined ? {} : { dry_run: task.dry_run }),
    ...findElement(task),
    progress: task.progress,
    created_at: task.created,
    has_results: (task.results ?? []).length > 0,
    has_error: task.error !== undefined,
    credits_used: task.usage.credits_used ?? 0,
  };
}

/** The element that it has made; of a video its line knows that already. */
function findElement(task: Task): { element_id?: string } {
  const made = parseElementResult(task);
  return made === undefined ? {} : { element_id: made.element_id };
}
