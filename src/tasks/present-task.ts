import type { Task as TaskResource } from './schema.ts';
import { isFinished } from './states.ts';
import type { Task } from './tables.ts';

const microcreditsPerCredit = 1_000_000;

/**
 * The task as every door shows it: the answer to the submission, the query, the lists and the callback, field by field
 * as the contract has it for each state. `usualSeconds` is how long such a task usually takes, `creditMicrousd` what one
 * credit costs in millionths of a dollar, where that is to be told.
 */
export function presentTask(task: Task, usualSeconds: number, now: Date, creditMicrousd?: bigint): PresentedTask {
  const finished = isFinished(task.status);
  return {
    created: toUnixSeconds(task.created_at),
    id: task.id,
    model: task.model,
    object: task.type === 'image' ? 'image.generation.task' : 'video.generation.task',
    progress: task.progress,
    status: task.status,
    type: task.type,
    ...(task.dry_run ? { dry_run: true as const } : {}),
    task_info: {
      can_cancel: !finished,
      estimated_time: finished ? 0 : computeRemaining(task, usualSeconds, now),
      ...(task.step === null || finished ? {} : { step: task.step }),
    },
    usage: finished ? presentCharge(task, creditMicrousd) : presentReservation(task),
    ...(task.status === 'completed' ? { results: task.results ?? [], result_data: task.result_data ?? {} } : {}),
    ...(task.error === null ? {} : { error: task.error }),
    ...(task.finished_at === null ? {} : { duration: secondsBetween(task.created_at, task.finished_at) }),
  };
}

/** The documented task, whose `results` may still be the keys of stored files where nobody has made links of them. */
export type PresentedTask = TaskResource;

/** The line of a list: no results, no error text. */
export function presentTaskLine(task: Task) {
  return {
    id: task.id,
    status: task.status,
    model: task.model,
    type: task.type,
    ...(task.dry_run ? { dry_run: true as const } : {}),
    progress: task.progress,
    created_at: toUnixSeconds(task.created_at),
    has_results: task.status === 'completed',
    has_error: task.error !== null,
    credits_used: (task.charged_microcredits ?? 0) / microcreditsPerCredit,
  };
}

function presentReservation({ billing_rule, reserved_microcredits }: Task): PresentedTask['usage'] {
  return { billing_rule, credits_reserved: reserved_microcredits / microcreditsPerCredit, user_group: 'default' };
}

/** The charge stands twice because existing clients read it in either place. */
function presentCharge({ billing_rule, charged_microcredits }: Task, creditMicrousd?: bigint): PresentedTask['usage'] {
  const microcredits = charged_microcredits ?? 0;
  const credits = microcredits / microcreditsPerCredit;
  const usd = creditMicrousd === undefined ? {} : { usd: computeDollars(microcredits, creditMicrousd) };
  return { billing_rule, credits_used: credits, cost: { credits, ...usd }, user_group: 'default' };
}

/** In millionths of a dollar, rounded half up. */
function computeDollars(microcredits: number, creditMicrousd: bigint): number {
  return Number((BigInt(microcredits) * creditMicrousd + 500_000n) / 1_000_000n) / 1_000_000;
}

/** Whole seconds; at least one while the task is unfinished, however long it has been overdue. */
function computeRemaining(task: Task, usualSeconds: number, now: Date): number {
  // What is held has not begun, and takes as long as ever once it may.
  if (task.step === 'held') return Math.max(1, Math.ceil(usualSeconds));
  return Math.max(1, Math.ceil(usualSeconds - secondsBetween(task.created_at, now)));
}

function toUnixSeconds(date: Date): number {
  return Math.floor(date.getTime() / 1000);
}

function secondsBetween(from: Date, to: Date): number {
  return Math.max(0, to.getTime() - from.getTime()) / 1000;
}
