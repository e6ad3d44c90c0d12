import type { PreparedVideo, VideoOrder, VideoSource } from '../../engines/index.ts';
import { chooseClipRules, getModel } from '../../models/index.ts';
import type { AcceptedVideo } from '../accepted-request.ts';
import { presentSpec } from '../present-spec.ts';
import { type StoredVideo, storeVideo } from '../storage/store-drafts.ts';
import type { Attempt, Work } from './attempt.ts';
import type { FetchedSource } from './fetch-sources.ts';
import { openOrder } from './open-order.ts';

/**
 * Goes on with a video that an earlier attempt has handed to a service elsewhere, and puts it into storage. Null when it
 * has to be made. Sources whose links have run out, and elements deleted since, are no reason to give up what may be paid
 * for.
 */
export async function resumeVideo(attempt: Attempt, request: AcceptedVideo): Promise<StoredVideo | null> {
  const { context, task, workFolder, tools } = attempt;
  const engine = context.engines.getVideoEngine(request.engine);
  const { sources } = request as { sources: readonly Pick<VideoSource, 'role'>[] };
  const order = { task_id: task.id, spec: presentSpec(task.model, request), sources, workFolder };
  const draft = (await engine.resumeVideo?.(order, tools)) ?? null;
  return draft === null ? null : await storeVideo(context.storage, task, engine.name, draft);
}

/** Has the video made by the engine it was given to, with the elements as they are now, and puts it into storage. */
export async function makeVideo(work: Work, request: AcceptedVideo): Promise<StoredVideo> {
  const { context, task, tools } = work;
  const engine = context.engines.getVideoEngine(request.engine);
  const draft = await engine.makeVideo(await writeOrder(work, request), tools);
  return await storeVideo(context.storage, task, engine.name, draft);
}

/** Everything up to where the engine would make or send something. Throws as {@link makeVideo}. */
export async function prepareVideo(work: Work, request: AcceptedVideo): Promise<PreparedVideo> {
  const { engines } = work.context;
  return await engines.getVideoEngine(request.engine).prepareVideo(await writeOrder(work, request), work.tools);
}

async function writeOrder(work: Work, request: AcceptedVideo): Promise<VideoOrder> {
  const { task } = work;
  return {
    ...(await openOrder(work, request.elements)),
    spec: presentSpec(task.model, request),
    sources: work.sources.map((source) => presentSource(task.model, request, source)),
  };
}

function presentSource(model: string, request: AcceptedVideo, source: FetchedSource): VideoSource {
  const clipRules = chooseClipRules(getModel(model), request);
  const isVideo = source.role === 'reference_video' && clipRules !== undefined;
  // A video's request was checked to hold no other roles.
  return { ...(source as VideoSource), ...(isVideo ? { clip_rules: clipRules } : {}) };
}
