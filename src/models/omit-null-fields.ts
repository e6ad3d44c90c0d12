interface Node {
  properties?: Record<string, Node>;
  required?: readonly string[];
  items?: Node;
}

/**
 * `value` without its fields that are null where `schema` lets them be left out: many clients write every field that they
 * know, and null says the same as nothing. What the schema doesn't describe stays as it is. Changes nothing of `value`.
 */
export function omitNullFields(schema: object, value: unknown): unknown {
  const { properties, required = [], items } = schema as Node;
  if (Array.isArray(value)) return items === undefined ? value : value.map((item) => omitNullFields(items, item));
  if (typeof value !== 'object' || value === null || properties === undefined) return value;
  const kept = Object.entries(value).flatMap(([key, member]) => {
    const node = Object.hasOwn(properties, key) ? properties[key] : undefined;
    if (node === undefined) return [[key, member]];
    return member === null && !required.includes(key) ? [] : [[key, omitNullFields(node, member)]];
  });
  return Object.fromEntries(kept);
}
