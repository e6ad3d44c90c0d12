import type { Model } from '../models/index.ts';

/** The parts of an OpenAPI 3.1 document that are touched here. */
export interface ApiDocument {
  components?: { schemas?: Record<string, unknown>; headers?: Record<string, unknown> };
  paths?: Record<string, Record<string, Operation>>;
}

interface Operation {
  operationId?: string;
  requestBody?: { content: Record<string, { examples?: object }> };
  responses?: Record<string, { description?: string; headers?: Record<string, unknown> }>;
}

/**
 * Completes the document that was collected from the routes: titled schemas move into `components.schemas` and are
 * referred to, answers name their headers, and the body of the generation request shows the catalogue's examples.
 * Changes `document` and returns it.
 */
export function completeDocument(document: ApiDocument, models: readonly Model[]): ApiDocument {
  const schemas: Record<string, unknown> = {};
  document.paths = hoistSchemas(document.paths, schemas) as NonNullable<ApiDocument['paths']>;
  document.components = { ...document.components, schemas, headers };
  for (const operation of Object.values(document.paths).flatMap((path) => Object.values(path))) {
    for (const [status, answer] of Object.entries(operation.responses ?? {})) {
      if (status === '200') answer.description = 'Done.';
      const names = listHeaders(operation.operationId, Number(status));
      answer.headers = Object.fromEntries(names.map((name) => [name, { $ref: `#/components/headers/${name}` }]));
    }
    const body = operation.requestBody?.content['application/json'];
    if (operation.operationId === 'createGeneration' && body !== undefined) body.examples = listExamples(models);
  }
  return document;
}

const text = (description: string, example: string, schema: object = { type: 'string' }) => ({
  description,
  schema,
  example,
});

const headers = {
  'X-Request-Id': text('Names this request in the log of the server.', 'req_c22c2afa130b47c2b8f29f8af89eb3e1'),
  'Retry-After': text('Seconds to wait before the request is repeated.', '2', { type: 'integer', minimum: 0 }),
  'Idempotency-Replayed': text(
    'Present when the `Idempotency-Key` had done this before: nothing was created, charged or moved now.',
    'true',
    { type: 'string', enum: ['true'] },
  ),
  'Troupe-Ignored-Fields': text(
    'Paths of request fields that have no effect, percent-encoded and comma-separated.',
    'model_params.seed',
  ),
  RateLimit: text(
    'What is left of the rate limit of the key, draft-ietf-httpapi-ratelimit-headers.',
    '"default";r=999;t=1',
  ),
  'RateLimit-Policy': text('The rate limit of the key: `q` requests in `w` seconds.', '"default";q=6000;w=60'),
} as const;

function listHeaders(operationId: string | undefined, status: number): (keyof typeof headers)[] {
  const isSubmission = operationId === 'createGeneration';
  return [
    'X-Request-Id',
    ...(status === 429 || status === 503 ? (['Retry-After'] as const) : []),
    ...(operationId === 'moveCredits' && status === 200 ? (['Idempotency-Replayed'] as const) : []),
    ...(isSubmission && status === 200 ? (['Idempotency-Replayed', 'Troupe-Ignored-Fields'] as const) : []),
    ...(isSubmission && (status === 200 || status === 429) ? (['RateLimit', 'RateLimit-Policy'] as const) : []),
  ];
}

function listExamples(models: readonly Model[]): object {
  const all = models.flatMap(({ id, examples }) =>
    Object.entries(examples).map(([name, example]) => [`${id}.${name}`, example] as const),
  );
  return Object.fromEntries(all);
}

/** A title of one word is a name; the description of an error answer stands at the answer, so it isn't repeated. */
function hoistSchemas(value: unknown, schemas: Record<string, unknown>): unknown {
  if (Array.isArray(value)) return value.map((item) => hoistSchemas(item, schemas));
  if (typeof value !== 'object' || value === null) return value;
  const hoisted = Object.fromEntries(
    Object.entries(value).map(([key, member]) => [
      key,
      key === 'example' || key === 'examples' ? member : hoistSchemas(member, schemas),
    ]),
  );
  const { title, ...schema } = hoisted;
  if (typeof title !== 'string' || !/^[\w.-]+$/.test(title) || !('type' in schema)) return hoisted;
  if (title === 'Error' || title === 'CreditsError') delete schema.description;
  const known = JSON.stringify(schemas[title] ?? schema);
  if (known !== JSON.stringify(schema)) throw new Error(`two different schemas are called ${title}`);
  schemas[title] = schema;
  return { $ref: `#/components/schemas/${title}` };
}
