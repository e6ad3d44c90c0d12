import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { listDrifted } from '../../scripts/generate.ts';
import { listProblems } from '../../scripts/lint-openapi.ts';
import { listModels } from '../../src/models/index.ts';

test('the committed generated files are what the source makes', async () => {
  expect(await listDrifted()).toEqual([]);
});

describe('openapi.json', async () => {
  const text = await readFile('openapi.json', 'utf8');
  const document = JSON.parse(text);
  const operations: { operationId: string; security?: unknown[]; responses: Record<string, { headers: object }> }[] =
    Object.values(document.paths).flatMap((path) => Object.values(path as object));

  test('is a valid OpenAPI 3.1 document, its examples included, and Redocly recommends nothing', async () => {
    expect(await listProblems(text)).toEqual([]);
    expect(document.openapi).toMatch(/^3\.1\./);
  });

  /** Every `pattern` with its place. */
  function listPatterns(node: unknown, place = ''): [string, string][] {
    if (typeof node !== 'object' || node === null) return [];
    return Object.entries(node).flatMap(([key, member]): [string, string][] =>
      key === 'pattern' && typeof member === 'string' ? [[place, member]] : listPatterns(member, `${place}/${key}`),
    );
  }

  test('every pattern is one that generators of any language compile', () => {
    const patterns = listPatterns(document);
    expect(patterns.length).toBeGreaterThan(10);
    for (const [place, pattern] of patterns) {
      expect(() => new RegExp(pattern), place).not.toThrow();
      expect(() => new RegExp(pattern, 'u'), place).not.toThrow();
      // Python's re has no \p and no \u{…}; Go's RE2 no look-around, no back-reference, no \u and no bound above 1000.
      const isPortable = !/\\[pPuk1-9]|\(\?|[*+?}]\+/.test(pattern);
      expect([place, pattern, isPortable]).toEqual([place, pattern, true]);
      for (const [, bound] of pattern.matchAll(/\{\d*,?(\d+)\}/g)) expect(Number(bound)).toBeLessThanOrEqual(1000);
    }
  });

  test('names where the server is, and tells the callback as a webhook', () => {
    expect(document.servers).toEqual([{ url: 'http://localhost:4600', description: expect.any(String) }]);
    const { parameters, requestBody } = document.webhooks.taskFinished.post;
    expect(parameters.map(({ name }: { name: string }) => name)).toEqual([
      'webhook-id',
      'webhook-timestamp',
      'webhook-signature',
    ]);
    expect(requestBody.content['application/json'].schema).toEqual({ $ref: '#/components/schemas/Task' });
  });

  test('shows a pending answer, a finished element and a finished video', () => {
    const shown = (path: string, method: string) =>
      Object.values<{ value: { status: string; results?: string[]; result_data?: { element_id?: string } } }>(
        document.paths[path][method].responses['200'].content['application/json'].examples,
      ).map(({ value }) => value);
    expect(shown('/v1/videos/generations', 'post').map(({ status }) => status)).toEqual(['pending']);
    const [element, video] = shown('/v1/tasks/{task_id}', 'get');
    expect(element).toMatchObject({
      status: 'completed',
      results: [],
      result_data: { element_id: expect.any(String) },
    });
    expect(video?.results?.[0]).toMatch(/\.mp4$/);
  });

  test('asks for a key everywhere but under health, at the sign-in, in the catalog and behind signed links', () => {
    expect(document.security).toEqual([{ bearer: [] }]);
    const open = operations.filter(({ security }) => security?.length === 0).map(({ operationId }) => operationId);
    expect(open.sort()).toEqual(
      ['getHealth', 'getReadiness', 'getFile', 'listCatalogModels', 'listCatalogPrices', 'signIn', 'signOut'].sort(),
    );
  });

  test('names the headers of its answers', () => {
    for (const { responses } of operations) {
      for (const [status, { headers }] of Object.entries(responses)) {
        expect(headers).toHaveProperty('X-Request-Id');
        if (status === '429' || status === '503') expect(headers).toHaveProperty('Retry-After');
      }
    }
    const submission = operations.find(({ operationId }) => operationId === 'createGeneration');
    expect(submission?.responses['200']?.headers).toHaveProperty('Idempotency-Replayed');
    expect(submission?.responses['200']?.headers).toHaveProperty('Troupe-Ignored-Fields');
  });

  const submissionOf = (type: 'video' | 'image') =>
    document.paths[`/v1/${type}s/generations`].post.requestBody.content['application/json'];

  test("shows the catalogue's examples", () => {
    for (const type of ['video', 'image'] as const) {
      const models = listModels().filter((model) => model.type === type);
      const names = models.flatMap(({ id, examples }) => Object.keys(examples).map((name) => `${id}.${name}`));
      expect(Object.keys(submissionOf(type).examples)).toEqual(names);
    }
  });

  test('names the schema of each model after it, so that `model` tells which one holds', () => {
    for (const type of ['video', 'image'] as const) {
      const models = listModels().filter((model) => model.type === type);
      const refs = models.map(({ id }) => ({ $ref: `#/components/schemas/${id}` }));
      expect(submissionOf(type).schema).toEqual({ anyOf: refs, discriminator: { propertyName: 'model' } });
    }
  });
});

test('the page says of a field that may be null what it is otherwise, and of one that may be left out that it may', async () => {
  const page = await readFile('docs/api.md', 'utf8');
  expect(page).toContain('| `files[].source` | integer or null');
  expect(page).toContain('| `result_data.voice` (optional) | object or null |');
  expect(page).toContain('| `result_data.voice.duration_seconds` | number |');
});

test('the page describes each model under its name', async () => {
  const page = await readFile('docs/api.md', 'utf8');
  for (const { id } of listModels()) expect(page).toContain(`\n#### ${id}\n`);
});
