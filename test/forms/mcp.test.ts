import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ScriptedEngine, scriptVideoEngine } from '../helpers/script-video-engine.ts';
import { type MediaOrigin, startOrigin } from '../helpers/start-origin.ts';
import { type StartedTroupe, startTroupe } from '../helpers/start-troupe.ts';
import { until } from '../helpers/until.ts';

let origin: MediaOrigin;
let engine: ScriptedEngine;
let troupe: StartedTroupe;
let client: Client;

beforeAll(async () => {
  origin = await startOrigin();
  engine = scriptVideoEngine('remote');
  troupe = await startTroupe({ worker: true, videoEngine: engine, environment: { TROUPE_ELEMENT_ENGINE: 'local' } });
  client = await connect(troupe.key.key);
});
afterAll(async () => {
  await client?.close();
  await troupe[Symbol.asyncDispose]();
  await origin[Symbol.asyncDispose]();
});

async function connect(key: string): Promise<Client> {
  const one = new Client({ name: 'test', version: '1' });
  const requestInit = { headers: { authorization: `Bearer ${key}` } };
  await one.connect(new StreamableHTTPClientTransport(new URL('/mcp', troupe.url), { requestInit }));
  await one.listTools();
  return one;
}

// biome-ignore lint/suspicious/noExplicitAny: answers are judged by the tests
const callTool = async (name: string, args: object = {}, options = {}): Promise<any> =>
  await client.callTool({ name, arguments: args as Record<string, unknown> }, undefined, {
    timeout: 600_000,
    ...options,
  });

const pictures = () => ['/duck.jpg', '/duck.jpg'].map((path) => origin.url(path));

test('every tool has a description, schemas for both ways and says what it does to the world', async () => {
  const { tools } = await client.listTools();
  expect(tools.map(({ name }) => name)).toEqual([
    ...['create_element', 'check_element', 'list_elements', 'get_element', 'update_element', 'delete_element'],
    ...['create_video', 'create_image', 'create_angles', 'choose_angles', 'get_task', 'list_tasks', 'cancel_task'],
    ...['estimate_cost', 'search_models'],
    ...['upload_file', 'get_credits'],
  ]);
  for (const { description, outputSchema, annotations } of tools) {
    expect(description?.length).toBeGreaterThan(40);
    expect(outputSchema?.type).toBe('object');
    expect(annotations).toMatchObject({ readOnlyHint: expect.any(Boolean), destructiveHint: expect.any(Boolean) });
  }
});

test('an element is checked for nothing, made for its price, shown as a small picture and used in a video', async () => {
  const asked = { name: 'Duck', description: 'A yellow duck', images: pictures() };
  const checked = await callTool('check_element', asked);
  expect(checked.structuredContent).toMatchObject({
    would_cost_credits: 1,
    task: { dry_run: true, status: 'completed' },
  });
  const progress: number[] = [];
  const made = await callTool('create_element', asked, {
    onprogress: (one: { progress: number }) => progress.push(one.progress),
  });
  expect(made.structuredContent).toMatchObject({ status: 'completed', credits_used: 1 });
  expect(made.content[0].text).toContain('cost 1 credits');
  const [, picture] = made.content;
  const facts = await sharp(Buffer.from(picture.data, 'base64')).metadata();
  expect([picture.mimeType, Math.max(facts.width, facts.height) <= 1024]).toEqual(['image/jpeg', true]);
  const { element_id } = made.structuredContent;
  const cost = await callTool('estimate_cost', { model: 'kling-o3-text-to-video', seconds: 5 });
  expect(cost.structuredContent.credits).toBe(27);
  const video = await callTool('create_video', { prompt: '@Duck swims', element_ids: [element_id] });
  expect(video.structuredContent).toMatchObject({ credits_reserved: 27, kind: 'video' });
  const done = await callTool('get_task', { task_id: video.structuredContent.task_id });
  expect(done.structuredContent).toMatchObject({ status: 'completed', credits_used: 27 });
  expect(done.content.map(({ type }: { type: string }) => type)).toEqual(['text', 'image']);
  expect(engine.orders.at(-1)?.spec.prompt).toBe('<<<element_1>>> swims');
  expect([...progress].sort((one, other) => one - other)).toEqual(progress);
});

test('pictures are made for their price and shown, and what is refused is named as the tool names it', async () => {
  const cost = await callTool('estimate_cost', { model: 'kling-image-o3', quality: '4k', count: 2 });
  expect(cost.structuredContent.credits).toBe(7.2);
  const made = await callTool('create_image', { prompt: 'A yard', count: 2, quality: '2k', wait_seconds: 60 });
  expect(made.structuredContent).toMatchObject({
    kind: 'image',
    status: 'completed',
    credits_used: 3.6,
    video_url: null,
  });
  expect(made.structuredContent.image_urls).toHaveLength(2);
  expect(made.content.map(({ type }: { type: string }) => type)).toEqual(['text', 'image']);
  expect(made.content[0].text).toContain(made.structuredContent.image_urls[1]);
  const refused = await callTool('create_image', { prompt: 'A yard', count: 10 });
  expect(refused.content[0].text).toContain('count: is 10, must be 1 to 9');
  const other = await callTool('create_image', { prompt: 'A yard', model: 'kling-o3-text-to-video' });
  expect(other.content[0].text).toContain('which makes no pictures');
});

