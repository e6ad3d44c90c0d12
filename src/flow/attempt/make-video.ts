import { join } from 'node:path';
import { findElementFile } from '../../elements/index.ts';
import type { CastElement, CastFacts, PreparedVideo, VideoOrder, VideoSource } from '../../engines/index.ts';
import { chooseClipRules, getModel } from '../../models/index.ts';
import type { AcceptedVideo } from '../accepted-request.ts';
import type { Context } from '../context.ts';
import { elementGone } from '../errors.ts';
import { findCast } from '../find-cast.ts';
import { presentSpec } from '../present-spec.ts';
import { type StoredVideo, storeVideo } from '../storage/store-drafts.ts';
import type { Attempt, Work } from './attempt.ts';
import type { FetchedSource } from './fetch-sources.ts';

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
  const { context, task, workFolder } = work;
  const cast = await findCast(context.database.db, task.account_id, request.elements).catch((error) => {
    throw elementGone(error);
  });
  return {
    task_id: task.id,
    account_id: task.account_id,
    spec: presentSpec(task.model, request),
    sources: work.sources.map((source) => presentSource(task.model, request, source)),
    cast: cast.map((facts) => openElement(context, facts, workFolder)),
    workFolder,
  };
}

function presentSource(model: string, request: AcceptedVideo, source: FetchedSource): VideoSource {
  const clipRules = chooseClipRules(getModel(model), request);
  const isVideo = source.role === 'reference_video' && clipRules !== undefined;
  // A video's request was checked to hold no other roles.
  return { ...(source as VideoSource), ...(isVideo ? { clip_rules: clipRules } : {}) };
}

function openElement({ database: { db }, storage }: Context, facts: CastFacts, workFolder: string): CastElement {
  const fetched = new Map<string, Promise<string>>();
  async function fetch(name: string): Promise<string> {
    const path = join(workFolder, `${facts.element_id}-${name}`);
    // The record of a file that was replaced meanwhile stays as long as this task runs.
    const file = await findElementFile(db, Number(facts.element_id), name);
    // The next attempt finds out what became of the element.
    if (file === null) throw new Error(`element ${facts.element_id} has no record of its file ${name}`);
    await storage.copyTo(file.storage_key, path);
    return path;
  }
  return {
    ...facts,
    fetchFile(name) {
      const known = fetched.get(name) ?? fetch(name);
      fetched.set(name, known);
      return known;
    },
  };
}
