import { createHash } from 'node:crypto';
import { type AuthenticatedKey, checkModelAllowed, useKeyAllowance } from '../accounts/index.ts';
import { checkCallbackUrl } from '../callbacks/index.ts';
import { reserve } from '../credits/index.ts';
import { allSettledOrThrow, type Db, isConnectionLost, transaction } from '../db/index.ts';
import { insertElementUses } from '../elements/index.ts';
import type { ElementEngine, VideoEngine, VideoSource } from '../engines/index.ts';
import { AppError } from '../lib/errors.ts';
import { failpoint } from '../lib/failpoint.ts';
import { stringifyCanonical } from '../lib/stringify-canonical.ts';
import {
  chooseModel,
  computePrice,
  type Model,
  type ModelRequest,
  mediaUrlRules,
  parseDryRun,
} from '../models/index.ts';
import {
  createTaskId,
  externalIdTaken,
  findTask,
  findTaskByExternalId,
  findTaskByIdempotencyKey,
  idempotencyConflict,
  insertTask,
  isTransactionOpen,
  type NewTask,
  type Task,
  type WorkQueue,
  workQueues,
} from '../tasks/index.ts';
import { type AcceptedExtras, createAcceptedRequest, readAcceptedRequest } from './accepted-request.ts';
import type { Context } from './context.ts';
import { noTaskCreated, outcomeUnknown, paidOutcomeUnknown } from './errors.ts';
import { findNamedFile } from './files/find-named-file.ts';
import { type ResolvedFiles, resolveFiles } from './files/resolve-files.ts';
import { findCast } from './find-cast.ts';
import { presentSpec } from './present-spec.ts';
import { storeInputs } from './storage/store-inputs.ts';
import { tellChanged } from './tell-changed.ts';

export interface Submission {
  caller: AuthenticatedKey;
  body: unknown;
  idempotencyKey: string | null;
  /** What the caller calls the task; a second one of the account is refused. */
  externalTaskId?: string | null;
  /** The form of the callback's body, one of `Context.callbackForms`; that of the query by default. */
  callbackForm?: string | null;
  /** What the model has to make; any by default. */
  type?: Model['type'];
  /** Pictures here that the body names by texts like `stored:…`, by these: where each lies in storage. Copied for the task. */
  stored?: ReadonlyMap<string, string>;
}

export interface Accepted {
  task: Task;
  model: Model;
  /** Paths of request fields that have no effect. */
  ignoredFields: readonly string[];
  /** True when the idempotency key had made the task before: nothing was created or charged now. */
  replayed: boolean;
}

/**
 * Accepts a request or refuses it: checks the request; prices it; in one transaction inserts the task, enqueues it and
 * reserves the credits. A refusal leaves nothing behind. Errors: everything that can be known without fetching, by the
 * codes of the rooms; `paid_outcome_unknown` when the commit was cut off and the database can't be asked.
 */
export async function accept(context: Context, submission: Submission): Promise<Accepted> {
  const { caller, body, stored = new Map<string, string>() } = submission;
  const model = chooseModel(body, submission.type);
  checkModelAllowed(caller, model.id);
  const dry_run = parseDryRun(body as object);
  const { request, callback_url, ...checked } = model.checkRequest(body, {
    checkMediaUrl: (url) => {
      if (stored.has(url)) return { ok: true, file: { file_id: url, by: 'program' } };
      return findNamedFile(context, url) ?? context.network.checkUrl(url, mediaUrlRules);
    },
  });
  const ignoredFields = [...checked.ignoredFields, ...listIgnoredByEngine(context, model, request)];
  const idempotency = readIdempotency(submission);
  // Before anything that may have changed since the first time: a repeated request must find its task even when the
  // queue is full by now.
  const { externalTaskId = null, callbackForm = null } = submission;
  const findFirst = async () =>
    idempotency === null ? null : await findEarlier(context, caller.account_id, idempotency, externalTaskId);
  const earlier = await findFirst();
  if (earlier !== null) return { task: earlier, model, ignoredFields, replayed: true };
  if (externalTaskId !== null && (await findTaskByExternalId(context.database.db, caller.account_id, externalTaskId))) {
    throw externalIdTaken();
  }
  const callbackUrl = callback_url === undefined ? null : await checkCallbackUrl(context.network, callback_url);
  const engine = await chooseEngine(context, caller.account_id, model, request, dry_run);
  const files = await resolveFiles(context, caller.account_id, request);
  const price = computePrice(model, request, context.config.models);
  const now = context.clock.now();
  const draft = {
    id: createTaskId(now),
    account_id: caller.account_id,
    api_key_id: caller.key_id,
    model: model.id,
    type: model.type,
    request_digest: idempotency?.digest ?? null,
    idempotency_key: idempotency?.key ?? null,
    callback_url: callbackUrl,
    external_task_id: externalTaskId,
    callback_form: callbackForm,
    trace_parent: context.tracing.active().traceparent,
    billing_rule: price.billing_rule,
    reserved_microcredits: dry_run ? 0 : price.priceMicrocredits,
    dry_run,
    created_at: now,
  };
  // A dry run is this machine's work, also where an engine elsewhere would do the rest.
  const queue = workQueues[dry_run ? 'local' : engine.place];
  const { settlement } = price;
  const extras: AcceptedExtras = {
    engine: engine.name,
    ...(settlement === undefined ? {} : { settlement }),
    ...(dry_run ? { would: { reserve_microcredits: price.priceMicrocredits } } : {}),
  };
  const task = await insertWithInputs(context, draft, { request, files, stored }, extras, queue);
  if (task !== null) {
    context.jobs.wakeUp.wake(queue);
    tellChanged(context, task.account_id);
    context.metrics.accepted(task);
    return { task, model, ignoredFields, replayed: false };
  }
  const winner = await findFirst();
  if (winner === null) throw externalTaskId === null ? idempotencyConflict() : externalIdTaken();
  return { task: winner, model, ignoredFields, replayed: true };
}