test('angles are shown by their sets, and a chosen one becomes another element', async () => {
  const asked = { name: 'Duck', description: 'A yellow duck', images: pictures() };
  const { structuredContent: first } = await callTool('create_element', asked);
  const { element_id } = first;
  const made = await callTool('create_angles', { element_id, wait_seconds: 60 });
  expect(made.structuredContent).toMatchObject({ kind: 'image', status: 'completed', credits_used: 4.5 });
  expect(made.structuredContent.image_sets).toEqual([0, 0, 0, 1, 1, 1, 2, 2, 2]);
  expect(made.content.map(({ type }: { type: string }) => type)).toEqual(['text', 'image', 'image', 'image']);
  const { task_id } = made.structuredContent;
  const none = await callTool('choose_angles', { element_id, task_id, set: 7 });
  expect(none.content[0].text).toContain('the task made 0, 1, 2');
  const chosen = await callTool('choose_angles', { element_id, task_id, set: 1, name: 'Duck about' });
  expect(chosen.structuredContent).toMatchObject({ kind: 'element', status: 'completed', credits_used: 1 });
  expect(chosen.structuredContent.element_id).not.toBe(element_id);
  const other = await callTool('create_angles', { element_id: '4129876500129999' });
  expect(other.content[0].text).toContain('no such element');
});

test('a call that is cancelled cancels what it started', async () => {
  const held = Promise.withResolvers<void>();
  engine.act = () => held.promise;
  const before = engine.orders.length;
  const stop = new AbortController();
  const work = callTool('create_video', { prompt: 'Fog', wait_seconds: 60 }, { signal: stop.signal }).catch(() => null);
  await until('the work', () => Promise.resolve(engine.orders.length > before ? true : null));
  const id = engine.orders.at(-1)?.task_id ?? '';
  stop.abort('enough');
  await work;
  held.resolve();
  engine.act = async () => undefined;
  expect(await troupe.waitForEnd(id)).toMatchObject({ status: 'cancelled', usage: { credits_used: 0 } });
});

test('an answer on the way to a tool leaves no more listeners than Node bears without a warning', async () => {
  const warnings: string[] = [];
  const hear = ({ name, message }: Error) => void warnings.push(`${name}: ${message}`);
  process.on('warning', hear);
  await callTool('get_credits');
  await new Promise((done) => setImmediate(done));
  process.off('warning', hear);
  expect(warnings).toEqual([]);
});

test('a refusal is an answer that names the field as the tool has it, and nothing is charged', async () => {
  const refused = await callTool('create_video', { prompt: 'x', seconds: 99 });
  expect([refused.isError, refused.content[0].text]).toEqual([true, expect.stringMatching(/^seconds: /)]);
  const cost = await callTool('estimate_cost', { model: 'kling-o3-text-to-video', seconds: 99 });
  expect(cost.content[0].text).toMatch(/^seconds: /);
  const unknown = await callTool('create_video', { prompt: 'x', shade: 1 }).catch((error) => error);
  expect(unknown.isError).toBe(true);
});

const picture = 'https://example.com/a.jpg';

test.each([
  ['create_video', { prompt: 'x', model: 'kling-o3-video-edit', video: picture, seconds: 5 }, 'seconds'],
  ['create_video', { prompt: 'x', video: picture, sound: true }, 'sound'],
  ['create_video', { model: 'kling-v3-image-to-video', first_frame: picture, aspect_ratio: '9:16' }, 'aspect_ratio'],
  ['create_video', { prompt: 'x', model: 'kling-custom-element' }, 'model'],
  ['create_element', { name: 'N', description: 'D', images: [picture, picture], video: picture }, 'images'],
  ['upload_file', { url: picture, base64: 'AAAA' }, 'base64'],
  ['list_tasks', { after: 'task-unified-1-none' }, 'after'],
])('%s refuses what would be dropped, with its name: %j', async (tool, asked, param) => {
  const { isError, content } = await callTool(tool, asked);
  expect([isError, content[0].text]).toEqual([
    true,
    expect.stringMatching(new RegExp(`^${param}: .*nothing was charged`)),
  ]);
});

test('sound: false beside a video is what there is anyway', async () => {
  const made = await callTool('create_video', { prompt: 'x', video: picture, sound: false });
  expect(made.isError).toBeFalsy();
});

test("another key's session answers like none, and a message without a session is refused", async () => {
  const { key } = await troupe.grant({ account: 'stranger', name: 'stranger' }, 1);
  const body = { jsonrpc: '2.0', id: 1, method: 'tools/list' };
  const headers = { accept: 'application/json, text/event-stream' };
  const missing = await troupe.call('POST', '/mcp', { body, headers });
  expect([missing.status, missing.body.error.data.param]).toEqual([400, 'Mcp-Session-Id']);
  const { sessionId = '' } = client.transport as StreamableHTTPClientTransport;
  const foreign = await troupe.call('POST', '/mcp', {
    key,
    body,
    headers: { ...headers, 'mcp-session-id': sessionId },
  });
  expect([foreign.status, foreign.body.error.data.code]).toEqual([404, 'resource_not_found']);
  const stranger = await troupe.call('POST', '/mcp', { key: null, body, headers });
  expect([stranger.status, stranger.body.error.data.code]).toEqual([401, 'unauthorized']);
});
