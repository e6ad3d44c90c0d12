/** The parts of an OpenAPI 3.1 document that the reference shows. */
interface ApiDocument {
  tags?: { name: string }[];
  paths?: Record<string, Record<string, RawOperation>>;
}

interface RawOperation {
  operationId: string;
  summary?: string;
  description?: string;
  tags?: string[];
  'x-role'?: string;
  parameters?: { name: string; in: string; required?: boolean; description?: string; schema?: Schema }[];
  requestBody?: { content?: Record<string, { schema?: Schema; examples?: Record<string, { value?: unknown }> }> };
}

interface Schema {
  $ref?: string;
  type?: string | string[];
  enum?: unknown[];
  description?: string;
  required?: string[];
  properties?: Record<string, Schema>;
  oneOf?: Schema[];
  anyOf?: Schema[];
}

/** A route as the reference shows it. */
export interface Operation extends Pick<RawOperation, 'parameters' | 'requestBody'> {
  id: string;
  method: string;
  path: string;
  summary: string;
  description: string;
  tag: string;
  role: string | undefined;
}

/** The routes that hold all words of the query, in the order of the document's tags. */
export function listOperations(document: object, query: string): Operation[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const order = ((document as ApiDocument).tags ?? []).map(({ name }) => name);
  return Object.entries((document as ApiDocument).paths ?? {})
    .flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, raw]) => ({
        id: raw.operationId,
        method: method.toUpperCase(),
        path,
        summary: (raw.summary ?? raw.operationId).replaceAll('`', ''),
        description: raw.description ?? '',
        tag: raw.tags?.[0] ?? 'Other',
        role: raw['x-role'],
        ...(raw.parameters === undefined ? {} : { parameters: raw.parameters }),
        ...(raw.requestBody === undefined ? {} : { requestBody: raw.requestBody }),
      })),
    )
    .filter(({ method, path, summary, description, tag }) => {
      const text = `${method} ${path} ${summary} ${description} ${tag}`.toLowerCase();
      return words.every((word) => text.includes(word));
    })
    .sort((a, b) => order.indexOf(a.tag) - order.indexOf(b.tag));
}

/** One field that a route takes. */
export interface Field {
  name: string;
  where: string;
  type: string;
  isNeeded: boolean;
  meaning: string;
}

/** The parameters and the fields of the body, two levels deep; of several shapes of a body the fields of all. */
export function listFields({ parameters = [], requestBody }: Operation, document: object): Field[] {
  const ofQuery = parameters.map(({ name, in: where, required = false, description = '', schema }) => ({
    name,
    where,
    type: presentType(schema),
    isNeeded: required,
    meaning: description,
  }));
  const body = Object.values(requestBody?.content ?? {})[0]?.schema;
  const ofBody = body === undefined ? [] : listShapes(body, document).flatMap((shape) => walk(shape, document, '', 2));
  const seen = new Set<string>();
  return [...ofQuery, ...ofBody].filter(({ name, where }) => {
    const key = `${where} ${name}`;
    return seen.has(key) ? false : seen.add(key) && true;
  });
}

function listShapes(schema: Schema, document: object): Schema[] {
  const found = resolve(schema, document);
  const inner = found.oneOf ?? found.anyOf;
  return inner === undefined ? [found] : inner.flatMap((one) => listShapes(one, document));
}

function walk(schema: Schema, document: object, before: string, depth: number): Field[] {
  return Object.entries(schema.properties ?? {}).flatMap(([key, raw]) => {
    const value = resolve(raw, document);
    const name = before + key;
    const field = {
      name,
      where: 'body',
      type: presentType(value),
      isNeeded: schema.required?.includes(key) ?? false,
      meaning: raw.description ?? value.description ?? '',
    };
    return [
      field,
      ...(depth > 1 ? listShapes(value, document).flatMap((one) => walk(one, document, `${name}.`, depth - 1)) : []),
    ];
  });
}

function resolve(schema: Schema, document: object): Schema {
  if (schema.$ref === undefined) return schema;
  const steps = schema.$ref.replace(/^#\//, '').split('/');
  return steps.reduce<unknown>((at, step) => (at as Record<string, unknown>)[step], document) as Schema;
}

function presentType(schema: Schema | undefined): string {
  if (schema?.enum !== undefined) return schema.enum.map(String).join(' or ');
  return [schema?.type ?? 'object'].flat().join(' or ');
}

/** A request of the route with curl, with the document's first example as its body. */
export function writeCurl({ method, path, requestBody }: Operation, apiUrl: string): string {
  const content = Object.entries(requestBody?.content ?? {})[0];
  const example = Object.values(content?.[1].examples ?? {})[0]?.value;
  const lines = [
    `curl ${method === 'GET' ? '' : `-X ${method} `}'${apiUrl}${path}'`,
    `  -H "Authorization: Bearer $TROUPE_API_KEY"`,
    ...(content === undefined ? [] : [`  -H 'Content-Type: ${content[0]}'`]),
    ...(example === undefined ? [] : [`  -d '${JSON.stringify(example, null, 2).replaceAll("'", "'\\''")}'`]),
  ];
  return lines.join(' \\\n');
}
