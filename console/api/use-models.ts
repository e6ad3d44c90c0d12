import { useQuery } from '@tanstack/react-query';
import { listModels } from '../../client/index.ts';
import { client } from './client.ts';
import { kept } from './queries.ts';

/** The models that the signed-in key may use, with their prices. */
export function useModels() {
  return useQuery({
    queryKey: kept.models,
    queryFn: ({ signal }) => listModels(client, signal),
    staleTime: Number.POSITIVE_INFINITY,
  });
}
