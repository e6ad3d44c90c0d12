import { getElement, type TaskRequest } from '../../../client/index.ts';
import { client } from '../../api/client.ts';
import { readDraft, studioModels } from '../studio/draft.ts';
import { keepDraft } from '../studio/keep-draft.ts';

/** Whether a page of this console can be filled in with what the task was asked for. */
export function canChange({ request }: TaskRequest): boolean {
  return String(request.model) in studioModels;
}

/** Fills the studio in with what the task was asked for; the address where it's changed. */
export async function openChanged({ request }: TaskRequest): Promise<string> {
  const draft = readDraft(request);
  const cast = await Promise.all(draft.cast.map(({ element_id }) => nameElement(element_id)));
  keepDraft({ ...draft, cast });
  return '/studio';
}

/** One that was deleted meanwhile stays by its id, so that the studio says what is missing. */
async function nameElement(element_id: string): Promise<{ element_id: string; element_name: string }> {
  const element = await getElement(client, element_id).catch(() => null);
  return { element_id, element_name: element?.element_name ?? element_id };
}
