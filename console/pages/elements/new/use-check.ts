import { useQuery } from '@tanstack/react-query';
import type { StoredFile } from '../../../../client/index.ts';
import { checkElement } from '../../../api/run-check.ts';
import { type Source, writeParams } from './pictures.ts';

/**
 * The check of all given files together, as soon as each is good on its own and there are enough; anew whenever they or their
 * order change, never twice for the same.
 */
export function useCheck(sources: readonly Source[], voice: string) {
  const kind = sources[0]?.kind ?? 'picture';
  const files = sources.flatMap(({ file, verdict }) => (file !== null && verdict.is === 'good' ? [file] : []));
  const isReady = files.length === sources.length && files.length >= (kind === 'video' ? 1 : 2);
  const ids = files.map(({ file_id }: StoredFile) => file_id);
  return useQuery({
    queryKey: ['check', ...ids, kind === 'video' ? voice : ''],
    queryFn: ({ signal }) => checkElement(writeParams(files, kind, { voice }), signal),
    enabled: isReady,
    staleTime: Number.POSITIVE_INFINITY,
  });
}
