import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createCaller } from '../helpers/call.ts';
import { imageRequest } from '../helpers/flow-bodies.ts';
import { isMissing } from '../helpers/is-missing.ts';
import { startServe } from '../helpers/run-command-line.ts';
import { pgbouncer, startPgBouncer } from '../helpers/start-pgbouncer.ts';
import { openTestDatabase, type TestDatabase } from '../helpers/test-database.ts';
import { until } from '../helpers/until.ts';

const inline = Buffer.from('bytes of a picture').toString('base64');

describe.skipIf(isMissing(pgbouncer))('through PgBouncer', () => {
  let folder: string;
  let database: TestDatabase;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'troupe-pooled-'));
    database = await openTestDatabase(2);
  });
  afterEach(async () => {
    await database.close();
    await rm(folder, { recursive: true, force: true });
  });

  const start = (url: string, more: Record<string, string> = {}) =>
    startServe({
      DATABASE_URL: url,
      TROUPE_DATA_DIR: folder,
      TROUPE_ELEMENT_ENGINE: 'nothing',
      TROUPE_DATABASE_CONNECTIONS: '8',
      ...more,
    });

  /** Two servers with a worker each start one after the other, and tasks sent to each come to their end. */
  async function workWithTwo(url: string, more: Record<string, string> = {}): Promise<void> {
    await using first = await start(url, more);
    await using second = await start(url, more);
    for (const server of [first, second]) {
      const call = createCaller(server.url, first.key);
      const answer = await call('POST', '/v1/videos/generations', { body: imageRequest(inline, [inline]) });
      expect(answer.status).toBe(200);
      const task = await until('the end of the task', async () => {
        const { body } = await call('GET', `/v1/tasks/${answer.body.id}`);
        return ['pending', 'processing'].includes(body.status) ? null : body;
      });
      expect(task.status).toBe('completed');
    }
    // What one of them commits, a stream of the other tells.
    const stop = new AbortController();
    const stream = await fetch(`${second.url}/v1/events`, {
      headers: { authorization: `Bearer ${first.key}` },
      signal: stop.signal,
    });
    const reader = (stream.body as ReadableStream<Uint8Array>).pipeThrough(new TextDecoderStream()).getReader();
    let text = '';
    const readUntil = async (words: string) => {
      while (!text.includes(words)) text += (await reader.read()).value ?? '';
    };
    await readUntil('id: ');
    const { body } = await createCaller(first.url, first.key)('POST', '/v1/videos/generations', {
      body: imageRequest(inline, [inline]),
    });
    await readUntil(`"id":"${body.id}"`);
    stop.abort();
  }

  test('in session mode two servers start and work', async () => {
    await using pooler = await startPgBouncer(database.url, 'session', 60);
    await workWithTwo(pooler.url);
  });

  test('in transaction mode they work with a direct URL beside it', async () => {
    await using pooler = await startPgBouncer(database.url, 'transaction', 10);
    await workWithTwo(pooler.url, { TROUPE_DATABASE_DIRECT_URL: database.url });
  });

  test('transaction mode alone is refused at the start, with the setting that it needs', async () => {
    await using pooler = await startPgBouncer(database.url, 'transaction', 10);
    await expect(start(pooler.url)).rejects.toThrow(/transaction mode.*TROUPE_DATABASE_DIRECT_URL/);
    await expect(start(database.url, { TROUPE_DATABASE_DIRECT_URL: pooler.url })).rejects.toThrow(/transaction mode/);
  });

  test('statement mode is refused at the start, with a direct URL beside it too', async () => {
    await using pooler = await startPgBouncer(database.url, 'statement', 10);
    await expect(start(pooler.url)).rejects.toThrow(/statement mode.*pool_mode/);
    const beside = { TROUPE_DATABASE_DIRECT_URL: database.url };
    await expect(start(pooler.url, beside)).rejects.toThrow(/statement mode.*pool_mode/);
  });

  test('a direct URL of another database is refused before anything is written to it', async () => {
    const other = await openTestDatabase(1);
    await using pooler = await startPgBouncer(database.url, 'transaction', 10);
    await expect(start(pooler.url, { TROUPE_DATABASE_DIRECT_URL: other.url })).rejects.toThrow(/two databases/);
    await other.close();
  });

  test('a session pool that is too small is told in words', async () => {
    await using pooler = await startPgBouncer(database.url, 'session', 1);
    await expect(start(pooler.url)).rejects.toThrow(/pool_size/);
  });
});
