import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getMe, type Key, signOut, TroupeError } from '../../client/index.ts';
import { client } from './client.ts';
import { kept, setMe } from './queries.ts';

/** Who is signed in: undefined while it's asked, null for nobody. `error` is that of a server that can't say. */
export function useSession(): { me: Key | null | undefined; error: Error | null; refetch: () => void } {
  const { data, error, refetch } = useQuery({
    queryKey: kept.me,
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: async ({ signal }) => {
      try {
        return await getMe(client, signal);
      } catch (error) {
        // A key that was disabled or has ended signs nobody in either.
        if (error instanceof TroupeError && (error.status === 401 || error.status === 402)) return null;
        throw error;
      }
    },
  });
  return { me: data, error, refetch: () => void refetch() };
}

/** The signed-in key, on pages that nobody else sees. */
export function useMe(): Key {
  const { me } = useSession();
  if (!me) throw new Error('nobody is signed in');
  return me;
}

/** Whether the signed-in key has the role or a higher one. */
export function useRole(role: Key['role']): boolean {
  const order: readonly Key['role'][] = ['caller', 'manager', 'admin'];
  return order.indexOf(useMe().role) >= order.indexOf(role);
}

/** Ends the session and forgets everything that was read with it. */
export function useSignOut(): () => Promise<void> {
  const queries = useQueryClient();
  return async () => {
    await signOut(client);
    setMe(queries, null);
  };
}
