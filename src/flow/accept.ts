import { createHash } from 'node:crypto';
import { type Caller, checkModelAllowed, useKeyAllowance } from '../accounts/index.ts';
import { checkCallbackUrl, refuseInternalHost } from '../callbacks/index.ts';
import type { Context } from '../context.ts';
import { reserve } from '../credits/index.ts';
import { isConnectionLost, transaction } from '../db/index.ts';
import { failpoint } from '../lib/failpoint.ts';
import { getModel, type Model } from '../models/index.ts';
import {
  buildQueue,
  createTaskId,
  findTaskByIdempotencyKey,
  findTransactionOutcome,
  idempotencyConflict,
  insertTask,
  type NewTask,
  type Task,
} from '../tasks/index.ts';
import { databaseAway, paidOutcomeUnknown } from './failures.ts';
import { storeInputs } from './store-inputs.ts';

export interface Submission {
  caller: Caller;
  body: Readonly<Record<string, unknown>>;
  idempotencyKey: string | null;
}

export interface Accepted {
  task: Task;
  model: Model;
  /** True when the idempotency key had made the task before: nothing was created or charged now. */
  replayed: boolean;
}

/** How long the name in a callback URL may take to resolve before the request is accepted without that check. */
const hostCheckMs = 1500;

/**
 * Accepts a request or refuses it: checks the request; prices it; in one transaction inserts the task, enqueues it and
 * reserves the credits. A refusal leaves nothing behind. Errors: everything that can be known without fetching, by the
 * codes of the rooms; `paid_outcome_unknown` when the commit was cut off and the database can't be asked.
 */
export async function accept(context: Context, submission: Submission): Promise<Accepted> {
  const { caller, body } = submission;
  const model = getModel(body.model, context.config.models);
  checkModelAllowed(caller, model.id);
  const request = model.checkRequest(body, (text) => context.network.checkUrl(text, mediaUrlRules));
  const callbackUrl = await checkCallback(context, body.callback_url);
  const { db } = context.database;
  await context.unfinishedLimit.check(db, caller.key_id);
  const now = context.clock.now();
  const id = createTaskId(now);
  const inputs = await storeInputs(context.storage, id, request);
  const task: NewTask = {
    id,
    account_id: caller.account_id,
    api_key_id: caller.key_id,
    model: model.id,
    type: model.type,
    request: inputs.request,
    request_digest: submission.idempotencyKey === null ? null : digest(body),
    idempotency_key: submission.idempotencyKey,
    callback_url: callbackUrl,
    billing_rule: model.billing_rule,
    reserved_microcredits: model.price_microcredits,
    created_at: now,
  };
  failpoint('F1');
  const inserted = await insertOnce(context, task).catch(async (error) => {
    await inputs.discard();
    throw error;
  });
  failpoint('F2');
  if (inserted) {
    context.jobs.wakeUp.wake(buildQueue);
    return { task: asInserted(task), model, replayed: false };
  }
  await inputs.discard();
  return { task: await findEarlier(context, task), model, replayed: true };
}

const mediaUrlRules = { schemes: ['https', 'http'], lengthMax: 8192 } as const;

async function checkCallback(context: Context, text: unknown): Promise<string | null> {
  if (text === undefined || text === null) return null;
  const url = checkCallbackUrl(String(text), context.network);
  if ((await context.network.checkHost(url, { timeoutMs: hostCheckMs })) === 'refused') throw refuseInternalHost();
  return url.href;
}

function digest(body: object): Buffer {
  return createHash('sha256').update(JSON.stringify(body)).digest();
}

/** False when the idempotency key was used before. */
async function insertOnce(context: Context, task: NewTask): Promise<boolean> {
  let transactionId: string | null = null;
  try {
    return await transaction(context.database.db, async (tx) => {
      const inserted = await insertTask(tx, task);
      if (inserted === null) return false;
      await context.jobs.send(tx, buildQueue, { task_id: task.id });
      // The rows that submissions of one account contend for come last, so that they're locked for the shortest time;
      // key before balance, as everywhere.
      await useKeyAllowance(tx, task.api_key_id, task.reserved_microcredits, task.created_at);
      await reserve(tx, {
        account_id: task.account_id,
        task_id: task.id,
        amount_microcredits: task.reserved_microcredits,
      });
      transactionId = inserted;
      return true;
    });
  } catch (error) {
    if (!isConnectionLost(error)) throw error;
    // Before the last statement had answered, COMMIT was never sent: the transaction is surely undone.
    if (transactionId === null) throw databaseAway(error);
    return await settleDoubt(context, transactionId, error);
  }
}

/** How long to go on asking, and how often. Longer, and the client's own patience would end first. */
const doubt = { limitMs: 10_000, pauseMs: 250 };

/** The connection broke around COMMIT: asks the database whether it took effect, until it says. */
async function settleDoubt(context: Context, transactionId: string, cause: unknown): Promise<boolean> {
  const deadline = performance.now() + doubt.limitMs;
  while (performance.now() < deadline) {
    const outcome = await findTransactionOutcome(context.database.db, transactionId).catch(() => null);
    if (outcome === 'committed') return true;
    if (outcome === 'aborted') throw databaseAway(cause);
    await new Promise((done) => setTimeout(done, doubt.pauseMs));
  }
  throw paidOutcomeUnknown(cause);
}

async function findEarlier(context: Context, task: NewTask): Promise<Task> {
  const earlier = await findTaskByIdempotencyKey(context.database.db, task.account_id, task.idempotency_key ?? '');
  if (earlier === null || task.request_digest === null || !earlier.request_digest?.equals(task.request_digest)) {
    throw idempotencyConflict();
  }
  return earlier;
}

/** The row as it was inserted, without asking for it again. */
function asInserted(task: NewTask): Task {
  return {
    ...task,
    request: task.request,
    status: 'pending',
    progress: 0,
    step: null,
    attempt: 0,
    charged_microcredits: null,
    error: null,
    result_data: null,
    results: null,
    started_at: null,
    finished_at: null,
  };
}

