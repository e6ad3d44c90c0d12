import { useEffect, useRef } from 'react';
import { notifyFailed } from '../../../parts/notify.ts';
import { samples } from './samples.ts';

/** What fills the form in: words, and what is given. */
interface Filling {
  element_name: string;
  element_description: string;
  category: string | null;
  element_voice_id: string;
}

interface FillingOptions {
  /** Name of the sample whose photos and words are filled in; null for none. */
  sample: string | null;
  /** Id of the task that is to be asked for again, changed; null for none. */
  from: string | null;
  add: (given: readonly (File | string)[]) => void;
  setValues: (values: Filling) => void;
  onRefusal: (reason: string) => void;
}

/** Fills the form in once, as the page's address says: with a sample, or with what a task was asked for. */
export function useFilling({ sample, from, add, setValues, onRefusal }: FillingOptions): void {
  const filled = useRef(false);
  useEffect(() => {
    const chosen = sample === null ? undefined : samples[sample];
    if (filled.current || (chosen === undefined && from === null)) return;
    filled.current = true;
    if (chosen !== undefined) {
      const { name: element_name, description: element_description, tag: category } = chosen;
      setValues({ element_name, element_description, category, element_voice_id: '' });
      void Promise.all(chosen.pictures.map(loadPicture)).then(add);
    } else if (from !== null) {
      void fillAgain(from, { add, setValues, onRefusal }).catch(notifyFailed);
    }
  }, [sample, from, add, setValues, onRefusal]);
}

async function loadPicture({ name, url }: { name: string; url: string }): Promise<File> {
  return new File([await (await fetch(url)).blob()], name, { type: 'image/jpeg' });
}

async function fillAgain(
  taskId: string,
  { add, setValues, onRefusal }: Pick<FillingOptions, 'add' | 'setValues' | 'onRefusal'>,
): Promise<void> {
  const { loadAsked } = await import('./load-asked.ts');
  const asked = await loadAsked(taskId, AbortSignal.timeout(120_000));
  const { name: element_name, description: element_description, category, voice: element_voice_id } = asked;
  setValues({ element_name, element_description, category, element_voice_id });
  add(asked.given);
  if (asked.gone > 0) {
    const what =
      asked.gone === 1 ? 'One file is no longer kept: give it' : `${asked.gone} files are no longer kept: give them`;
    onRefusal(`${what} again.`);
  }
}
