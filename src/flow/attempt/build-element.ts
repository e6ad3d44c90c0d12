import type { ElementDraft, ElementSource } from '../../engines/index.ts';
import type { AcceptedElement } from '../accepted-request.ts';
import { type StoredElement, storeElement } from '../storage/store-drafts.ts';
import type { Work } from './attempt.ts';

/** Has the element built by the engine it was given to, and puts its files into storage. */
export async function buildElement(work: Work, request: AcceptedElement): Promise<StoredElement> {
  return await storeElement(work.context.storage, await buildDraft(work, request, false));
}

/** The files and facts of the element in the work folder. A dry run calls nobody elsewhere. */
export async function buildDraft(work: Work, request: AcceptedElement, isDryRun: boolean): Promise<ElementDraft> {
  const { context, task, workFolder, tools } = work;
  return await context.engines.getElementEngine(request.engine).buildElement(
    {
      task_id: task.id,
      name: request.element_name,
      description: request.element_description,
      ...(request.voice_id === undefined ? {} : { voice_id: request.voice_id }),
      ...(request.tags === undefined ? {} : { tags: request.tags }),
      reference_type: request.reference_type,
      // An element's request was checked to hold no other roles.
      sources: work.sources as readonly ElementSource[],
      workFolder,
      dry_run: isDryRun,
    },
    tools,
  );
}