/**
 * The engine that the request goes to. The elements of a video or picture must exist and be of kinds that its model and the engine take;
 * throws as `findCast`, the model's `checkCast` and the engine's `checkVideo` do.
 */
async function chooseEngine(
  context: Context,
  accountId: number,
  model: Model,
  request: ModelRequest,
  dry_run: boolean,
): Promise<ElementEngine | VideoEngine> {
  if (request.kind === 'element') {
    const engine = context.engines.chooseElementEngine(model.id);
    const { reference_type, sources, voice_id } = request;
    await engine.checkElement?.({
      account_id: accountId,
      reference_type,
      param: sources[0]?.param ?? 'model_params',
      ...(voice_id === undefined ? {} : { voice: { voice_id, param: 'model_params.element_voice_id' } }),
      dry_run,
    });
    return engine;
  }
  const cast = await findCast(context.database.db, accountId, request.elements);
  const engine = context.engines.chooseVideoEngine(model.id);
  const sources = request.sources.map(({ role, param }) => ({ role, param }) as VideoSource);
  if (request.kind === 'image') {
    const spec = presentSpec(model.id, request);
    await engine.images.checkImages({ account_id: accountId, spec, cast, sources, dry_run });
    return engine;
  }
  model.checkCast?.(request, cast);
  await engine.checkVideo({ account_id: accountId, spec: presentSpec(model.id, request), cast, sources, dry_run });
  return engine;
}

/** What the model takes and its engine can do nothing with. */
function listIgnoredByEngine({ engines }: Context, model: Model, request: ModelRequest): readonly string[] {
  if (request.kind !== 'video') return [];
  const { sources } = request as { sources: readonly Pick<VideoSource, 'role'>[] };
  return (
    engines.chooseVideoEngine(model.id).listIgnoredFields?.({ spec: presentSpec(model.id, request), sources }) ?? []
  );
}

interface Idempotency {
  key: string;
  digest: Buffer;
}

function readIdempotency({ idempotencyKey, body }: Submission): Idempotency | null {
  if (idempotencyKey === null) return null;
  return { key: idempotencyKey, digest: createHash('sha256').update(stringifyCanonical(body)).digest() };
}

/** The inserted task, or null when the idempotency key or external id was used before. What no task came of leaves nothing behind. */
async function insertWithInputs(
  context: Context,
  draft: Omit<NewTask, 'request'>,
  { request, files, stored }: { request: ModelRequest; files: ResolvedFiles } & Required<Pick<Submission, 'stored'>>,
  extras: AcceptedExtras,
  queue: WorkQueue,
): Promise<Task | null> {
  const release = await context.unfinishedLimit.take(context.database.db, draft.api_key_id);
  const inputs = await storeInputs(context.storage, draft.id, request, { fileKeys: files.keys, stored });
  const undo = async () => {
    release();
    await inputs.discard();
  };
  try {
    const task: NewTask = { ...draft, request: createAcceptedRequest(request, inputs.sources, extras) };
    failpoint('before-accept');
    const inserted = await insertOnce(context, task, files, queue);
    failpoint('after-commit-of-accept');
    if (inserted) return asInserted(task);
  } catch (error) {
    // A task that may exist must keep its pictures; the sweep takes them when it turns out that none does.
    if (!(error instanceof AppError && error.code === outcomeUnknown)) await undo();
    throw error;
  }
  await undo();
  return null;
}

