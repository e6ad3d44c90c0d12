import { createHash } from 'node:crypto';
import { type AuthenticatedKey, checkModelAllowed } from '../accounts/index.ts';
import { checkCallbackUrl } from '../callbacks/index.ts';
import type { ElementEngine, VideoEngine, VideoSource } from '../engines/index.ts';
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
  findTaskByExternalId,
  findTaskByIdempotencyKey,
  idempotencyConflict,
  type Task,
  workQueues,
} from '../tasks/index.ts';
import type { AcceptedExtras } from './accepted-request.ts';
import type { Context } from './context.ts';
import { findNamedFile } from './files/find-named-file.ts';
import { resolveFiles } from './files/resolve-files.ts';
import { findCast } from './find-cast.ts';
import { insertWithInputs } from './insert-with-inputs.ts';
import { presentSpec } from './present-spec.ts';
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
