import { mkdtemp, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Context } from '../context.ts';
import type { ElementDraft, ElementSource } from '../engines/index.ts';
import { failpoint } from '../lib/failpoint.ts';
import { type Claim, setProgress, type Task } from '../tasks/index.ts';
import type { AcceptedRequest, AcceptedSource } from './accepted-request.ts';
import { toSourceFailure } from './failures.ts';
import { type StoredDraft, storeDraft } from './store-files.ts';

/** Shares of the way, from measured builds: fetching waits on others, the engine works, storing is quick. */
const progressAfter = { fetching: 20, engine: 90 };

/**
 * Does the work of one attempt, outside any transaction: fetches the sources, hands them to the engine, puts the result
 * into storage under this attempt's own prefix. Throws `AppError` with the code the task fails with; whoever concludes
 * decides whether to try again. Ends early when the claim turns out to be lost. The work folder is gone afterwards,
 * whatever happened.
 */
export async function build(context: Context, task: Task, signal: AbortSignal): Promise<StoredDraft> {
  const claimLost = new AbortController();
  const either = AbortSignal.any([signal, claimLost.signal]);
  const progress = createProgress(context, task, () => claimLost.abort());
  const { usesFiles } = context.engine;
  const name = join(context.workFolder, `${task.id}-${task.attempt}-`);
  const workFolder = usesFiles ? await mkdtemp(name) : name;
  try {
    return await buildIn(context, task, workFolder, progress, either);
  } finally {
    await progress.end();
    if (usesFiles) await rm(workFolder, { recursive: true, force: true });
  }
}

async function buildIn(
  context: Context,
  task: Task,
  workFolder: string,
  progress: Progress,
  signal: AbortSignal,
): Promise<StoredDraft> {
  const request = task.request as unknown as AcceptedRequest;
  const sources = context.engine.usesFiles ? await fetchSources(context, request, workFolder, signal) : [];
  failpoint('F5');
  progress.move(progressAfter.fetching, 'fetched');
  const draft: ElementDraft = await context.engine.buildElement(
    { reference_type: request.reference_type, sources, workFolder },
    {
      signal,
      onProgress(fraction, step) {
        if (step.startsWith('decode')) failpoint('F6');
        const span = progressAfter.engine - progressAfter.fetching;
        progress.move(Math.round(progressAfter.fetching + span * fraction), step);
      },
    },
  );
  const stored = await storeDraft(context.storage, draft);
  failpoint('F7');
  return stored;
}

async function fetchSources(
  context: Context,
  request: AcceptedRequest,
  folder: string,
  signal: AbortSignal,
): Promise<ElementSource[]> {
  // One failed fetch ends the others: they'd only keep the failure waiting.
  const stopOthers = new AbortController();
  const either = AbortSignal.any([signal, stopOthers.signal]);
  const fetches = request.sources.map((source, index) =>
    fetchSource(context, source, join(folder, `source-${index}`), either),
  );
  try {
    return await Promise.all(fetches);
  } catch (error) {
    stopOthers.abort();
    await Promise.allSettled(fetches);
    throw error;
  }
}

async function fetchSource(
  context: Context,
  source: AcceptedSource,
  path: string,
  signal: AbortSignal,
): Promise<ElementSource> {
  const { role, param } = source;
  if ('storage_key' in source) {
    await context.storage.copyTo(source.storage_key, path);
    return { role, param, path, bytes: (await stat(path)).size };
  }
  const { media, worker } = context.config;
  const isVideo = role === 'refer_video';
  try {
    const { bytes } = await context.network.download(source.url, {
      path,
      bytesMax: isVideo ? media.videoBytesMax : media.imageBytesMax,
      timeoutMs: worker.fetchSeconds * 1000,
      redirectsMax: 3,
      signal,
      onBytes: (bytes, expected) => bytes !== expected && failpoint('F4'),
    });
    return { role, param, path, bytes };
  } catch (error) {
    throw toSourceFailure(error, param, isVideo ? 'invalid_parameters' : 'image_processing_error');
  }
}

/** Writing each step would cost more than many a step; a person polls every few seconds. */
const progressEveryMs = 300;

interface Progress {
  move(percent: number, step: string): void;
  /** Resolves when nothing is being written any more. */
  end(): Promise<unknown>;
}

/** `onLost` is called when somebody else has the task by now, or its owner has cancelled it. */
function createProgress(context: Context, claim: Claim, onLost: () => void): Progress {
  let writtenAt = performance.now();
  let writing: Promise<unknown> = Promise.resolve();
  return {
    move(percent: number, step: string): void {
      if (performance.now() - writtenAt < progressEveryMs) return;
      writtenAt = performance.now();
      writing = setProgress(context.database.db, claim, percent, step).then(
        (holds) => holds || onLost(),
        () => undefined, // a lost report is no reason to fail a build
      );
    },
    end: () => writing,
  };
}
