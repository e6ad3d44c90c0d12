import { Ajv, type ValidateFunction } from 'ajv';
import type { Static, TSchema } from 'typebox';
import { describeInvalid, type Invalid } from './describe-invalid.ts';
import { isTextOfKind, type TextKind } from './text-kinds.ts';

export type Checked<T> = { ok: true; value: T } | { ok: false; invalid: Invalid };

/**
 * Nothing is coerced, filled in or removed: a value passes as it was sent or not at all. Lengths are code points.
 * `format` is documentation; what a URL must be is checked where its meaning is known. `x-rule` is the sentence told
 * when a `pattern` is missed, or `x-text`, the kind of text that no portable pattern can tell.
 */
const ajv = new Ajv({ coerceTypes: false, allErrors: false, verbose: true, strict: true, validateFormats: false });
ajv.addVocabulary(['x-rule']);
ajv.addKeyword({
  keyword: 'x-text',
  type: 'string',
  schemaType: 'string',
  validate: (kind: TextKind, text: string) => isTextOfKind(kind, text),
});

/**
 * A function that checks any JSON value against `schema` and stops at the first fault, which it describes. Make it once:
 * compiling generates code, at the first value, since most commands and children never check one. `root` names the value
 * itself in messages.
 */
export function compileCheck<S extends TSchema>(schema: S, root = 'body'): (value: unknown) => Checked<Static<S>> {
  let validate: ValidateFunction | undefined;
  return (value) => {
    validate ??= ajv.compile(schema);
    if (validate(value)) return { ok: true, value: value as Static<S> };
    return { ok: false, invalid: describeInvalid(validate.errors ?? [], value, root) };
  };
}
