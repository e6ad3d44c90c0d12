import { mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createApp } from '../../src/http/app.ts';
import { type ScriptedEngine, scriptVideoEngine } from '../helpers/script-video-engine.ts';
import { type StartedTroupe, startTroupe } from '../helpers/start-troupe.ts';
import { until } from '../helpers/until.ts';

const fixture = (name: string) => new URL(`../fixtures/media/${name}`, import.meta.url).pathname;
const root = new URL('../..', import.meta.url).pathname;

let engine: ScriptedEngine;
let troupe: StartedTroupe;
let client: Client;

/** The unmodified client of the protocol's own package, which starts the command as agent programs do. */
async function connect(url: string, key: string): Promise<Client> {
  const one = new Client({ name: 'test', version: '1' });
  const env = { ...process.env, TROUPE_URL: url, TROUPE_API_KEY: key } as Record<string, string>;
  const args = [`${root}bin/troupe.mjs`, 'mcp'];
  await one.connect(new StdioClientTransport({ command: process.execPath, args, env, cwd: root, stderr: 'pipe' }), {
    timeout: 240_000,
  });
  return one;
}

beforeAll(async () => {
  engine = scriptVideoEngine('remote');
  troupe = await startTroupe({ worker: true, videoEngine: engine });
  client = await connect(troupe.url, troupe.key.key);
}, 300_000);
afterAll(async () => {
  await client?.close();
  await troupe?.[Symbol.asyncDispose]();
});

// biome-ignore lint/suspicious/noExplicitAny: answers are judged by the tests
const callTool = async (name: string, args: object = {}, options = {}): Promise<any> =>
  await client.callTool({ name, arguments: args as Record<string, unknown> }, undefined, {
    timeout: 240_000,
    ...options,
  });

test("the tools are the server's, and say that paths of this machine are taken", async () => {
  const { tools } = await client.listTools();
  expect(tools.map(({ name }) => name)).toContain('create_element');
  const [create] = tools.filter(({ name }) => name === 'create_element');
  expect(JSON.stringify(create?.inputSchema.properties?.images)).toContain('path of a file on this machine');
  expect(create?.outputSchema?.type).toBe('object');
});

test('an element is made of files of this machine, which the server has by their bytes', async () => {
  const images = [fixture('bear.jpg'), `file://${fixture('bear-side.jpg')}`];
  const progress: number[] = [];
  const made = await callTool(
    'create_element',
    { name: 'Bear', description: 'A brown bear', images },
    { onprogress: (one: { progress: number }) => progress.push(one.progress) },
  );
  expect(made.structuredContent).toMatchObject({ status: 'completed', credits_used: 1 });
  const { body } = await troupe.call('GET', '/api/v1/files/list');
  expect(JSON.stringify(body)).toContain('bear-side.jpg');
});

test('a relative path begins where the agent program runs, and a file may be a first frame', async () => {
  const made = await callTool('create_video', { prompt: 'It wakes', first_frame: 'test/fixtures/media/duck.jpg' });
  await troupe.waitForEnd(made.structuredContent.task_id);
  expect(engine.orders.at(-1)?.sources).toMatchObject([{ role: 'image_start' }]);
});

test('upload_file takes a path and answers as its schema says', async () => {
  const kept = await callTool('upload_file', { url: fixture('duck.jpg') });
  const { length: bytes } = await readFile(fixture('duck.jpg'));
  expect(kept.structuredContent).toEqual({
    file: expect.stringMatching(/^file:file_/),
    file_id: expect.stringMatching(/^file_/),
    bytes,
    media_type: 'image/jpeg',
  });
});

test.each([
  [
    'a path of nothing',
    { images: ['/none/a.jpg', '/none/b.jpg'] },
    /^images\[0\]: \/none\/a\.jpg can not be read on this machine \(ENOENT\)/,
  ],
  ['a folder', { video: root }, /^video: .* is no file/],
])('%s is an answer that names the argument, and nothing is charged', async (_, args, message) => {
  const { body: before } = await troupe.call('GET', '/v1/credits');
  const refused = await callTool('create_element', { name: 'x', description: 'x', ...args });
  expect([refused.isError, refused.content[0].text]).toEqual([true, expect.stringMatching(message)]);
  expect((await troupe.call('GET', '/v1/credits')).body).toEqual(before);
});

test('a file that is too large is refused in the words of the server, and the next call is answered', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'troupe-mcp-'));
  try {
    const path = join(folder, 'huge.jpg');
    // Takes no room: nothing is written in it.
    await writeFile(path, '');
    await truncate(path, 3_000_000_000);
    for (let round = 0; round < 3; round++) {
      const refused = await callTool('upload_file', { url: path });
      expect([refused.isError, refused.content[0].text]).toEqual([
        true,
        expect.stringMatching(/^body: is larger than/),
      ]);
    }
    expect((await callTool('get_credits')).isError).not.toBe(true);
  } finally {
    await rm(folder, { recursive: true });
  }
});

test("the server's refusals come through as its own words", async () => {
  const refused = await callTool('create_video', { prompt: 'x', seconds: 99 });
  expect([refused.isError, refused.content[0].text]).toEqual([true, expect.stringMatching(/^seconds: /)]);
});

test('a call that is cancelled cancels what it started', async () => {
  const held = Promise.withResolvers<void>();
  engine.act = () => held.promise;
  const before = engine.orders.length;
  const stop = new AbortController();
  const work = callTool('create_video', { prompt: 'Fog', wait_seconds: 60 }, { signal: stop.signal }).catch(() => null);
  await until('the work', () => Promise.resolve(engine.orders.length > before ? true : null), 240_000);
  stop.abort('enough');
  await work;
  const id = engine.orders.at(-1)?.task_id ?? '';
  expect(await troupe.waitForEnd(id, 240_000)).toMatchObject({ status: 'cancelled', usage: { credits_used: 0 } });
  held.resolve();
  engine.act = async () => undefined;
});

test('a session that the server has forgotten is begun anew, and the agent program goes on', async () => {
  const app = await createApp(troupe.context, troupe.config);
  const port = Number(new URL(await app.listen({ host: '127.0.0.1', port: 0 })).port);
  const one = await connect(`http://127.0.0.1:${port}`, troupe.key.key);
  try {
    expect((await one.callTool({ name: 'get_credits', arguments: {} })).isError).not.toBe(true);
    await app.close();
    const next = await createApp(troupe.context, troupe.config);
    await next.listen({ host: '127.0.0.1', port });
    try {
      const calls = await Promise.all([1, 2].map(() => one.callTool({ name: 'get_credits', arguments: {} })));
      for (const call of calls)
        expect(call).toMatchObject({ structuredContent: { remaining_credits: expect.any(Number) } });
    } finally {
      await next.close();
    }
  } finally {
    await one.close();
  }
}, 240_000);

test('a wrong key is told in the words of the server', async () => {
  await expect(connect(troupe.url, 'sk-wrong')).rejects.toThrow(/API key is missing or not valid/);
});
