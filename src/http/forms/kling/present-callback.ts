import type { Context } from '../../../flow/index.ts';
import type { Task } from '../../../tasks/index.ts';
import { presentTasks } from './present-tasks.ts';

/** What a task keeps of the form that it was asked for in. */
export const klingCallbackForm = 'kling';

/** The body of a callback as the vendor's legacy API sends it: the task itself, without an envelope. */
export async function presentKlingCallback(context: Context, task: Task): Promise<object> {
  const [shown] = await presentTasks(context, [task]);
  return shown ?? {};
}
