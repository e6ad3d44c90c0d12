import fc from 'fast-check';
import { isTextOfKind, type TextKind } from '../../src/lib/text-kinds.ts';

/** The part of JSON Schema that request schemas use. */
export interface SchemaNode {
  type?: string;
  properties?: Record<string, SchemaNode>;
  required?: string[];
  items?: SchemaNode;
  anyOf?: SchemaNode[];
  enum?: unknown[];
  const?: unknown;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  pattern?: string;
  'x-text'?: TextKind;
  minItems?: number;
  maxItems?: number;
}

/**
 * Values that `schema` allows, with fields it doesn't mention mixed in (`x_…`). Text without an upper length is taken for
 * media and comes from `media`, since what it must be stands in no schema.
 */
export function generateFromSchema(schema: SchemaNode, media: fc.Arbitrary<string>): fc.Arbitrary<unknown> {
  if (schema.anyOf) return fc.oneof(...schema.anyOf.map((branch) => generateFromSchema(branch, media)));
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  if (schema.properties) return generateObject(schema, media);
  if (schema.items) {
    return fc.array(generateFromSchema(schema.items, media), {
      minLength: schema.minItems ?? 0,
      maxLength: schema.maxItems ?? 3,
    });
  }
  if (schema.type === 'boolean') return fc.boolean();
  if (schema.type === 'integer') return fc.integer(listRange(schema));
  return schema.maxLength === undefined ? media : generateText(schema);
}

function listRange({ minimum = 0, maximum = 1_000_000 }: SchemaNode): { min: number; max: number } {
  return { min: minimum, max: maximum };
}

/**
 * Fields that no schema knows, which every request may have. A key that would reach for an object's prototype is refused
 * wherever it stands, and has tests of its own.
 */
export const unknownFields: fc.Arbitrary<Record<string, unknown>> = fc.dictionary(
  fc.stringMatching(/^x_[a-z]{1,5}$/),
  fc
    .jsonValue({ maxDepth: 1 })
    .filter((value) => !/__proto__|constructor|:|\/\/|www|data/i.test(JSON.stringify(value))),
  { maxKeys: 2 },
);

function generateObject(schema: SchemaNode, media: fc.Arbitrary<string>): fc.Arbitrary<unknown> {
  const members = Object.entries(schema.properties ?? {}).map(([key, member]) => [
    key,
    generateFromSchema(member, media),
  ]);
  const known = fc.record(Object.fromEntries(members), { requiredKeys: (schema.required ?? []) as [] });
  return fc.tuple(known, unknownFields).map(([wanted, unknown]) => ({ ...wanted, ...unknown }));
}

function generateText({ minLength = 0, maxLength, pattern = '', 'x-text': kind }: SchemaNode): fc.Arbitrary<string> {
  const rule = new RegExp(pattern, 'u');
  const unit = fc.oneof(
    fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
    fc.constantFrom('a', '😀', '\u0301'),
  );
  const lengths = fc.constantFrom(minLength, minLength + 1, maxLength as number);
  return lengths
    .chain((length) => fc.array(unit, { minLength: length, maxLength: length }))
    .map((units) => units.join(''))
    .filter((text) => rule.test(text) && (kind === undefined || isTextOfKind(kind, text)));
}

/** One change that makes a value wrong, and the path of the field that is wrong then. */
export interface Mutation {
  param: string;
  label: string;
  apply(): unknown;
}

/** Every single change of `value`, which `schema` allows, that one keyword of the schema forbids. */
export function listMutations(schema: SchemaNode, value: unknown): Mutation[] {
  return collect(schema, value, '', (changed) => changed);
}

function collect(
  schema: SchemaNode,
  value: unknown,
  param: string,
  rebuild: (changed: unknown) => unknown,
): Mutation[] {
  const replace = (label: string, changed: unknown): Mutation => ({ param, label, apply: () => rebuild(changed) });
  const here = wrongValues(schema).map((wrong) => replace(`is ${JSON.stringify(wrong)?.slice(0, 40)}`, wrong));
  if (schema.properties) {
    const object = value as Record<string, unknown>;
    const below = Object.entries(schema.properties).flatMap(([key, member]) => {
      const path = param === '' ? key : `${param}.${key}`;
      const { [key]: current, ...others } = object;
      const removal = { param: path, label: 'is missing', apply: () => rebuild(others) };
      const removals = schema.required?.includes(key) ? [removal] : [];
      if (!(key in object)) return [];
      const below = collect(member, current, path, (changed) => rebuild({ ...object, [key]: changed }));
      // Null and '' say of a field that may be left out that it was.
      const isNulled = ({ param, label }: Mutation) => param === path && /^is (null|"")$/.test(label);
      return [...removals, ...below.filter((mutation) => removals.length > 0 || !isNulled(mutation))];
    });
    return [...here, ...below];
  }
  if (!schema.items) return here;
  const array = value as unknown[];
  const below = array.flatMap((item, index) =>
    collect(schema.items as SchemaNode, item, `${param}[${index}]`, (changed) => rebuild(array.with(index, changed))),
  );
  const { minItems = 0, maxItems } = schema;
  if (array.length === 0) return here;
  const counts = [...(minItems > 0 ? [minItems - 1] : []), ...(maxItems === undefined ? [] : [maxItems + 1])];
  const resized = counts.map((count) => replace(`has ${count} items`, Array(count).fill(array[0])));
  return [...here, ...resized, ...below];
}

function wrongValues(schema: SchemaNode): unknown[] {
  const others = [12, 0, true, null, 'text', ['text'], [], {}, { a: 1 }];
  const kind = schema.properties ? 'object' : schema.items ? 'array' : (schema.type ?? 'string');
  const wrong = others.filter((other) => kindOf(other) !== (kind === 'integer' ? 'number' : kind));
  if (kind === 'integer') {
    const { min, max } = listRange(schema);
    return [...wrong, min - 1, min + 0.5, ...(schema.maximum === undefined ? [] : [max + 1])];
  }
  if (kind !== 'string') return wrong;
  if (schema.const !== undefined || schema.enum) return [...wrong, '', 'other', String(schema.const).toUpperCase()];
  if (schema.minLength) wrong.push('');
  if (schema.pattern) wrong.push(' ', 'a\0', '\ud800');
  if (schema.maxLength !== undefined) wrong.push('😀'.repeat(schema.maxLength + 1));
  return wrong;
}

function kindOf(value: unknown): string {
  return Array.isArray(value) ? 'array' : value === null ? 'null' : typeof value;
}
