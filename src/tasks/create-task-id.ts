import { createRandomText } from '../lib/random.ts';

const prefix = 'task-unified-';
const madeForm = new RegExp(`^${prefix}\\d{1,12}-[a-z0-9]{1,16}$`);

/** A task id in the documented form: `task-unified-` + Unix seconds + `-` + 8 of `[a-z0-9]`. */
export function createTaskId(now: Date): string {
  const seconds = Math.floor(now.getTime() / 1000);
  return `${prefix}${seconds}-${createRandomText(8, '0123456789abcdefghijklmnopqrstuvwxyz')}`;
}

/** Only the prefix is part of the contract; the rest must at least be something that could be stored. */
export function isTaskId(text: string): boolean {
  return text.startsWith(prefix) && /^[\x21-\x7e]{1,64}$/.test(text);
}

/** Whether it could have been made here: other text behind the prefix may be anything, a secret as well. */
export function isMadeTaskId(text: string): boolean {
  return madeForm.test(text);
}
