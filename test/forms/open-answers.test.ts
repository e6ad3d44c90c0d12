import { readFile } from 'node:fs/promises';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { sql } from 'kysely';
import OpenAI, { toFile } from 'openai';
import { expect, test } from 'vitest';
import { imageRequest } from '../helpers/flow-bodies.ts';
import { scriptVideoEngine } from '../helpers/script-video-engine.ts';
import { startOrigin } from '../helpers/start-origin.ts';
import { type StartedTroupe, startTroupe } from '../helpers/start-troupe.ts';
import { until } from '../helpers/until.ts';

async function connect({ url, key }: StartedTroupe): Promise<Client> {
  const client = new Client({ name: 'test', version: '1' });
  const requestInit = { headers: { authorization: `Bearer ${key.key}` } };
  await client.connect(new StreamableHTTPClientTransport(new URL('/mcp', url), { requestInit }));
  return client;
}

async function listStatuses({ database }: StartedTroupe): Promise<string[]> {
  const { rows } = await sql<{ status: string }>`select status from tasks order by created_at`.execute(database.db);
  return rows.map(({ status }) => status);
}

test('a key without an open answer left is refused before there is a task, since clients repeat a 429', async () => {
  await using troupe = await startTroupe({
    videoEngine: scriptVideoEngine('remote'),
    environment: { TROUPE_KEY_STREAMS: '1' },
  });
  const stop = new AbortController();
  const headers = { authorization: `Bearer ${troupe.key.key}`, accept: 'text/event-stream' };
  const held = await fetch(`${troupe.url}/v1/events`, { headers, signal: stop.signal });
  expect(held.status).toBe(200);
  const client = await connect(troupe);
  const refused = await client.callTool({ name: 'create_video', arguments: { prompt: 'Fog', wait_seconds: 60 } });
  expect(JSON.stringify(refused)).toContain('rate_limit_exceeded; nothing was charged by this call');
  const openai = new OpenAI({ apiKey: troupe.key.key, baseURL: `${troupe.url}/v1`, maxRetries: 0 });
  const video = await toFile(await readFile(new URL('../fixtures/media/dog.mp4', import.meta.url)), 'dog.mp4');
  await expect(openai.videos.createCharacter({ name: 'Rex', video })).rejects.toMatchObject({ status: 429 });
  expect(await listStatuses(troupe)).toEqual([]);
  await client.close();
  stop.abort();
});

test('a session that ends, as all do when the server stops, cancels no task that a tool waits for', async () => {
  await using troupe = await startTroupe({
    videoEngine: scriptVideoEngine('remote'),
    environment: { TROUPE_KEY_STREAMS: '1' },
  });
  const client = await connect(troupe);
  const call = client
    .callTool({ name: 'create_video', arguments: { prompt: 'Fog', wait_seconds: 60 } })
    .catch(() => null);
  const id = await until('the task', async () => (await troupe.call('GET', '/v1/tasks')).body.data?.[0]?.id ?? null);
  // Another is refused only while the tool waits.
  await until('its wait', async () => (await troupe.call('GET', `/v1/tasks/${id}?wait=1`)).status === 429);
  await (client.transport as StreamableHTTPClientTransport).terminateSession();
  await until('its end', async () => (await troupe.call('GET', `/v1/tasks/${id}?wait=1`)).status === 200);
  await client.close();
  await call;
  expect(await listStatuses(troupe)).toEqual(['pending']);
});

test('what was made and paid for is told where its picture can not be drawn', async () => {
  await using origin = await startOrigin();
  await using troupe = await startTroupe({ worker: true, environment: { TROUPE_ELEMENT_ENGINE: 'local' } });
  troupe.context.engines.shrinkPicture = () => Promise.reject(new Error('no child is left'));
  const client = await connect(troupe);
  const { element_name: name, element_description: description } = imageRequest('').model_params;
  const images = ['/duck.jpg', '/duck.jpg'].map((path) => origin.url(path));
  const made = await client.callTool({ name: 'create_element', arguments: { name, description, images } }, undefined, {
    timeout: 600_000,
  });
  expect(made.isError).toBeUndefined();
  expect(made.structuredContent).toMatchObject({ status: 'completed', credits_used: 1 });
  await client.close();
});
