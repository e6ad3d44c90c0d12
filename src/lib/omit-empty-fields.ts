interface Node {
  type?: string | readonly string[];
  properties?: Record<string, Node>;
  required?: readonly string[];
  items?: Node;
  pattern?: string;
}

/**
 * `value` without its fields that are null or an empty text where `schema` lets them be left out: many clients write every
 * field that they know, and these say the same as nothing, as does a text of white space alone where no `pattern` judges
 * it: around addresses and words of a list it counts for nothing. A null that `schema` gives a meaning stays, and so does what it
 * doesn't describe. Changes nothing of `value`.
 */
export function omitEmptyFields(schema: object, value: unknown): unknown {
  const { properties, required = [], items } = schema as Node;
  if (Array.isArray(value)) return items === undefined ? value : value.map((item) => omitEmptyFields(items, item));
  if (typeof value !== 'object' || value === null || properties === undefined) return value;
  const kept = Object.entries(value).flatMap(([key, member]) => {
    const node = Object.hasOwn(properties, key) ? properties[key] : undefined;
    if (node === undefined) return [[key, member]];
    const isNull = member === null && !node.type?.includes('null');
    const isBlank = typeof member === 'string' && (member === '' || (node.pattern === undefined && !/\S/.test(member)));
    const isEmpty = isNull || isBlank;
    return isEmpty && !required.includes(key) ? [] : [[key, omitEmptyFields(node, member)]];
  });
  return Object.fromEntries(kept);
}
