import type { Model } from '../../models/index.ts';
import { answerExamples, callbackExamples } from './document-examples.ts';

/** The parts of an OpenAPI 3.1 document that are touched here. */
export interface ApiDocument {
  components?: { schemas?: Record<string, unknown>; headers?: Record<string, unknown> };
  paths?: Record<string, Record<string, Operation>>;
  webhooks?: Record<string, object>;
}

interface Operation {
  operationId?: string;
  requestBody?: { content: Record<string, { examples?: object }> };
  responses?: Record<string, Answer>;
}

interface Answer {
  description?: string;
  headers?: Record<string, unknown>;
  content?: Record<string, { examples?: object }>;
}

/**
 * Completes the document that was collected from the routes: titled schemas move into `components.schemas` and are
 * referred to, answers name their headers, bodies and answers show examples, and the callback is told as a webhook.
 * Changes `document` and returns it.
 */
export function completeDocument(document: ApiDocument, models: readonly Model[]): ApiDocument {
  const schemas: Record<string, unknown> = {};
  document.paths = hoistSchemas(document.paths, schemas) as NonNullable<ApiDocument['paths']>;
  document.components = { ...document.components, schemas, headers };
  for (const operation of Object.values(document.paths).flatMap((path) => Object.values(path))) {
    for (const [status, answer] of Object.entries(operation.responses ?? {})) {
      if (status === '200') answer.description = 'Done.';
      const examples = status === '200' ? answerExamples[operation.operationId ?? ''] : undefined;
      const shown = answer.content?.['application/json'];
      if (examples !== undefined && shown !== undefined) shown.examples = examples;
      const names = listHeaders(operation.operationId, Number(status));
      answer.headers = Object.fromEntries(names.map((name) => [name, { $ref: `#/components/headers/${name}` }]));
    }
    const body = operation.requestBody?.content['application/json'];
    const type = submissions[operation.operationId ?? ''];
    if (type !== undefined && body !== undefined) {
      body.examples = listExamples(models.filter((model) => model.type === type));
    }
  }
  document.webhooks = { taskFinished: { post: callback } };
  return document;
}

/** Operations that start tasks, and what their models make. */
const submissions: Readonly<Record<string, Model['type']>> = { createGeneration: 'video', createImages: 'image' };

const callbackHeader = (name: string, description: string, example: string) => ({
  name,
  in: 'header',
  required: true,
  description,
  schema: { type: 'string' },
  example,
});

/** What is sent to the `callback_url` of a request (docs/guides/callbacks.md). */
const callback = {
  operationId: 'taskFinished',
  summary: 'A task has completed, failed or been cancelled',
  description:
    'POSTed to the `callback_url` of the request once its credits are settled. Up to four attempts, 1, 2 and 4 s after the ' +
    'failure before, 10 s each. Signed after Standard Webhooks: base64 of HMAC-SHA256 over `id.timestamp.body`, one ' +
    'signature for each valid secret of the account.',
  tags: ['Tasks'],
  security: [],
  parameters: [
    callbackHeader('webhook-id', 'The same in every attempt.', 'msg_2b7f3a0c9d5e4f61'),
    callbackHeader('webhook-timestamp', 'Unix seconds of this attempt.', '1757169748'),
    callbackHeader(
      'webhook-signature',
      '`v1,` and a signature, several apart by spaces.',
      'v1,K5oZfzN95Z9UVu1EsfQmfVNQ==',
    ),
  ],
  requestBody: {
    required: true,
    content: {
      'application/json': { schema: { $ref: '#/components/schemas/Task' }, examples: callbackExamples },
    },
  },
  responses: {
    '2XX': { description: 'Accepted; nothing more is sent.' },
    '4XX': { description: 'As any other answer and none: another attempt, at most four in all.' },
  },
};

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
  const isSubmission = Object.hasOwn(submissions, operationId ?? '');
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
  if (/^\w*Error$/.test(title)) delete schema.description;
  const known = JSON.stringify(schemas[title] ?? schema);
  if (known !== JSON.stringify(schema)) throw new Error(`two different schemas are called ${title}`);
  schemas[title] = schema;
  return { $ref: `#/components/schemas/${title}` };
}
