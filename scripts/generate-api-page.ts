import { listFields, type SchemaNode } from './list-fields.ts';

interface Operation {
  operationId: string;
  summary: string;
  description?: string;
  /** The role that the key needs at least, where it isn't any. */
  'x-role'?: string;
  tags: string[];
  security?: unknown[];
  parameters?: { name: string; in: string; required?: boolean; description?: string; schema: SchemaNode }[];
  requestBody?: { content: { 'application/json': { schema: SchemaNode; examples?: Record<string, Example> } } };
  responses: Record<string, { description: string; content?: { 'application/json'?: { schema: SchemaNode } } }>;
}

interface Example {
  summary: string;
  value: unknown;
}

interface OpenapiDocument {
  info: { description: string };
  tags: { name: string; description: string }[];
  components: {
    schemas: Record<string, SchemaNode>;
    headers: Record<string, { description: string; example: string }>;
  };
  paths: Record<string, Record<string, Operation>>;
}

/** The page in the making: what it's made from, and under which title each schema was described. */
interface Page {
  document: OpenapiDocument;
  described: Map<string, string>;
}

/** Text of `docs/api.md`: the document's routes as a page to read, in the order of its tags. */
export function generateApiPage(openapi: string): string {
  const document = JSON.parse(openapi) as OpenapiDocument;
  const page: Page = { document, described: new Map() };
  const routes = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
  );
  const sections = document.tags.flatMap((tag) => [
    `## ${tag.name}`,
    tag.description,
    ...routes
      .filter(({ operation }) => operation.tags.includes(tag.name))
      .flatMap((route) => presentRoute(route, page)),
  ]);
  return `${[presentHead(document), ...sections].join('\n\n')}\n`;
}

function presentHead({ info, components }: OpenapiDocument): string {
  const { schemas, headers } = components;
  return [
    '<!-- Generated from openapi.json by `npm run generate`. Change the schemas in src, not this page. -->',
    '# API reference',
    info.description,
    'The same as a machine reads it: [`openapi.json`](../openapi.json), which a running server serves at `/openapi.json` ' +
      'and shows at `/docs`. Every request but those under *Server* carries `Authorization: Bearer <key>`.',
    '## Errors',
    'Every refusal has the same body, and each `code` an entry in [errors.md](errors.md).',
    table(['Field', 'Type', 'Meaning'], fieldRows(schemas.Error ?? {}, schemas)),
    '## Response headers',
    table(
      ['Header', 'Meaning', 'Example'],
      Object.entries(headers).map(([name, header]) => [`\`${name}\``, header.description, `\`${header.example}\``]),
    ),
  ].join('\n\n');
}

function presentRoute(
  { path, method, operation }: { path: string; method: string; operation: Operation },
  page: Page,
): string[] {
  const { schemas } = page.document.components;
  const body = operation.requestBody?.content['application/json'];
  const answers = Object.entries(operation.responses);
  const success = operation.responses['200'];
  const json = success?.content?.['application/json'];
  return [
    `### ${operation.summary}`,
    `\`${method} ${path}\``,
    ...(operation['x-role'] === undefined
      ? []
      : [`Takes a key of the role \`${operation['x-role']}\` or a higher one.`]),
    ...(operation.description === undefined ? [] : [operation.description]),
    ...(operation.parameters === undefined ? [] : ['**Parameters**', presentParameters(operation.parameters)]),
    ...(body === undefined ? [] : presentBody(body, schemas)),
    ...(json === undefined ? [] : presentAnswer(json.schema, page, operation.summary)),
    ...(success !== undefined && json === undefined ? [`**Answer**`, success.description] : []),
    '**Errors**',
    table(
      ['Status', 'When'],
      answers.filter(([status]) => status !== '200').map(([status, { description }]) => [status, description]),
    ),
  ];
}

function presentParameters(parameters: NonNullable<Operation['parameters']>): string {
  const rows = parameters.map((parameter) => [
    `\`${parameter.name}\``,
    `${parameter.in}${parameter.required ? ', required' : ''}`,
    presentType(parameter.schema),
    parameter.description ?? '',
  ]);
  return table(['Name', 'Where', 'Type', 'Meaning'], rows);
}

function presentBody(
  body: { schema: SchemaNode; examples?: Record<string, Example> },
  schemas: Record<string, SchemaNode>,
): string[] {
  const named = Object.entries(body.examples ?? {});
  if (body.schema.anyOf === undefined) return ['**Body**', ...presentShape(body.schema, named, schemas)];
  const variants = body.schema.anyOf.flatMap((variant) => {
    const name = variant.$ref?.split('/').at(-1) ?? '';
    const own = named.filter(([key]) => key.startsWith(`${name}.`));
    return [`#### ${name}`, schemas[name]?.description ?? '', ...presentShape(variant, own, schemas)];
  });
  const { propertyName } = body.schema.discriminator ?? {};
  return ['**Body**', `One of these, by its \`${propertyName}\`:`, ...variants];
}

function presentShape(
  shape: SchemaNode,
  examples: readonly [string, Example][],
  schemas: Record<string, SchemaNode>,
): string[] {
  return [
    table(['Field', 'Type', 'Meaning'], fieldRows(shape, schemas)),
    ...examples.flatMap(([, { summary, value }]) => [
      `Example: ${summary.charAt(0).toLowerCase()}${summary.slice(1)}`,
      ['```json', JSON.stringify(value, null, 2), '```'].join('\n'),
    ]),
  ];
}

/** What several routes answer with is described once, under the first of them. */
function presentAnswer(schema: SchemaNode, page: Page, title: string): string[] {
  const { schemas } = page.document.components;
  const earlier = schema.$ref === undefined ? undefined : page.described.get(schema.$ref);
  if (earlier !== undefined) return ['**Answer**', `As under *${earlier}*.`];
  if (schema.$ref !== undefined) page.described.set(schema.$ref, title);
  return ['**Answer**', table(['Field', 'Type', 'Meaning'], fieldRows(schema, schemas))];
}

function fieldRows(schema: SchemaNode, schemas: Record<string, SchemaNode>): string[][] {
  return listFields(schema, schemas).map(({ path, isRequired, isBranch, node, note }) => [
    isBranch ? `*${path}*` : `\`${path}\`${isRequired ? '' : ' (optional)'}`,
    isBranch ? '' : presentType(node),
    note ?? node.description ?? '',
  ]);
}

function presentType(node: SchemaNode): string {
  const limits = [
    node.minimum !== undefined && node.maximum !== undefined ? `${node.minimum} to ${node.maximum}` : '',
    node.minItems !== undefined && node.maxItems !== undefined ? `${node.minItems} to ${node.maxItems} items` : '',
    node.default === undefined ? '' : `default ${node.default}`,
  ].filter((limit) => limit !== '');
  const words =
    node.enum === undefined
      ? [node.type].flat().join(' or ') || (node.anyOf ? 'one of these objects' : 'any')
      : node.enum.map((one) => `\`${one}\``).join(' or ');
  return [node.orNull ? `${words} or null` : words, ...limits].join(', ');
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
