import { returnKeyAllowance } from '../accounts/index.ts';
import { deliverQueue } from '../callbacks/index.ts';
import { presentCredits, refund } from '../credits/index.ts';
import { allSettledOrThrow, type Db, transaction } from '../db/index.ts';
import { type NewElement, presentElementResult } from '../elements/index.ts';
import type { AppError } from '../lib/errors.ts';
import { failpoint } from '../lib/failpoint.ts';
import {
  computeCharge,
  computePictureCharge,
  findOutputSecondsMax,
  getModel,
  lowerSettlement,
} from '../models/index.ts';
import {
  type Completion,
  cancelTask,
  confirmClaim,
  failTask,
  findTask,
  releaseTask,
  type Task,
  taskFinished,
  taskNotFound,
  taskPaid,
  workQueues,
} from '../tasks/index.ts';
import { type AcceptedImages, type AcceptedVideo, readAcceptedRequest, readRequestOfKind } from './accepted-request.ts';
import type { ClaimedTask } from './attempt/attempt.ts';
import type { CompletedTask } from './conclusion/completed-task.ts';
import { makeCallbacksDue } from './conclusion/make-callbacks-due.ts';
import type { Context } from './context.ts';
import { describeFault } from './describe-fault.ts';
import { cancelledByOwner, presentFailure } from './errors.ts';
import { canPublish, withdrawPublished } from './storage/publish.ts';
import type { StoredDraft, StoredElement, StoredImages, StoredRehearsal, StoredVideo } from './storage/store-drafts.ts';
import { removeInputs } from './storage/store-inputs.ts';
import { tellChanged } from './tell-changed.ts';

/**
 * The work is done: in one transaction, which tasks that end together share, the task is completed, its element exists, the
 * reservation is settled and the callback is due. A database that is away is waited for, for five minutes at most or until `signal`. Returns
 * false when the claim was lost meanwhile: then nothing was written and the draft is to be thrown away. Where it throws, the task may be
 * completed, and the draft's files must stay.
 */
export async function concludeCompleted(
  context: Context,
  { task, job, queue }: ClaimedTask,
  draft: StoredDraft,
  signal?: AbortSignal,
): Promise<boolean> {
  let waits = false;
  const onAway = (error: Error) => {
    const { id: task_id, attempt } = task;
    if (!waits)
      context.log.warn({ task_id, attempt, ...describeFault(error) }, 'the work is done and waits for the database');
    waits = true;
  };
  const made = { claim: task, job, queue, ...complete(context, task, draft) };
  return await follow(context, await context.conclusions.complete(made, signal, onAway));
}

/** What there is of a completed task when its work is done. */
type Made = Pick<CompletedTask, 'completion' | 'element'>;

function complete(context: Context, task: Task, draft: StoredDraft): Made {
  if (draft.kind === 'rehearsal') return { completion: completeRehearsal(context, task, draft), element: null };
  if (draft.kind === 'element') return completeElement(context, task, draft);
  const results = draft.files.map((file) => file.storage_key);
  if (draft.kind === 'image') {
    const request = readRequestOfKind(task, 'image');
    const made = { count: request.count, made: draft.files.length };
    const charged_microcredits = computePictureCharge(task.reserved_microcredits, made);
    return {
      completion: { result_data: presentImageResult(request, draft), results, charged_microcredits },
      element: null,
    };
  }
  const request = readRequestOfKind(task, 'video');
  const charged_microcredits = chargeVideo(task, request, draft);
  return {
    completion: { result_data: presentVideoResult(request, draft), results, charged_microcredits },
    element: null,
  };
}

/** A dry run is over: nothing was reserved, so nothing is settled. */
function completeRehearsal(context: Context, task: Task, draft: StoredRehearsal): Completion {
  const { engine, would } = readAcceptedRequest(task);
  const usualSeconds = context.estimates.estimate(task.model, engine, getModel(task.model).estimatedSeconds);
  return {
    result_data: {
      dry_run: true,
      would_reserve_credits: presentCredits(would?.reserve_microcredits ?? 0),
      estimated_seconds: Math.max(1, Math.ceil(usualSeconds)),
      report: draft.report,
      sources: draft.sources,
    },
    results: draft.files.map((file) => file.storage_key),
    charged_microcredits: 0,
  };
}

function completeElement({ engines }: Context, task: Task, draft: StoredElement): Made {
  const element = toElement(task, draft);
  return {
    completion: {
      result_data: { ...presentElementResult(element), ...draft.summary },
      results: [],
      charged_microcredits: task.reserved_microcredits,
    },
    element: { element, files: draft.files, record: (tx) => engines.recordElement(tx, draft, String(element.id)) },
  };
}

/** Whole microcredits for what came: never more than for what was asked. */
function chargeVideo(task: Task, request: AcceptedVideo, { duration_seconds, lesser }: StoredVideo): number {
  const { settlement } = request;
  const reserved = task.reserved_microcredits;
  if (settlement === undefined) return reserved;
  const model = getModel(task.model);
  const asked = findOutputSecondsMax(model, request) === undefined ? request.duration_seconds : undefined;
  const seconds = lesser?.made.duration_seconds ?? asked ?? duration_seconds;
  return computeCharge(lowerSettlement(model, settlement, lesser?.made ?? request), seconds, reserved);
}

