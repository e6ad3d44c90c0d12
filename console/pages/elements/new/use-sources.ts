import { useCallback, useEffect, useReducer, useRef } from 'react';
import { createUniqueId } from '../../../../client/index.ts';
import { picturesMax, type Source, takeSource } from './pictures.ts';

type Change =
  | { does: 'add'; source: Source }
  | { does: 'change'; id: string; change: Partial<Source> }
  | { does: 'remove'; id: string }
  | { does: 'lead'; id: string };

/** The files that are given, each sent and checked as it comes; `refusal` says why one was not taken at all. */
export function useSources(onRefusal: (reason: string | null) => void) {
  const [sources, change] = useReducer(reduce, []);
  const under = useRef(new Map<string, { stop: AbortController; video: boolean; shownUrl: string | null }>());
  useEffect(() => {
    const running = under.current;
    return () => {
      for (const { stop } of running.values()) stop.abort();
    };
  }, []);

  const remove = useCallback((id: string) => {
    const found = under.current.get(id);
    found?.stop.abort();
    if (found?.shownUrl?.startsWith('blob:')) URL.revokeObjectURL(found.shownUrl);
    under.current.delete(id);
    change({ does: 'remove', id });
  }, []);

  const add = useCallback(
    (given: readonly (File | string)[]) => {
      onRefusal(null);
      for (const one of given) {
        const video = typeof one === 'string' ? /\.(mp4|mov|webm)(\?|$)/i.test(one) : one.type.startsWith('video/');
        const reason = refuse([...under.current.values()], video);
        if (reason !== null) {
          onRefusal(reason);
          break;
        }
        const id = createUniqueId();
        const stop = new AbortController();
        const shownUrl = typeof one === 'string' ? null : URL.createObjectURL(one);
        const name = typeof one === 'string' ? (one.split('/').pop() ?? one) : one.name;
        under.current.set(id, { stop, video, shownUrl });
        const kind = video ? 'video' : 'picture';
        change({ does: 'add', source: { id, name, kind, shownUrl, file: null, verdict: { is: 'sending', share: 0 } } });
        void takeSource(one, (what) => change({ does: 'change', id, change: what }), stop.signal);
      }
    },
    [onRefusal],
  );
  const lead = useCallback((id: string) => change({ does: 'lead', id }), []);
  return { sources, add, remove, lead };
}

function refuse(held: readonly { video: boolean }[], video: boolean): string | null {
  if (held.some((one) => one.video !== video) || (video && held.length > 0)) {
    return 'An element is made of two to four pictures or of one video, not of both. Remove what is there first.';
  }
  return held.length >= picturesMax ? 'Four pictures are the most. Remove one to take another.' : null;
}

function reduce(sources: readonly Source[], change: Change): readonly Source[] {
  switch (change.does) {
    case 'add':
      return [...sources, change.source];
    case 'change':
      return sources.map((source) => (source.id === change.id ? { ...source, ...change.change } : source));
    case 'remove':
      return sources.filter(({ id }) => id !== change.id);
    case 'lead':
      return sources.toSorted((one, other) => Number(other.id === change.id) - Number(one.id === change.id));
  }
}
