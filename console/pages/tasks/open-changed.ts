import { getElement, type TaskRequest } from '../../../client/index.ts';
import { client } from '../../api/client.ts';
import { studioModels } from '../studio/draft.ts';
import { keepDraft } from '../studio/keep-draft.ts';
import { readDraft } from '../studio/request.ts';

const elementModel = 'kling-custom-element';

/** Whether a page of this console can be filled in with what the task was asked for. */
export function canChange({ request }: TaskRequest): boolean {
  return request.model === elementModel || String(request.model) in studioModels;
}

/** The address where what the task was asked for is changed; the studio is filled in with it already. */
export async function openChanged({ task_id, request }: TaskRequest): Promise<string> {
  if (request.model === elementModel) return `/elements/new?from=${task_id}`;
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
