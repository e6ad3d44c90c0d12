import { parseIsoTime } from './parse-iso-time.ts';

/** One sort key of a row: a whole number below 2⁵³, or a text. */
export type CursorPart = number | string;

/**
 * Where a list goes on: the sort keys of the last row shown, as a text that callers hand back as it is. `list` names the
 * list, so that no other list takes it. It grants nothing: each page is looked up within what its caller may see.
 */
export function encodeCursor(list: string, parts: readonly CursorPart[]): string {
  return Buffer.from(JSON.stringify([list, ...parts])).toString('base64url');
}

/** Far longer than any that is given out. */
const lengthMax = 1_000;

/** What a part must be; a day (`2026-01-31`) and a time (ISO 8601 with its offset) are texts that any calendar has. */
export type CursorType = 'number' | 'string' | 'day' | 'time';

/** The parts of a cursor of `list`, of the types of `shape`; null for any other text. */
export function parseCursor(list: string, shape: readonly CursorType[], text: string): CursorPart[] | null {
  if (text.length > lengthMax || !/^[\w-]+$/.test(text)) return null;
  const [name, ...parts] = parseList(Buffer.from(text, 'base64url').toString('utf8'));
  if (name !== list || parts.length !== shape.length) return null;
  return parts.every((part, at) => isOf(shape[at], part)) ? (parts as CursorPart[]) : null;
}

function isOf(type: CursorType | undefined, part: unknown): boolean {
  if (type === 'number') return Number.isSafeInteger(part);
  if (type === 'day') return typeof part === 'string' && part.length === 10 && parseIsoTime(part) !== null;
  if (type === 'time') return typeof part === 'string' && part.length > 10 && parseIsoTime(part) !== null;
  // PostgreSQL's texts hold no NUL.
  return typeof part === 'string' && !part.includes('\0');
}

function parseList(text: string): unknown[] {
  try {
    const parsed: unknown = JSON.parse(text);
    return Array.isArray(parsed) ? parsed : [];
  } catch {
    return [];
  }
}