/** False when the idempotency key or external id was used before. */
async function insertOnce(context: Context, task: NewTask, files: ResolvedFiles, queue: WorkQueue): Promise<boolean> {
  let transactionId: string | null = null;
  try {
    return await transaction(context.database.db, async (tx) => {
      await files.hold(tx);
      const inserted = await insertAndBook(context, tx, task, queue);
      transactionId = inserted;
      return inserted !== null;
    });
  } catch (error) {
    if (!isConnectionLost(error)) throw error;
    // Before the last statement had answered, COMMIT was never sent: the transaction is surely undone.
    if (transactionId === null) throw noTaskCreated(error);
    return await settleDoubt(context, task, transactionId, error);
  }
}

/** The transaction's id, or null and nothing booked when the idempotency key or external id was used before. */
async function insertAndBook(context: Context, tx: Db, task: NewTask, queue: WorkQueue): Promise<string | null> {
  // The rows that submissions of one account contend for come last and in one trip, so that they're locked for the
  // shortest time; balance before key, as everywhere.
  const { id: task_id, account_id, reserved_microcredits } = task;
  const named = listNamedElements(task);
  const enqueue = () => context.jobs.send(tx, queue, { task_id }, { group: String(account_id) });
  const book = () => {
    // It has no books, and uses no element.
    if (task.dry_run) return enqueue();
    return allSettledOrThrow(
      enqueue(),
      reserve(tx, { account_id, task_id, amount_microcredits: reserved_microcredits }),
      useKeyAllowance(tx, task.api_key_id, reserved_microcredits, task.created_at),
      named.length > 0 && insertElementUses(tx, task_id, named),
    );
  };
  if (task.idempotency_key === null && !task.external_task_id)
    return (await allSettledOrThrow(insertTask(tx, task), book()))[0];
  // With a key or a name the insert may have to wait for another transaction, and nothing may be locked meanwhile.
  const inserted = await insertTask(tx, task);
  if (inserted !== null) await book();
  return inserted;
}

/** Ids of the elements that a request names. */
function listNamedElements(task: NewTask): number[] {
  const request = readAcceptedRequest(task);
  return request.kind === 'element' ? [] : request.elements.map(({ element_id }) => Number(element_id));
}

/** How long to go on asking, and how often. Longer, and the client's own patience would end first. */
const doubt = { limitMs: 10_000, pauseMs: 250 };

/**
 * The connection broke around COMMIT: asks until the transaction is over, then looks for the task. In two statements, since
 * one would look for the task as of before it asked.
 */
async function settleDoubt(context: Context, task: NewTask, transactionId: string, cause: unknown): Promise<true> {
  const { db } = context.database;
  const deadline = performance.now() + doubt.limitMs;
  while (performance.now() < deadline) {
    const exists = await isTransactionOpen(db, transactionId)
      .then(async (open) => (open ? null : (await findTask(db, task.account_id, task.id)) !== null))
      .catch(() => null);
    if (exists === true) return true;
    if (exists === false) throw noTaskCreated(cause);
    await new Promise((done) => setTimeout(done, doubt.pauseMs));
  }
  throw paidOutcomeUnknown(cause);
}

/** The task that the idempotency key made before, or null. Throws 409 `idempotency_conflict` when its body, or its caller's name for it, was another. */
async function findEarlier(
  context: Context,
  accountId: number,
  { key, digest }: Idempotency,
  externalTaskId: string | null,
): Promise<Task | null> {
  const earlier = await findTaskByIdempotencyKey(context.database.db, accountId, key);
  if (earlier === null) return null;
  const isSame = earlier.request_digest?.equals(digest) === true && earlier.external_task_id === externalTaskId;
  if (!isSame) throw idempotencyConflict();
  return earlier;
}

/** The row as it was inserted, without asking for it again. */
function asInserted(task: NewTask): Task {
  return {
    ...task,
    dry_run: task.dry_run ?? false,
    external_task_id: task.external_task_id ?? null,
    callback_form: task.callback_form ?? null,
    trace_parent: task.trace_parent ?? null,
    request: task.request,
    status: 'pending',
    progress: 0,
    step: null,
    attempt: 0,
    tries: 0,
    losses: 0,
    charged_microcredits: null,
    error: null,
    result_data: null,
    results: null,
    started_at: null,
    finished_at: null,
    deleted_at: null,
  };
}
