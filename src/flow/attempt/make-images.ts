import type { ImageOrder, PreparedVideo, VideoSource } from '../../engines/index.ts';
import type { AcceptedImages } from '../accepted-request.ts';
import { presentSpec } from '../present-spec.ts';
import { type StoredImages, storeImages } from '../storage/store-drafts.ts';
import type { Attempt, Work } from './attempt.ts';
import { openOrder } from './open-order.ts';

/** As `resumeVideo`, of pictures. */
export async function resumeImages(attempt: Attempt, request: AcceptedImages): Promise<StoredImages | null> {
  const { context, task, workFolder, tools } = attempt;
  const { name, images } = context.engines.getVideoEngine(request.engine);
  const order = { task_id: task.id, spec: presentSpec(task.model, request), workFolder };
  const draft = (await images.resumeImages?.(order, tools)) ?? null;
  return draft === null ? null : await storeImages(context.storage, task, name, draft);
}

/** Has the pictures made by the engine they were given to, with the elements as they are now, and puts them into storage. */
export async function makeImages(work: Work, request: AcceptedImages): Promise<StoredImages> {
  const { context, task, tools } = work;
  const { name, images } = context.engines.getVideoEngine(request.engine);
  const draft = await images.makeImages(await writeOrder(work, request), tools);
  return await storeImages(context.storage, task, name, draft);
}

/** Everything up to where the engine would make or send something. Throws as {@link makeImages}. */
export async function prepareImages(work: Work, request: AcceptedImages): Promise<PreparedVideo> {
  const { images } = work.context.engines.getVideoEngine(request.engine);
  return await images.prepareImages(await writeOrder(work, request), work.tools);
}

async function writeOrder(work: Work, request: AcceptedImages): Promise<ImageOrder> {
  return {
    ...(await openOrder(work, request.elements)),
    spec: presentSpec(work.task.model, request),
    // A request for pictures was checked to hold pictures alone.
    sources: work.sources as readonly VideoSource[],
  };
}
