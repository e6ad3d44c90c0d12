import { showKind } from '../../../lib/show-value.ts';
import { invalidRequest } from '../../errors.ts';

export type Body = Record<string, unknown>;

/** A body as its route reads it. Throws 400 `invalid_request` for anything but an object. */
export function readObject(sent: unknown, param = 'body'): Body {
  if (typeof sent === 'object' && sent !== null && !Array.isArray(sent)) return sent as Body;
  throw invalidRequest({ param, message: `${param}: must be ${param === 'body' ? 'one JSON' : 'an'} object` });
}

/** Clients of this form send every field that they know, empty where they have nothing to say. */
export function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null && value !== '' && !(Array.isArray(value) && value.length === 0);
}

/** The fields of a body that say something. */
export function omitEmpty(body: Body): Body {
  return Object.fromEntries(Object.entries(body).filter(([, value]) => isGiven(value)));
}

/** A list of objects; none where nothing was sent. Throws 400 `invalid_request`. */
export function readList(sent: unknown, param: string): Body[] {
  if (!isGiven(sent)) return [];
  if (!Array.isArray(sent)) throw invalidRequest({ param, message: `${param}: must be a list of objects` });
  return sent.map((one, at) => readObject(one, `${param}[${at}]`));
}

/** One of the keys of `words`, which stand for its values. Throws 400 `invalid_request`. */
export function readWord<T>(sent: unknown, param: string, words: Readonly<Record<string, T>>): T | undefined {
  if (!isGiven(sent)) return undefined;
  const known = typeof sent === 'string' && Object.hasOwn(words, sent) ? words[sent] : undefined;
  if (known !== undefined) return known;
  throw invalidRequest({ param, message: `${param}: must be one of ${Object.keys(words).join(', ')}` });
}

/** An id as its digits: a whole number, or text. Throws 400 `invalid_request` for anything else. */
export function readId(sent: unknown, param: string): string {
  if (!isGiven(sent)) throw invalidRequest({ param, message: `${param}: is required` });
  if (typeof sent === 'string') return sent.trim();
  if (Number.isSafeInteger(sent)) return String(sent);
  throw invalidRequest({
    param,
    message: `${param}: is ${showKind(sent)}, must be a whole number or its digits as text`,
  });
}

const idCharactersMax = 128;

/** What a caller calls its task; null where it has no name for it. Throws 400 `invalid_request`. */
export function readExternalTaskId(sent: unknown): string | null {
  if (!isGiven(sent)) return null;
  const text = Number.isSafeInteger(sent) ? String(sent) : sent;
  if (typeof text === 'string' && text.length <= idCharactersMax && /^[^\p{C}/]+$/u.test(text)) return text;
  const rule = `is ${showKind(sent)}, must be text of 1 to ${idCharactersMax} visible characters without '/'`;
  throw invalidRequest({ param: 'external_task_id', message: `external_task_id: ${rule}` });
}
