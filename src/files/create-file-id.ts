import { createRandomText } from '../lib/random.ts';

const alphabet = 'abcdefghijklmnopqrstuvwxyz0123456789';

/** `file_` and 24 letters and digits: 124 bits, so that nobody guesses one. */
export function createFileId(): string {
  return `file_${createRandomText(24, alphabet)}`;
}

/** Whether `text` could be the id of a file. */
export function isFileId(text: string): boolean {
  return /^file_[a-z0-9]{24}$/.test(text);
}
