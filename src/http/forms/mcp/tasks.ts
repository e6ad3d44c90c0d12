import type { Static } from 'typebox';
import {
  accept,
  cancel,
  loadFrames,
  loadImage,
  loadSheet,
  readAcceptedRequest,
  showTask,
} from '../../../flow/index.ts';
import type { Model } from '../../../models/index.ts';
import type { Task } from '../../../tasks/index.ts';
import { takeSubmission } from '../../callers/authenticate.ts';
import type { OpenStream } from '../../open-streams.ts';
import { renameFieldsIn } from '../../rename-fields.ts';
import { waitForEnd } from '../../wait-for-task.ts';
import { fieldNames } from './field-names.ts';
import type { TaskShape } from './shapes.ts';
import type { ToolAnswer, ToolCall } from './tool.ts';

/**
 * Starts what a model's request asks for, which counts against the key's limit of tasks, and waits for its end, or answers it as it is when
 * `seconds` are over. A call that is cancelled cancels the task too, unless it is paid for by then. Throws as `accept` does, and
 * 429 `rate_limit_exceeded` where the key has no open answer left: before there is a task, since clients repeat what is refused.
 */
export async function makeTask(
  call: ToolCall,
  body: object,
  seconds: number,
  type: Model['type'] = 'video',
): Promise<Task> {
  const { context, caller } = call;
  return await submitTask(call, seconds, () => accept(context, { caller, body, idempotencyKey: null, type }));
}

/** The same of what is accepted in another way. */
export async function submitTask(
  call: ToolCall,
  seconds: number,
  submit: () => Promise<{ task: Task }>,
): Promise<Task> {
  if (seconds === 0) return await startTask(call, submit);
  const { context, caller, request, streams } = call;
  const stream = streams.open(request);
  try {
    const task = await startTask(call, submit);
    const ended = await follow(call, task, seconds, stream);
    // What is paid for elsewhere goes on: who asks for the task finds it.
    if (call.isCancelled()) await cancel(context, caller.account_id, task.id).catch(() => undefined);
    return ended;
  } finally {
    stream.close();
  }
}

/** A task at its end, or as it is when `seconds` are over. */
export async function waitForTask(call: ToolCall, task: Task, seconds: number): Promise<Task> {
  if (task.finished_at !== null || seconds === 0) return task;
  return await follow(call, task, seconds, call.streams.open(call.request));
}

async function startTask({ context, caller, request }: ToolCall, submit: () => Promise<{ task: Task }>): Promise<Task> {
  takeSubmission(context, caller.key_id);
  const { task } = await submit();
  request.taskId = task.id;
  return task;
}

/** Tells how far the task is meanwhile. */
async function follow(call: ToolCall, task: Task, seconds: number, stream: OpenStream): Promise<Task> {
  const both = { ...stream, signal: AbortSignal.any([stream.signal, call.signal]) };
  return await waitForEnd(call.context, task, seconds, both, ({ progress, step, status }) =>
    call.report(progress, step ?? status),
  );
}

/** A task as a tool answers it: with the sheet of a finished element, with frames of a finished video, with the first of finished pictures or of each of their sets. */
export async function answerTask(call: ToolCall, task: Task): Promise<ToolAnswer<Static<typeof TaskShape>>> {
  const structured = await presentTask(call, task);
  const pictures = await loadPictures(call, task, structured);
  return { text: describeTask(structured), structured, ...(pictures.length === 0 ? {} : { pictures }) };
}

async function loadPictures(
  call: ToolCall,
  task: Task,
  structured: Static<typeof TaskShape>,
): Promise<readonly Buffer[]> {
  const { status, dry_run, image_sets: sets } = structured;
  const firsts = status === 'completed' && !dry_run ? [...new Set(sets)].map((set) => sets.indexOf(set)) : [];
  const pictures: (Buffer | null)[] = [];
  for (const at of firsts) pictures.push(await tryPicture(call, (context) => loadImage(context, task, at)));
  if (sets.length === 0) pictures.push(await loadPicture(call, task, structured));
  return pictures.filter((picture) => picture !== null);
}

async function loadPicture(
  call: ToolCall,
  task: Task,
  { kind, status, dry_run, element_id, video_url }: Static<typeof TaskShape>,
): Promise<Buffer | null> {
  if (status !== 'completed' || dry_run) return null;
  if (element_id !== null) return await tryPicture(call, (context) => loadSheet(context, Number(element_id)));
  if (kind === 'image') return await tryPicture(call, (context) => loadImage(context, task));
  return video_url === null ? null : await tryPicture(call, (context) => loadFrames(context, task));
}

/** What is told in words counts, and was perhaps paid for: a picture of it that can't be drawn now is left out. */
export async function tryPicture(
  { context, request }: ToolCall,
  load: (context: ToolCall['context']) => Promise<Buffer | null>,
): Promise<Buffer | null> {
  try {
    return await load(context);
  } catch (error) {
    context.log.warn({ err: error, request_id: request.id }, 'an answer goes without its picture');
    return null;
  }
}

/** As an answer has them. */
export function listPictures(picture: Buffer | null): Pick<ToolAnswer<object>, 'pictures'> {
  return picture === null ? {} : { pictures: [picture] };
}

/** A task as the tools tell it. */
export async function presentTask({ context, origin }: ToolCall, task: Task): Promise<Static<typeof TaskShape>> {
  const shown = await showTask(context, task, origin);
  const { kind } = readAcceptedRequest(task);
  const result = (shown.result_data ?? {}) as {
    element_id?: string;
    expires_at?: number;
    images?: readonly { set?: number }[];
  };
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
    video_url: kind === 'image' ? null : (shown.results?.[0] ?? null),
    video_ends_at: result.expires_at === undefined ? null : new Date(result.expires_at * 1000).toISOString(),
    image_urls: kind === 'image' ? (shown.results ?? []) : [],
    image_sets: (result.images ?? []).flatMap(({ set }) => set ?? []),
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
      const sets = task.image_sets.length === 0 ? '' : `, of the sets ${task.image_sets.join(' ')}`;
      const links = kind === 'image' ? `pictures ${task.image_urls.join(' ')}${sets}` : `video ${video_url}`;
      const made = kind === 'element' ? `element_id ${element_id}` : `${links} (until ${task.video_ends_at})`;
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
