import { readFile } from 'node:fs/promises';
import { createConfig, lintFromString } from '@redocly/openapi-core';
import { describe, expect, test } from 'vitest';
import { listDrifted } from '../../scripts/generate.ts';
import { listModels } from '../../src/models/index.ts';

test('the committed generated files are what the source makes', async () => {
  expect(await listDrifted()).toEqual([]);
});

describe('openapi.json', async () => {
  const text = await readFile('openapi.json', 'utf8');
  const document = JSON.parse(text);
  const operations: { operationId: string; security?: unknown[]; responses: Record<string, { headers: object }> }[] =
    Object.values(document.paths).flatMap((path) => Object.values(path as object));

  test('is a valid OpenAPI 3.1 document, its examples included', async () => {
    const config = await createConfig({
      rules: { struct: 'error', 'no-unresolved-refs': 'error', 'no-invalid-media-type-examples': 'error' },
    });
    const problems = await lintFromString({ source: text, absoluteRef: 'openapi.json', config });
    expect(problems.map(({ message, location }) => `${location[0]?.pointer}: ${message}`)).toEqual([]);
    expect(document.openapi).toMatch(/^3\.1\./);
  });

  test('asks for a key everywhere but under health and behind signed links', () => {
    expect(document.security).toEqual([{ bearer: [] }]);
    const open = operations.filter(({ security }) => security?.length === 0).map(({ operationId }) => operationId);
    expect(open).toEqual(['getHealth', 'getReadiness', 'getFile']);
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

  const submission = document.paths['/v1/videos/generations'].post.requestBody.content['application/json'];

  test("shows the catalogue's examples", () => {
    const names = listModels().flatMap(({ id, examples }) => Object.keys(examples).map((name) => `${id}.${name}`));
    expect(Object.keys(submission.examples)).toEqual(names);
  });

  test('names the schema of each model after it, so that `model` tells which one holds', () => {
    const refs = listModels().map(({ id }) => ({ $ref: `#/components/schemas/${id}` }));
    expect(submission.schema).toEqual({ anyOf: refs, discriminator: { propertyName: 'model' } });
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
