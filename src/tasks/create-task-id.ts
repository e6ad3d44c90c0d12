import { createRandomText } from '../lib/random.ts';

const prefix = 'task-unified-';

/** A task id in the documented form: `task-unified-` + Unix seconds + `-` + 8 of `[a-z0-9]`. */
export function createTaskId(now: Date): string {
  const seconds = Math.floor(now.getTime() / 1000);
  return `${prefix}${seconds}-${createRandomText(8, '0123456789abcdefghijklmnopqrstuvwxyz')}`;
}

/** Only the prefix is part of the contract; the rest must at least be something that could be stored. */
export function isTaskId(text: string): boolean {
  return text.startsWith(prefix) && /^[\x21-\x7e]{1,64}$/.test(text);
}
