import { useSessionStorage } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { getElement } from '../../../client/index.ts';
import { client } from '../../api/client.ts';
import { kept } from '../../api/queries.ts';
import { useAddress } from '../../parts/use-address.ts';
import { type Draft, emptyDraft, fitDraft, studioModels, writeMark } from './draft.ts';
import { draftKey } from './keep-draft.ts';

/** The draft of this tab, which outlives a reload, with the element of `?element=` cast in it. */
export function useDraft(): [Draft, (change: Partial<Draft>) => void] {
  const [stored, setDraft] = useSessionStorage<Draft>({
    key: draftKey,
    defaultValue: emptyDraft,
    getInitialValueInEffect: false,
  });
  const draft = stored.model in studioModels ? fitDraft({ ...emptyDraft, ...stored }) : emptyDraft;
  const [wanted, setWanted] = useAddress('element');
  const { data } = useQuery({
    queryKey: kept.element(wanted),
    queryFn: ({ signal }) => getElement(client, wanted, signal),
    enabled: wanted !== '',
  });
  useEffect(() => {
    if (data === undefined) return;
    setWanted(null);
    setDraft((old) => {
      const { element_id, element_name } = data;
      if (old.cast.some((member) => member.element_id === element_id)) return old;
      const mark = writeMark(old.cast.length);
      const prompt = old.prompt.trim() === '' ? `${mark} ` : old.prompt;
      const model = studioModels[old.model].elementsMax === 0 ? emptyDraft.model : old.model;
      return { ...old, model, prompt, cast: [...old.cast, { element_id, element_name }] };
    });
  }, [data, setWanted, setDraft]);
  return [draft, (change) => setDraft((old) => ({ ...emptyDraft, ...old, ...change }))];
}

/** What each task of this tab was asked for, to change and run again; the newest ones. */
export function useRuns(): [Readonly<Record<string, Draft>>, (taskId: string, draft: Draft) => void] {
  const [runs, setRuns] = useSessionStorage<Record<string, Draft>>({
    key: 'troupe-runs',
    defaultValue: {},
    getInitialValueInEffect: false,
  });
  const keep = (taskId: string, draft: Draft) =>
    setRuns((old) => Object.fromEntries([[taskId, draft], ...Object.entries(old)].slice(0, 30)));
  return [runs, keep];
}
