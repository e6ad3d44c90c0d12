import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { VideoTools } from '../engines/index.ts';
import { failpoint } from '../lib/failpoint.ts';
import type { Task } from '../tasks/index.ts';
import { type AcceptedRequest, readAcceptedRequest } from './accepted-request.ts';
import type { Attempt } from './attempt/attempt.ts';
import { buildElement } from './attempt/build-element.ts';
import { convertPictures } from './attempt/convert-pictures.ts';
import { fetchSources } from './attempt/fetch-sources.ts';
import { makeImages, resumeImages } from './attempt/make-images.ts';
import { makeVideo, resumeVideo } from './attempt/make-video.ts';
import { rehearseElement, rehearseVideo } from './attempt/rehearse.ts';
import { createProgress, type Progress } from './attempt/report-progress.ts';
import type { Context } from './context.ts';
import { createPublisher, withdrawPublished } from './storage/publish.ts';
import type { StoredDraft } from './storage/store-drafts.ts';

/** Shares of the way, from measured builds: fetching waits on others, the engine works, storing is quick. */
const progressAfter = { fetching: 20, engine: 90 };

/**
 * Does the work of one attempt, outside any transaction: goes on with what an earlier one has begun elsewhere, or fetches
 * the sources, has pictures of other formats converted, and hands them to the engine; puts the result into storage under this attempt's own prefix. Throws
 * `AppError` with the code the task fails with; the caller decides whether to try again. Ends early when the claim
 * turns out to be lost. The work folder is gone afterwards, whatever happened.
 *
 * `takeTurn` is waited for when the sources are there, before the engine begins; `onIdle` hears when the engine only waits.
 * With `mayBegin` false nothing is begun any more: what was begun elsewhere is gone on with, and where nothing was the answer is null.
 */
export async function build(
  context: Context,
  task: Task,
  signal: AbortSignal,
  mayBegin = true,
  takeTurn: (signal: AbortSignal) => Promise<void> = async () => undefined,
  onIdle: (isIdle: boolean) => void = () => undefined,
): Promise<StoredDraft | null> {
  const claimLost = new AbortController();
  const either = AbortSignal.any([signal, claimLost.signal]);
  const request = readAcceptedRequest(task);
  const usesFiles = request.kind !== 'element' || context.engines.getElementEngine(request.engine).usesFiles;
  const name = join(context.workFolder, `${task.id}-${task.attempt}-`);
  const workFolder = usesFiles ? await mkdtemp(name) : name;
  // Looks after the claim until its end, so nothing may go wrong between here and `finally`.
  const progress = createProgress(context, task, () => claimLost.abort());
  try {
    const attempt = {
      context,
      task,
      workFolder,
      tools: { ...createTools(context, task.id, progress, either), onIdle },
    };
    const resumed = task.dry_run ? null : await resume(attempt, request);
    if (resumed === null && !mayBegin) return null;
    const stored = resumed ?? (await make(attempt, usesFiles ? request.sources : [], progress, takeTurn));
    failpoint('after-storing-draft');
    return stored;
  } finally {
    await progress.end();
    if (usesFiles) await rm(workFolder, { recursive: true, force: true });
  }
}

async function make(
  attempt: Attempt,
  wanted: AcceptedRequest['sources'],
  progress: Progress,
  takeTurn: (signal: AbortSignal) => Promise<void>,
): Promise<StoredDraft> {
  const { context, task, workFolder, tools } = attempt;
  const request = readAcceptedRequest(task);
  const fetched = await fetchSources(context, task.model, wanted, workFolder, tools.signal);
  await takeTurn(tools.signal);
  failpoint('after-fetching');
  const sources = await convertPictures(context, fetched, tools.signal);
  progress.move(progressAfter.fetching, 'fetched');
  const work = { ...attempt, sources };
  if (task.dry_run) {
    return request.kind === 'element' ? await rehearseElement(work, request) : await rehearseVideo(work, request);
  }
  switch (request.kind) {
    case 'element':
      return await buildElement(work, request);
    case 'video':
      return await makeVideo(work, request);
    case 'image':
      return await makeImages(work, request);
  }
}

/** Null when nothing was begun elsewhere that could be gone on with. */
async function resume(attempt: Attempt, request: AcceptedRequest): Promise<StoredDraft | null> {
  if (request.kind === 'element') return null;
  return request.kind === 'video' ? await resumeVideo(attempt, request) : await resumeImages(attempt, request);
}

function createTools(context: Context, taskId: string, progress: Progress, signal: AbortSignal): VideoTools {
  return {
    signal,
    publish: createPublisher(context, taskId),
    withdraw: (until) => withdrawPublished(context, until),
    onProgress(fraction, step) {
      if (step.startsWith('decode')) failpoint('while-decoding');
      const span = progressAfter.engine - progressAfter.fetching;
      progress.move(Math.round(progressAfter.fetching + span * fraction), step);
    },
  };
}
