import type { Static } from 'typebox';
import { accept, cancel, readAcceptedRequest, showTask } from '../../../flow/index.ts';
import type { Task } from '../../../tasks/index.ts';
import { takeSubmission } from '../../authenticate.ts';
import { renameFieldsIn } from '../../rename-fields.ts';
import { waitForEnd } from '../../wait-for-task.ts';
import { fieldNames } from './field-names.ts';
import type { TaskShape } from './shapes.ts';
import type { ToolCall } from './tool.ts';

/** Starts what a model's request asks for; counts against the key's limit of tasks. Throws as `accept` does. */
export async function startTask({ context, caller, request }: ToolCall, body: object): Promise<Task> {
  takeSubmission(context, caller.key_id);
  const { task } = await accept(context, { caller, body, idempotencyKey: null });
  request.taskId = task.id;
  return task;
}

/**
 * The task at its end, or as it is when the time is over; tells how far it is meanwhile. A call that is cancelled cancels the
 * task too where `isOwn`, unless it is paid for by then.
 */
export async function waitFor(call: ToolCall, task: Task, seconds: number, isOwn: boolean): Promise<Task> {
  const { context, caller, streams, request, signal } = call;
  if (task.finished_at !== null || seconds === 0) return task;
  const stream = streams.open(request);
  const both = { ...stream, signal: AbortSignal.any([stream.signal, signal]) };
  const ended = await waitForEnd(context, task, seconds, both, ({ progress, step, status }) =>
    call.report(progress, step ?? status),
  );
  // What is paid for elsewhere goes on; whoever asks for the task finds it.
  if (signal.aborted && isOwn) await cancel(context, caller.account_id, task.id).catch(() => undefined);
  return ended;
}

/** A task as the tools tell it. */
export async function presentTask({ context, origin }: ToolCall, task: Task): Promise<Static<typeof TaskShape>> {
  const shown = await showTask(context, task, origin);
  const { kind } = readAcceptedRequest(task);
  const result = (shown.result_data ?? {}) as { element_id?: string; expires_at?: number };
  const { credits_reserved = 0, credits_used = 0 } = shown.usage;
  return {
    task_id: task.id,
    kind,
    model: task.model,
    status: shown.status,
    progress: shown.progress,
    dry_run: task.dry_run,
    credits_reserved,
    credits_used,
    can_cancel: shown.task_info.can_cancel,
    element_id: result.element_id ?? null,
    video_url: shown.results?.[0] ?? null,
    video_ends_at: result.expires_at === undefined ? null : new Date(result.expires_at * 1000).toISOString(),
    error:
      shown.error === undefined
        ? null
        : { code: shown.error.code, message: renameFieldsIn(shown.error.message, fieldNames) },
  };
}

/** The same in words, with what is to be done next. */
export function describeTask(task: Static<typeof TaskShape>): string {
  const { kind, task_id, status, progress, credits_used, credits_reserved, error, element_id, video_url } = task;
  const what = `The ${kind} of task ${task_id}`;
  switch (status) {
    case 'completed': {
      const made = kind === 'element' ? `element_id ${element_id}` : `video ${video_url} (until ${task.video_ends_at})`;
      return `${what} is finished: ${made}. It cost ${credits_used} credits.`;
    }
    case 'failed':
      return `${what} has failed and cost nothing: ${error?.message} (${error?.code}).`;
    case 'cancelled':
      return `${what} was cancelled and cost nothing.`;
    default:
      return `${what} is ${status}, ${progress} %; ${credits_reserved} credits are reserved. Ask get_task for it.`;
  }
}