/** `result_data` of a finished video, but for the links, which are made when it's shown. */
function presentVideoResult(request: AcceptedVideo, draft: StoredVideo) {
  const { engine, duration_seconds, width_px, height_px, frame_rate, has_sound, lesser, details } = draft;
  return {
    engine,
    duration: duration_seconds,
    width: width_px,
    height: height_px,
    frame_rate,
    has_sound,
    element_ids: request.elements.map((element) => element.element_id),
    warnings: lesser?.warnings ?? [],
    ...details,
  };
}

/** `result_data` of finished pictures, but for the links. */
function presentImageResult(request: AcceptedImages, { engine, files, warnings, details }: StoredImages) {
  return {
    engine,
    images: files.map(({ width_px, height_px, set }) => ({
      width: width_px,
      height: height_px,
      ...(set === undefined ? {} : { set }),
    })),
    element_ids: request.elements.map((element) => element.element_id),
    warnings,
    ...details,
  };
}

/** The task has failed for good: refunded in full. Returns false when the claim was lost meanwhile. */
export async function concludeFailed(
  context: Context,
  { task, job, queue }: ClaimedTask,
  failure: AppError,
): Promise<boolean> {
  const failed = await transaction(context.database.db, async (tx) => {
    const failed = await failTask(tx, task, presentFailure(failure));
    if (failed !== null) await callOff(context, tx, failed);
    await allSettledOrThrow(
      failed && makeCallbacksDue(context.jobs, tx, [failed]),
      context.jobs.finish(tx, queue, [job]),
    );
    return failed;
  });
  return await follow(context, failed);
}

/**
 * This attempt is over but another may succeed: the task runs again after `delaySeconds`, before all that has never run.
 * `pending` until then, since nobody works on it; what a service elsewhere works on stays `processing`. `reason` says
 * whether the attempt has used up a try. Returns false when the claim was lost meanwhile: then somebody else works on the task or it's
 * finished, and a second job would only shut them out.
 */
export async function retryLater(
  context: Context,
  { task, job, queue }: ClaimedTask,
  delaySeconds: number,
  reason: 'failed' | 'stopped' = 'failed',
): Promise<boolean> {
  const options = { delaySeconds, group: String(task.account_id), first: true };
  const released = await transaction(context.database.db, async (tx) => {
    const holds = queue === workQueues.local ? await releaseTask(tx, task, reason) : await confirmClaim(tx, task);
    if (holds) await context.jobs.send(tx, queue, { task_id: task.id }, options);
    await context.jobs.finish(tx, queue, [job]);
    return holds;
  });
  if (released) tellChanged(context, task.account_id);
  return released;
}

/**
 * Cancels an unfinished task of the account and refunds it in full; the worker that holds it finds its claim lost. Errors:
 * 404 `task_not_found`, 409 `task_not_cancellable` when it's finished already, or when it's paid for elsewhere.
 */
export async function cancel(context: Context, accountId: number, taskId: string): Promise<Task> {
  const cancelled = await transaction(context.database.db, async (tx) => {
    const task = await cancelTask(tx, accountId, taskId, presentFailure(cancelledByOwner()));
    if (task === null) return null;
    const { wasPaid } = await callOff(context, tx, task);
    // Nobody gives that money back, so the user's isn't either: the throw takes back the whole transaction.
    if (wasPaid) throw taskPaid();
    await makeCallbacksDue(context.jobs, tx, [task]);
    return task;
  });
  if (cancelled === null) {
    const task = await findTask(context.database.db, accountId, taskId);
    throw task === null ? taskNotFound() : taskFinished(task.status);
  }
  tellEnded(context, cancelled);
  await removeTraces(context, cancelled);
  return cancelled;
}

/** After the commit. False for null, a task whose claim was lost. */
async function follow(context: Context, ended: Task | null): Promise<boolean> {
  failpoint('after-commit-of-conclude');
  if (ended === null) return false;
  tellEnded(context, ended);
  await removeTraces(context, ended);
  return true;
}

function tellEnded(context: Context, ended: Task): void {
  tellChanged(context, ended.account_id);
  if (ended.callback_url !== null) context.jobs.wakeUp.wake(deliverQueue);
  context.metrics.ended(ended);
}

/** What a task needed while it ran. */
async function removeTraces(context: Context, task: Task): Promise<void> {
  await removeInputs(context.storage, task);
  if (canPublish(context.config)) await withdrawPublished(context, task.id);
}

/**
 * Nothing comes of the task: what was reserved is returned, what waits to be sent elsewhere is not sent, what
 * comes of the rest there is removed. A dry run has nothing of either. Answers whether it had been paid for elsewhere, or
 * may have been.
 */
async function callOff(context: Context, tx: Db, task: Task): Promise<{ wasPaid: boolean }> {
  if (task.dry_run) return { wasPaid: false };
  const { kind, engine } = readAcceptedRequest(task);
  const wasPaid = await context.engines.abandon(tx, { id: task.id, kind, engine });
  const { booked, returned_microcredits } = await refund(tx, { task_id: task.id });
  if (booked) await returnKeyAllowance(tx, task.api_key_id, returned_microcredits, task.created_at);
  failpoint('before-commit-of-refund');
  return { wasPaid };
}

function toElement(task: Task, draft: StoredElement): NewElement {
  const request = readRequestOfKind(task, 'element');
  return {
    id: draft.element_id,
    account_id: task.account_id,
    task_id: task.id,
    name: request.element_name,
    description: request.element_description,
    reference_type: request.reference_type,
    voice_id: request.voice_id ?? null,
    engine: draft.engine,
    tags: request.tags ?? [],
    labels: [],
    manifest: draft.manifest,
  };
}
