import { showKind } from '../../../lib/show-value.ts';
import { invalidRequest } from '../../errors.ts';
import { keepNames } from '../../rename-fields.ts';

export type Body = Record<string, unknown>;

/** A body as its route reads it. Throws 400 `invalid_request` for anything but an object. */
export function readObject(sent: unknown, param = 'body'): Body {
  if (typeof sent === 'object' && sent !== null && !Array.isArray(sent)) return sent as Body;
  const rule = param === 'body' ? 'must be one JSON object' : `is ${showKind(sent)}, must be an object`;
  throw invalidRequest({ param, message: `${param}: ${rule}` });
}

/** Clients of this form send every field that they know, empty where they have nothing to say. */
export function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null && value !== '' && !(Array.isArray(value) && value.length === 0);
}

/** The fields of a body that say something. */
export function omitEmpty(body: Body): Body {
  return Object.fromEntries(Object.entries(body).filter(([, value]) => isGiven(value)));
}

/** What other forms call a field of this one, or another route of this form does. */
export type OtherNames = Readonly<Record<string, string>>;

/** What every route of the form calls otherwise than the models' own form. */
const otherNamesOfAll: OtherNames = { model: 'model_name', model_params: 'the fields at the top of the body' };

/**
 * Throws 400 `invalid_request` naming the form's field, for one that another form has in its place: it would be dropped, or put aside
 * by what this form says of the same thing. One that repeats what the form's field says is let be.
 */
export function refuseOtherNames(body: Body, otherNames: OtherNames): void {
  for (const [name, meant] of Object.entries({ ...otherNamesOfAll, ...otherNames })) {
    if (!Object.hasOwn(body, name) || !isGiven(body[name]) || body[name] === body[meant]) continue;
    throw keepNames(invalidRequest({ param: name, message: `${name}: is no field here, say it in ${meant}` }));
  }
}

/** Throws 400 `invalid_request` for an item of a list that holds its media, or more of them, under another name than `own`. */
export function refuseOtherMedia(item: Body, param: string, own: string): void {
  const other = itemMedia.find((name) => name !== own && isGiven(item[name]));
  if (other === undefined) return;
  throw invalidRequest({
    param: `${param}.${other}`,
    message: `${param}.${other}: is no field here, say it in ${param}.${own}`,
  });
}

const itemMedia = ['image', 'image_url', 'video', 'video_url', 'url', 'base64', 'data', 'file', 'file_id'];

/** A list of objects; none where nothing was sent. Throws 400 `invalid_request`. */
export function readList(sent: unknown, param: string): Body[] {
  if (!isGiven(sent)) return [];
  if (!Array.isArray(sent)) {
    throw invalidRequest({ param, message: `${param}: is ${showKind(sent)}, must be a list of objects` });
  }
  return sent.map((one, at) => readObject(one, `${param}[${at}]`));
}

/** One of the keys of `words`, which stand for its values. Throws 400 `invalid_request`. */
export function readWord<T>(sent: unknown, param: string, words: Readonly<Record<string, T>>): T | undefined {
  if (!isGiven(sent)) return undefined;
  const known = typeof sent === 'string' && Object.hasOwn(words, sent) ? words[sent] : undefined;
  if (known !== undefined) return known;
  const rule = `must be one of ${Object.keys(words).join(', ')}`;
  throw invalidRequest({ param, message: `${param}: is ${showKind(sent)}, ${rule}` });
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
