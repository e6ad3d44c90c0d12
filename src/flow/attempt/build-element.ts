import type { ElementSource } from '../../engines/index.ts';
import type { AcceptedElement } from '../accepted-request.ts';
import { type StoredElement, storeElement } from '../storage/store-drafts.ts';
import type { Work } from './work.ts';

/** Has the element built by the engine it was given to, and puts its files into storage. */
export async function buildElement(work: Work, request: AcceptedElement): Promise<StoredElement> {
  const { context, task, workFolder, tools } = work;
  const draft = await context.engines.getElementEngine(request.engine).buildElement(
    {
      task_id: task.id,
      name: request.element_name,
      description: request.element_description,
      ...(request.voice_id === undefined ? {} : { voice_id: request.voice_id }),
      ...(request.tags === undefined ? {} : { tags: request.tags }),
      reference_type: request.reference_type,
      // An element's request was checked to hold no other roles.
      sources: work.sources as ElementSource[],
      workFolder,
    },
    tools,
  );
  return await storeElement(context.storage, draft);
}
