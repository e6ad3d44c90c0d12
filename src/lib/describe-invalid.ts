import { countThings, showKind, showValue } from './show-value.ts';

/** What is wrong with one field, ready for the caller. */
export interface Invalid {
  /** Path of the field: `model_params.element_image_list.refer_images[1].image_url`. */
  param: string;
  /** `<param>: <measured value>, <rule>`. */
  message: string;
}

/** The part of Ajv's (and so Fastify's) error objects that is read here; `parentSchema` needs Ajv's `verbose`. */
export interface SchemaError {
  keyword: string;
  /** JSON Pointer of the value at fault. */
  instancePath: string;
  params: Record<string, unknown>;
  parentSchema?: object | undefined;
  message?: string | undefined;
}

/**
 * One sentence for one failed validation of `value`. Of several errors (the branches of a union) the deepest one is
 * told, since it knows most about what the caller meant. `root` names the value itself, where a path would be empty.
 */
export function describeInvalid(errors: readonly SchemaError[], value: unknown, root = 'body'): Invalid {
  const error = chooseError(errors);
  const { path, found } = follow(value, error.instancePath);
  if (error.keyword === 'required') {
    const param = joinPath(path, String(error.params.missingProperty));
    return { param, message: `${param}: is required` };
  }
  if (error.keyword === 'additionalProperties') {
    const param = joinPath(path, String(error.params.additionalProperty));
    return { param, message: `${param}: is no field of this request` };
  }
  const param = path === '' ? root : path;
  return { param, message: `${param}: ${describeRule(error, found)}` };
}

/** `path` extended by an object's key or an array's index; `.` and `[]` are the only punctuation. */
export function joinPath(path: string, key: string | number): string {
  if (typeof key === 'number') return `${path}[${key}]`;
  return path === '' ? key : `${path}.${key}`;
}

/** Unicode code points; an emoji of several joined ones counts each. */
export function countCodePoints(text: string): number {
  let count = 0;
  for (let index = 0; index < text.length; index++) {
    if ((text.codePointAt(index) as number) > 0xffff) index++;
    count++;
  }
  return count;
}

function chooseError(errors: readonly SchemaError[]): SchemaError {
  const [first, ...others] = errors;
  if (first === undefined) throw new Error('describeInvalid needs at least one error');
  const depth = (error: SchemaError) => error.instancePath.split('/').length;
  return others.reduce((best, error) => (depth(error) >= depth(best) ? error : best), first);
}

function follow(value: unknown, pointer: string): { path: string; found: unknown } {
  let path = '';
  let found = value;
  for (const part of pointer.split('/').slice(1)) {
    const key = part.replaceAll('~1', '/').replaceAll('~0', '~');
    path = joinPath(path, Array.isArray(found) ? Number(key) : key);
    found = (found as Record<string, unknown>)[key];
  }
  return { path, found };
}

function describeRule(error: SchemaError, found: unknown): string {
  const { keyword, params } = error;
  const schema = (error.parentSchema ?? {}) as Record<string, unknown>;
  switch (keyword) {
    case 'type':
      return `is ${showKind(found)}, must be ${nameType(params.type)}${nameOnlyField(schema)}`;
    case 'const':
      return `is ${showValue(found)}, must be ${showValue(params.allowedValue)}`;
    case 'enum':
      return `is ${showValue(found)}, must be ${describeChoice(params.allowedValues as unknown[])}`;
    case 'anyOf':
    case 'oneOf':
      return describeUnion(schema[keyword], found);
    case 'minLength':
    case 'maxLength': {
      const count = countCodePoints(String(found));
      const measured = count === 0 ? 'is empty' : countThings(count, 'character');
      // The lower limit of a text matters only to whom it stopped.
      const min = keyword === 'minLength' ? params.limit : undefined;
      const max = keyword === 'maxLength' ? params.limit : schema.maxLength;
      return `${measured}, ${describeBounds(min, max, ' characters')}`;
    }
    case 'minItems':
    case 'maxItems': {
      const { minItems, maxItems } = { ...schema, [keyword]: params.limit } as Record<string, unknown>;
      return `${countThings((found as unknown[]).length, 'item')}, ${describeBounds(minItems, maxItems)}`;
    }
    case 'minimum':
    case 'maximum': {
      const { minimum, maximum } = { ...schema, [keyword]: params.limit } as Record<string, unknown>;
      return `is ${found}, must be ${describeRange(minimum, maximum)}`;
    }
    default:
      return typeof schema['x-rule'] === 'string'
        ? `is ${showValue(found)}, ${schema['x-rule']}`
        : `is ${showValue(found)}, ${(error.message ?? 'is not valid').toLowerCase()}`;
  }
}

function nameType(type: unknown): string {
  const names: Record<string, string> = {
    string: 'a string',
    number: 'a number',
    integer: 'a whole number',
    boolean: 'true or false',
    array: 'an array',
    object: 'an object',
    null: 'null',
  };
  const types = Array.isArray(type) ? type : [type];
  return types.map((one) => names[String(one)] ?? String(one)).join(' or ');
}

/** A value in place of an object of one field most likely belongs into that field. */
function nameOnlyField({ required }: Record<string, unknown>): string {
  return Array.isArray(required) && required.length === 1 ? ` with ${required[0]}` : '';
}

function describeUnion(branches: unknown, found: unknown): string {
  const constants = Array.isArray(branches) ? branches.map((branch) => (branch as { const?: unknown }).const) : [];
  if (constants.length > 0 && constants.every((constant) => constant !== undefined)) {
    return `is ${showValue(found)}, must be ${describeChoice(constants)}`;
  }
  return `is ${showKind(found)}, which is none of the documented forms`;
}

function describeChoice(allowed: readonly unknown[]): string {
  return allowed.length === 1 ? showValue(allowed[0]) : `one of ${allowed.join(', ')}`;
}

function describeRange(minimum: unknown, maximum: unknown): string {
  if (minimum === undefined) return `at most ${maximum}`;
  return maximum === undefined ? `at least ${minimum}` : `${minimum} to ${maximum}`;
}

function describeBounds(min: unknown, max: unknown, unit = ''): string {
  const verb = (count: unknown) => (count === 1 ? 'is' : 'are');
  if (min === undefined) return `at most ${max} ${verb(max)} allowed`;
  if (max === undefined) return `at least ${min} ${verb(min)} required`;
  return min === max ? `exactly ${min} ${verb(min)} allowed` : `${min} to ${max}${unit} are allowed`;
}
