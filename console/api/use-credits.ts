import { useQuery } from '@tanstack/react-query';
import { getCredits } from '../../client/index.ts';
import { client } from './client.ts';
import { kept } from './queries.ts';

/** Credits of the signed-in key and of its account. */
export function useCredits() {
  return useQuery({ queryKey: kept.credits, queryFn: ({ signal }) => getCredits(client, signal) });
}
