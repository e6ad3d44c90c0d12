/** The part of JSON Schema that the API's documents use. */
export interface SchemaNode {
  $ref?: string;
  /** Two types are one and null. */
  type?: string | string[];
  title?: string;
  description?: string;
  properties?: Record<string, SchemaNode>;
  required?: string[];
  items?: SchemaNode;
  anyOf?: SchemaNode[];
  discriminator?: { propertyName: string };
  enum?: unknown[];
  default?: unknown;
  minimum?: number;
  maximum?: number;
  minItems?: number;
  maxItems?: number;
  /** Set here: null may stand in its place. */
  orNull?: true;
}

/** One line of a table of fields; a branch is one of several shapes that an object may have. */
export interface Field {
  /** `model_params.element_image_list.refer_images[].image_url` */
  path: string;
  isRequired: boolean;
  isBranch: boolean;
  node: SchemaNode;
  /** Said in place of the description. */
  note?: string;
}

/** Every field of `schema` in reading order, nested ones by their path; references are followed into `schemas`. */
export function listFields(schema: SchemaNode, schemas: Readonly<Record<string, SchemaNode>>, at = ''): Field[] {
  const node = resolve(schema, schemas);
  if (node.anyOf !== undefined) {
    const seen = new Set<string>();
    return node.anyOf.flatMap((branch) => {
      const title = resolve(branch, schemas).title ?? 'or';
      const note = resolve(branch, schemas).description ?? '';
      const fields = listFields(branch, schemas, at).filter(({ path, node }) => isNew(seen, path, node));
      return [{ path: title, isRequired: true, isBranch: true, node: branch, note }, ...fields];
    });
  }
  if (node.type === 'array' && node.items !== undefined) return listFields(node.items, schemas, `${at}[]`);
  return Object.entries(node.properties ?? {}).flatMap(([name, member]) => {
    const path = at === '' ? name : `${at}.${name}`;
    const isRequired = node.required?.includes(name) ?? false;
    return [
      { path, isRequired, isBranch: false, node: resolve(member, schemas) },
      ...listFields(member, schemas, path),
    ];
  });
}

/** A field that means the same in an earlier branch isn't said again. */
function isNew(seen: Set<string>, path: string, node: SchemaNode): boolean {
  const text = path + JSON.stringify(node);
  if (seen.has(text)) return false;
  seen.add(text);
  return true;
}

function resolve(schema: SchemaNode, schemas: Readonly<Record<string, SchemaNode>>): SchemaNode {
  const { anyOf, ...node } = schema.$ref === undefined ? schema : (schemas[schema.$ref.split('/').at(-1) ?? ''] ?? {});
  if (anyOf === undefined) {
    if (!Array.isArray(node.type)) return node;
    const [type, ...more] = node.type.filter((one) => one !== 'null');
    return type === undefined || more.length > 0 ? node : { ...node, type, orNull: true };
  }
  const [branch, ...others] = anyOf.filter(({ type }) => type !== 'null');
  if (branch === undefined || others.length > 0) return { ...node, anyOf };
  return { ...resolve(branch, schemas), ...node, orNull: true };
}
