import { QueryCache, QueryClient } from '@tanstack/react-query';
import { type Key, TroupeError } from '../../client/index.ts';

/** Names of what is kept, so that what changes one thing finds every place that shows it. */
export const kept = {
  me: ['me'] as const,
  credits: ['credits'] as const,
  readiness: ['readiness'] as const,
  models: ['models'] as const,
  keys: ['keys'] as const,
  accounts: ['accounts'] as const,
  tasks: (filters?: object) => (filters === undefined ? (['tasks'] as const) : (['tasks', filters] as const)),
  task: (id: string) => ['task', id] as const,
  taskRequest: (id: string) => ['task', id, 'request'] as const,
  taskLedger: (id: string) => ['task', id, 'ledger'] as const,
  taskCallbacks: (id: string) => ['task', id, 'callbacks'] as const,
  elements: (filters?: object) => (filters === undefined ? (['elements'] as const) : (['elements', filters] as const)),
  usage: (query: object) => ['usage', query] as const,
  transfers: ['transfers'] as const,
  givenUp: ['callbacks', 'given-up'] as const,
  secrets: ['callbacks', 'secrets'] as const,
  element: (id: string) => ['element', id] as const,
  cutout: (id: string, view: string) => ['element', id, 'cutout', view] as const,
  // What follows belongs to one revision, and nothing changes it from outside.
  mattes: (id: string, view: string) => ['mattes', id, view] as const,
  mending: (id: string, view: string) => ['mending', id, view] as const,
};

/**
 * What was asked stays as it is: the live stream and the pages' own changes mend it, nothing asks again by a clock. The
 * client repeats requests itself. An answer that says that nobody is signed in leads to the sign-in page.
 */
export function createQueries(): QueryClient {
  const queries: QueryClient = new QueryClient({
    queryCache: new QueryCache({
      onError: (error) => {
        if (error instanceof TroupeError && error.status === 401) queries.setQueryData(kept.me, null);
      },
    }),
    defaultOptions: {
      queries: { retry: false, staleTime: 30_000, gcTime: 10 * 60_000, refetchOnWindowFocus: false },
      mutations: { retry: false, gcTime: 0 },
    },
  });
  return queries;
}

/** Another key signs in, or nobody is signed in any more: whatever was read before is forgotten. */
export function setMe(queries: QueryClient, me: Key | null): void {
  // What the app itself watches stays, or it would hear of no change.
  queries.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== kept.me[0] });
  queries.setQueryData(kept.me, me);
}
