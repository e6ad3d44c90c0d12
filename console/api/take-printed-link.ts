import type { QueryClient } from '@tanstack/react-query';
import { signIn } from '../../client/index.ts';
import { client } from './client.ts';
import { kept } from './queries.ts';

/**
 * Signs in by the secret behind `#once=`, which `npm start` prints. It's taken out of the address before anything else, so
 * that neither the history nor a copied address holds it. A link that doesn't work leads to the sign-in page.
 */
export function takePrintedLink(queries: QueryClient): void {
  const once = new URLSearchParams(location.hash.slice(1)).get('once');
  if (once === null) return;
  history.replaceState(null, '', location.pathname + location.search);
  void queries.fetchQuery({
    queryKey: kept.me,
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: async () => await signIn(client, { once }).catch(() => null),
  });
}
