import { Ajv } from 'ajv';
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
 * A function that checks any JSON value against `schema` and stops at the first fault, which it describes. Compile once
 * at start: compiling generates code. `root` names the value itself in messages.
 */
export function compileCheck<S extends TSchema>(schema: S, root = 'body'): (value: unknown) => Checked<Static<S>> {
  const validate = ajv.compile(schema);
  return (value) =>
    validate(value)
      ? { ok: true, value: value as Static<S> }
      : { ok: false, invalid: describeInvalid(validate.errors ?? [], value, root) };
}
