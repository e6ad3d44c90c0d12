import type { AppError } from '../lib/errors.ts';
import { inOtherWords } from './errors.ts';

/** What a form calls a field of a model's request: the model's path, whole, and the form's; `$1` is what a group has caught. */
export type FieldName = readonly [field: RegExp, name: string | ((found: string, ...groups: string[]) => string)];

/** Paths of fields in a sentence; words that are no more than words in it stay. */
const paths = /[a-z][a-z0-9]*(?:[_.[][a-z0-9_.[\]]*[a-z0-9\]])+/g;

/** A sentence with the form's names of all fields that it names; it may begin with that of the field at fault. */
export function renameFieldsIn(sentence: string, names: readonly FieldName[]): string {
  const [, param = '', rest = sentence] = /^([a-z][\w.[\]]*)(: .*)$/s.exec(sentence) ?? [];
  return renameField(param, names) + rest.replace(paths, (path) => renameField(path, names));
}

const inFormsWords = new WeakSet<AppError>();

/** Marks an error that names fields as the caller has sent them: `renameFields` leaves it as it is. */
export function keepNames(error: AppError): AppError {
  inFormsWords.add(error);
  return error;
}

/** The error with its field as the form has it. */
export function renameFields(error: AppError, names: readonly FieldName[]): AppError {
  if (inFormsWords.has(error)) return error;
  const { param, message } = error;
  return inOtherWords(error, {
    message: renameFieldsIn(message, names),
    ...(param === undefined ? {} : { param: renameField(param, names) }),
  });
}

/** The path of a field as the form has it; a path that it has no other name for stays. */
export function renameField(path: string, names: readonly FieldName[]): string {
  const [field, name] = names.find(([one]) => one.test(path)) ?? [];
  if (field === undefined || name === undefined) return path;
  return typeof name === 'string' ? path.replace(field, name) : path.replace(field, name);
}
