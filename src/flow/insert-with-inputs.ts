import { AppError } from '../lib/errors.ts';
import { failpoint } from '../lib/failpoint.ts';
import type { ModelRequest } from '../models/index.ts';
import type { NewTask, Task, WorkQueue } from '../tasks/index.ts';
import type { ReadyTask } from './acceptance/ready-task.ts';
import { settleDoubt } from './acceptance/settle-doubt.ts';
import { type AcceptedExtras, createAcceptedRequest } from './accepted-request.ts';
import type { Context } from './context.ts';
import { outcomeUnknown } from './errors.ts';
import type { ResolvedFiles } from './files/resolve-files.ts';
import { storeInputs } from './storage/store-inputs.ts';

/** A request, and where that lies which it names. */
interface NamedInputs {
  request: ModelRequest;
  files: ResolvedFiles;
  /** Pictures here that are copied for the task, by the texts that name them in the request. */
  stored: ReadonlyMap<string, string>;
}

/**
 * Stores the inline pictures of a request and inserts, enqueues and books its task. The inserted task, or null when the
 * idempotency key or external id was used before. What no task came of leaves nothing behind.
 */
export async function insertWithInputs(
  context: Context,
  draft: Omit<NewTask, 'request'>,
  { request, files, stored }: NamedInputs,
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
    const inserted = await insertOnce(context, { task, queue, holdFiles: files.keys.size > 0 ? files.hold : null });
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
async function insertOnce({ database, insertions }: Context, ready: ReadyTask): Promise<boolean> {
  const outcome = await insertions.insert(ready);
  if (outcome.is === 'failed') throw outcome.error;
  if (outcome.is === 'in_doubt') await settleDoubt(database.db, ready.task, outcome.transactionId, outcome.cause);
  return outcome.is !== 'taken';
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
    request_forgotten_at: null,
  };
}
