import { queryOptions, skipToken, useQuery, useQueryClient } from '@tanstack/react-query';
import { type Cutout, downloadElementFile, previewCutout } from '../../../client/index.ts';
import { client } from '../../api/client.ts';
import { kept } from '../../api/queries.ts';
import { emptyMending, type MendingDraft, type Step, writeMending } from './mending.ts';
import { readAhead } from './read-mask.ts';

/** What is being done to one cut-out, step by step, with the matte that comes of it and the one it began with. */
export interface UsedMending {
  draft: MendingDraft;
  /** Grey PNGs; null where no subject was found, undefined while they come. */
  matte: Uint8Array<ArrayBuffer> | null | undefined;
  before: Uint8Array<ArrayBuffer> | null | undefined;
  /** Why there is no preview. */
  error: Error | null;
  isDrawing: boolean;
  retry(): void;
  add(step: Step): void;
  undo(): void;
  redo(): void;
  forget(): void;
  /** Goes on over another revision. */
  moveTo(revision: number): void;
}

/** Keeps what is done while the tab is open, also when another page is looked at meanwhile. */
export function useMending(cutout: Cutout): UsedMending {
  const { element_id, view } = cutout;
  const queries = useQueryClient();
  const key = kept.mending(element_id, view);
  const { data } = useQuery<MendingDraft>({ queryKey: key, queryFn: skipToken, staleTime: Number.POSITIVE_INFINITY });
  const draft = data === undefined || data.steps.length + data.undone.length === 0 ? emptyMending(cutout) : data;
  const keep = (next: MendingDraft) => queries.setQueryData(key, next);
  const shown = useQuery(askMatte(cutout, draft));
  const before = useQuery(askMatte(cutout, emptyMending(draft)));
  usePrepared(cutout, draft.revision);
  const { steps, undone } = draft;
  const last = steps.at(-1);
  const next = undone.at(-1);
  return {
    draft,
    matte: shown.data,
    before: before.data,
    error: shown.error ?? before.error,
    isDrawing: shown.isFetching,
    retry: () => void shown.refetch(),
    add(step) {
      const longer = { ...draft, steps: [...steps, step], undone: [] };
      // Asked before the page is drawn anew: the server works meanwhile.
      void queries.prefetchQuery(askMatte(cutout, longer));
      keep(longer);
    },
    undo: () => last && keep({ ...draft, steps: steps.slice(0, -1), undone: [...undone, last] }),
    redo: () => next && keep({ ...draft, steps: [...steps, next], undone: undone.slice(0, -1) }),
    forget: () => keep(emptyMending(cutout)),
    moveTo: (revision) => keep({ ...draft, revision }),
  };
}

/** Has the server prepare the picture while it's looked at, so that the first stroke waits for none of that. */
function usePrepared({ element_id, view }: Cutout, revision: number): void {
  useQuery({
    queryKey: [...kept.mattes(element_id, view), revision, 'prepared'],
    queryFn: async ({ signal }) => {
      const stream = await previewCutout(client, element_id, view, { revision, strokes: [] }, signal);
      await stream.cancel();
      return true;
    },
    // Prepared or not: a stroke says what is wrong.
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** The matte after these steps. What was drawn once is kept for a while: taking back and doing again asks nothing. */
function askMatte(cutout: Cutout, draft: MendingDraft) {
  const { element_id, view, matte_url } = cutout;
  const { revision, steps } = draft;
  return queryOptions({
    queryKey: [...kept.mattes(element_id, view), revision, ...steps.map(({ id }) => id)],
    queryFn: async ({ signal }) => {
      if (steps.length === 0 && matte_url === null) return null;
      const stream =
        steps.length === 0
          ? await downloadElementFile(client, element_id, matte_url?.split('/').pop() ?? '', signal)
          : await previewCutout(client, element_id, view, writeMending(draft), signal);
      const matte = new Uint8Array(await new Response(stream).arrayBuffer());
      if (steps.length > 0) readAhead(matte);
      return matte;
    },
    staleTime: Number.POSITIVE_INFINITY,
  });
}
