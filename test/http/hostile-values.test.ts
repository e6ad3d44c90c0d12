import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { SchemaNode } from '../helpers/generate-from-schema.ts';
import { scriptVideoEngine } from '../helpers/script-video-engine.ts';
import { type StandIn, standInCredentials, startStandIn } from '../helpers/stand-in-kling/stand-in.ts';
import { type StartedTroupe, startTroupe } from '../helpers/start-troupe.ts';

let standIn: StandIn;
let troupe: StartedTroupe;
let adminKey: string;
// biome-ignore lint/suspicious/noExplicitAny: an OpenAPI document is walked by its paths
let document: any;

beforeAll(async () => {
  standIn = await startStandIn({ taskMs: 1 });
  troupe = await startTroupe({
    videoEngine: scriptVideoEngine('remote'),
    environment: {
      TROUPE_KLING_BASE_URL: standIn.url,
      TROUPE_KLING_API_KEY: standInCredentials.apiKey,
      TROUPE_KEY_REQUESTS_PER_MINUTE: '1000000',
      TROUPE_KEY_CALLBACKS_PER_MINUTE: '100000',
      TROUPE_WRONG_KEYS_PER_MINUTE: '1000000',
      TROUPE_KEY_STREAMS: '1000',
    },
  });
  adminKey = (await troupe.grant({ account: 'operators', name: 'admin', role: 'admin' }, 100)).key;
  document = (await troupe.call('GET', '/openapi.json')).body;
}, 300_000);
afterAll(async () => {
  await troupe?.[Symbol.asyncDispose]();
  await standIn?.[Symbol.asyncDispose]();
});

/** JSON as it is sent: some of it can't be written as a value. */
const evil = [
  '{"toString":null}',
  '{"constructor":1}',
  '[]',
  '[[1]]',
  '[null]',
  '"\\u0000"',
  '"a\\u0000b"',
  '"\\ud800"',
  '"__proto__"',
  '"constructor"',
  '1e400',
  '-1',
  '0.1',
  '8543454323444234222',
  'true',
  'null',
  '"../../x"',
];

interface Operation {
  method: string;
  path: string;
  query: string[];
  body: SchemaNode | null;
}

function listOperations(): Operation[] {
  return Object.entries<Record<string, never>>(document.paths).flatMap(([path, methods]) =>
    // biome-ignore lint/suspicious/noExplicitAny: as above
    Object.entries<any>(methods).map(([method, { parameters = [], requestBody }]) => ({
      method: method.toUpperCase(),
      path,
      query: parameters.filter((one: { in: string }) => one.in === 'query').map((one: { name: string }) => one.name),
      body: resolve(requestBody?.content?.['application/json']?.schema ?? null),
    })),
  );
}

function resolve(schema: (SchemaNode & { $ref?: string }) | null): SchemaNode | null {
  const name = schema?.$ref?.split('/').at(-1);
  return name === undefined ? schema : document.components.schemas[name];
}

/** Streams stay open, and what ends sessions or waits is another test's. */
const isAsked = ({ path }: Operation) => !/\/events$|^\/v1\/session$|^\/mcp$/.test(path);

