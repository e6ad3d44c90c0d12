import { findOutputSecondsMax, getModel } from '../../models/index.ts';
import { type PresentedTask, presentTask, presentTaskLine, type Task } from '../../tasks/index.ts';
import { type AcceptedElement, type AcceptedVideo, readAcceptedRequest } from '../accepted-request.ts';
import type { Context } from '../context.ts';

/**
 * The task as every door shows it, with links that a plain client can follow. They begin with the server's public
 * address, else with `origin` (how the caller reached it), else with the address it listens on.
 */
export async function showTask(context: Context, task: Task, origin?: string): Promise<PresentedTask> {
  return show(context, task, await findPaid(context, [task]), origin);
}

/** Each as {@link showTask} does, in the same order. */
export async function showTasks(context: Context, tasks: readonly Task[], origin?: string): Promise<PresentedTask[]> {
  const paid = await findPaid(context, tasks);
  return tasks.map((task) => show(context, task, paid, origin));
}

/** Code points of a prompt by which a video is known again in a list. */
const titleLengthMax = 80;

/** The line of a list: what it is about, and no links, results or error texts. */
export function showTaskLine(task: Task): ReturnType<typeof presentTaskLine> & { title?: string; element_id?: string } {
  const title = [...findSubject(task)].slice(0, titleLengthMax).join('');
  const element_id = findElementId(task);
  return {
    ...presentTaskLine(task),
    ...(title === '' ? {} : { title }),
    ...(element_id === undefined ? {} : { element_id }),
  };
}

/** The element that the task has made, or the first that its video names. */
function findElementId(task: Task): string | undefined {
  const { elements = [] }: Partial<Pick<AcceptedVideo, 'elements'>> = readAcceptedRequest(task) as AcceptedVideo;
  return (task.result_data as { element_id?: string } | null)?.element_id ?? elements[0]?.element_id;
}

/** An element's name, the prompt of a video or picture; empty where a task of an older version kept neither: no row may cost a list. */
function findSubject(task: Task): string {
  const request: Partial<Pick<AcceptedElement, 'element_name'> & Pick<AcceptedVideo, 'prompt' | 'shots'>> =
    readAcceptedRequest(task);
  return request.element_name || request.prompt || request.shots?.[0]?.prompt || '';
}

/** Ids of those that can't be cancelled although they are unfinished. One that nobody has begun isn't asked about. */
async function findPaid(context: Context, tasks: readonly Task[]): Promise<ReadonlySet<string>> {
  const begun = tasks.filter(({ status }) => status === 'processing');
  const given = begun.map((task) => {
    const { kind, engine } = readAcceptedRequest(task);
    return { id: task.id, kind, engine };
  });
  return new Set(await context.engines.listPaid(context.database.db, given));
}

function show(context: Context, task: Task, paid: ReadonlySet<string>, origin?: string): PresentedTask {
  const { engine } = readAcceptedRequest(task);
  const usualSeconds = context.estimates.estimate(task.model, engine, getModel(task.model).estimatedSeconds);
  const { creditMicrousd } = context.config.credits;
  const presented = presentTask(task, usualSeconds, context.clock.now(), creditMicrousd);
  presented.task_info = { ...presented.task_info, ...presentLength(task) };
  if (paid.has(task.id)) presented.task_info.can_cancel = false;
  if (task.status !== 'completed' || task.finished_at === null) return presented;
  const { publicUrl, resultHours } = context.config.flow;
  const base = publicUrl ?? origin ?? context.localUrl;
  const endsAt = task.deleted_at ?? new Date(task.finished_at.getTime() + resultHours * 3_600_000);
  const results = (task.results ?? []).map((key) => `${base}${context.links.sign(key, endsAt)}`);
  if (task.dry_run)
    return { ...presented, results: [], result_data: { ...task.result_data, ...presentPreview(results) } };
  const links = results.length === 0 ? {} : presentLinks(task, results);
  const ends = results.length === 0 ? {} : { expires_at: Math.floor(endsAt.getTime() / 1000) };
  const kept = task.deleted_at === null ? results : [];
  return { ...presented, results: kept, result_data: { ...task.result_data, ...links, ...ends } };
}

/** Where the facts of what was made name its links too. */
function presentLinks(task: Task, results: readonly string[]): object {
  const { images } = (task.result_data ?? {}) as { images?: readonly object[] };
  if (images === undefined) return { video_url: results[0] };
  return { images: images.map((image, at) => ({ url: results[at], ...image })) };
}

/** The sheet that a dry run of an element has left; nothing of a video's. */
function presentPreview([sheet_url]: readonly string[]): object {
  return sheet_url === undefined ? {} : { preview: { sheet_url } };
}

/**
 * How long the video is, in whole seconds as the contract has it, rounded half up like the seconds that are charged. Until
 * it is made: as long as was asked for, or the most that is reserved for where the length follows a given video.
 */
function presentLength(task: Task): { video_duration?: number } {
  const request = readAcceptedRequest(task);
  if (request.kind !== 'video') return {};
  const { duration: made } = (task.result_data ?? {}) as { duration?: number };
  const seconds = made ?? request.duration_seconds ?? findOutputSecondsMax(getModel(task.model), request);
  return seconds === undefined ? {} : { video_duration: Math.round(seconds) };
}
