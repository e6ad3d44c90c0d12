import { nameChanges } from '../tasks/index.ts';
import type { Context } from './context.ts';

/** Tells those who follow the account's tasks, in every process. Call it after the commit; a call that is lost is made good. */
export function tellChanged({ jobs }: Pick<Context, 'jobs'>, accountId: number): void {
  jobs.wakeUp.wake(nameChanges(accountId));
}