async function send(method: string, path: string, key: string, body?: string): Promise<string | null> {
  const stop = AbortSignal.timeout(60_000);
  const answer = await fetch(troupe.url + path, {
    method,
    headers: { authorization: `Bearer ${key}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    signal: stop,
    ...(body === undefined ? {} : { body }),
  });
  const text = await answer.text();
  // Without an engine elsewhere that answers, its routes are 503 by contract.
  const isFault = answer.status >= 500 && !/service_unavailable|"code":5001/.test(text);
  return isFault ? `${method} ${path} ${body ?? ''} → ${answer.status} ${text.slice(0, 200)}` : null;
}

test('no value in any path or query of any route is a fault of the server, for a caller nor an admin', async () => {
  const wrong = ['%00', 'a%00b', '%F0%9F%98%80', '..%2f..%2fx', 'constructor', '__proto__', '8543454323444234222', "'"];
  const faults: (string | null)[] = [];
  for (const { method, path, query } of listOperations().filter(isAsked)) {
    for (const key of [troupe.key.key, adminKey]) {
      const fill = (value: string) => path.replace(/\{\w+\}/g, value);
      if (path.includes('{')) for (const value of wrong) faults.push(await send(method, fill(value), key));
      if (method !== 'GET') continue;
      const known = fill('1').replace('/v1/tasks/1', '/v1/tasks/task-unified-1757169743-8dxnm6yz');
      for (const name of query)
        for (const value of wrong) faults.push(await send(method, `${known}?${name}=${value}`, key));
    }
  }
  expect(faults.length).toBeGreaterThan(500);
  expect(faults.filter((fault) => fault !== null)).toEqual([]);
}, 600_000);

/** A value for each field, so that the one that is wrong is reached. */
function fillIn(schema: SchemaNode): unknown {
  const { type, properties, items, anyOf, examples, minimum = 1 } = schema as SchemaNode & { examples?: unknown[] };
  if (examples?.[0] !== undefined) return examples[0];
  if (schema.const !== undefined || schema.enum) return schema.const ?? schema.enum?.[0];
  if (anyOf?.[0]) return fillIn(anyOf[0]);
  if (properties) return Object.fromEntries(Object.entries(properties).map(([key, one]) => [key, fillIn(one)]));
  if (items) return [fillIn(items)];
  if (type === 'boolean') return true;
  return type === 'integer' || type === 'number' ? minimum : 'x';
}

test('no value in any field of any JSON body is a fault of the server, and none is charged for', async () => {
  const faults: (string | null)[] = [];
  const before = await sql`select count(*)::int as count from transfers`.execute(troupe.database.db);
  for (const { method, path, body } of listOperations().filter(isAsked)) {
    if (body === null) continue;
    const url = path.replace(/\{\w+\}/g, '1');
    const schema = body.anyOf?.[0] ?? body;
    const sample = { ...(fillIn(schema) as object), dry_run: true };
    for (const field of Object.keys(schema.properties ?? {})) {
      for (const value of evil) {
        const text = JSON.stringify({ ...sample, [field]: '\u0001' }).replace('"\\u0001"', value);
        faults.push(await send(method, url, adminKey, text));
        const alone = `{"${field}": ${value}, "dry_run": true, "prompt": "x"}`;
        faults.push(await send(method, url, troupe.key.key, alone));
      }
    }
    for (const value of evil) faults.push(await send(method, url, adminKey, value));
  }
  expect(faults.length).toBeGreaterThan(1000);
  expect(faults.filter((fault) => fault !== null)).toEqual([]);
  const after = await sql`select count(*)::int as count from transfers`.execute(troupe.database.db);
  expect(after.rows).toEqual(before.rows);
}, 600_000);

test('no argument of any tool of MCP is a fault of the server', async () => {
  const client = new Client({ name: 'test', version: '1' });
  const requestInit = { headers: { authorization: `Bearer ${troupe.key.key}` } };
  await client.connect(new StreamableHTTPClientTransport(new URL('/mcp', troupe.url), { requestInit }));
  const { tools } = await client.listTools();
  const faults: string[] = [];
  for (const { name, inputSchema } of tools) {
    for (const field of Object.keys(inputSchema.properties ?? {})) {
      for (const value of evil.map((text) => JSON.parse(text) as unknown)) {
        for (const given of [value, [value]]) {
          const args = { [field]: given, ...(field === 'prompt' ? {} : { prompt: 'x' }) };
          const all = Object.hasOwn(inputSchema.properties ?? {}, 'prompt') ? args : { [field]: given };
          const answer = await client
            .callTool({ name, arguments: all })
            .catch((error: Error) => ({ error: String(error) }));
          if (/internal_error/.test(JSON.stringify(answer))) faults.push(`${name} ${JSON.stringify(args)}`);
        }
      }
    }
  }
  expect(faults).toEqual([]);
  await client.close();
}, 600_000);

test('nothing of all that was logged as a fault', () => {
  expect(troupe.log.filter((line) => (JSON.parse(line) as { level: number }).level >= 50)).toEqual([]);
});
