import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { imageRequest, videoRequest } from '../helpers/flow-bodies.ts';
import { listKinds } from '../helpers/load-books.ts';
import { type MediaOrigin, startOrigin } from '../helpers/start-origin.ts';
import { startTroupe } from '../helpers/start-troupe.ts';
import { until } from '../helpers/until.ts';

let origin: MediaOrigin;
beforeAll(async () => {
  origin = await startOrigin();
});
afterAll(async () => {
  await origin[Symbol.asyncDispose]();
});

test('a stopping worker lets running work end and takes no more', async () => {
  await using troupe = await startTroupe({ environment: { TROUPE_BUILD_SLOTS: '1' } });
  const worker = troupe.startWorker();
  const gate = origin.gate('/running.jpg', '/duck.jpg');
  const { body: running } = await troupe.submit(imageRequest(origin.url('/running.jpg'), [origin.url('/duck.jpg')]));
  await gate.asked;
  const { body: waiting } = await troupe.submit(imageRequest(origin.url('/duck.jpg')));
  const closed = worker.close();
  gate.open();
  await closed;
  expect((await troupe.call('GET', `/v1/tasks/${running.id}`)).body.status).toBe('completed');
  expect((await troupe.call('GET', `/v1/tasks/${waiting.id}`)).body.status).toBe('pending');
});

test('work that outlasts the grace time is cut off, free for the next worker at once, and done there', async () => {
  await using troupe = await startTroupe({ environment: { TROUPE_STOP_SECONDS: '0' } });
  const first = troupe.startWorker();
  const gate = origin.gate('/cut-off.jpg', '/duck.jpg');
  const { body: task } = await troupe.submit(imageRequest(origin.url('/cut-off.jpg'), [origin.url('/duck.jpg')]));
  await gate.asked;
  await first.close();
  expect(await readdir(troupe.context.workFolder)).toEqual([]);
  gate.open();
  const second = troupe.startWorker();
  expect((await troupe.waitForEnd(task.id)).status).toBe('completed');
  expect(await listKinds(troupe.database.db, troupe.key.account_id, task.id)).toEqual(['reserve', 'settle']);
  await second.close();
});

test('work that is lost while the worker stops uses up no try, is due at once, and is no warning', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'troupe-stop-'));
  const path = (name: string) => join(folder, name);
  // As where a stop is sent to all processes of a server at once: the program that decodes ends before its time is up.
  const script = `[ "$2" = -version ] && echo ffmpeg version 0 && exit
touch ${path('begun')}; while [ ! -e ${path('stop')} ]; do sleep 0.05; done; kill -TERM $$`;
  await writeFile(path('ffmpeg'), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  const environment = { TROUPE_ELEMENT_ENGINE: 'local', TROUPE_FFMPEG: path('ffmpeg'), TROUPE_STOP_SECONDS: '300' };
  await using troupe = await startTroupe({ environment });
  const worker = troupe.startWorker();
  const { body: task } = await troupe.submit(videoRequest(origin.url('/dog.mp4')));
  await until('the work to begin', () => existsSync(path('begun')));
  const closed = worker.close();
  await writeFile(path('stop'), '');
  await closed;
  const { db } = troupe.database;
  const row = await db.selectFrom('tasks').selectAll().where('id', '=', task.id).executeTakeFirstOrThrow();
  expect(row).toMatchObject({ status: 'pending', attempt: 1, tries: 0, losses: 0 });
  const due =
    await sql`select from jobs.job where name = 'build' and state = 'created' and start_after <= now()`.execute(db);
  expect(due.rows).toHaveLength(1);
  const lines = troupe.log.map((line) => JSON.parse(line) as { level: number; msg: string });
  expect(lines.filter(({ level }) => level >= 40)).toEqual([]);
  expect(lines.map(({ msg }) => msg)).toContain('ended by the stop');
  await rm(folder, { recursive: true, force: true });
});

test('a stopping server answers the requests it has begun and leaves no connection behind', async () => {
  const troupe = await startTroupe({ worker: true });
  const answers = Promise.all(
    Array.from({ length: 20 }, () => troupe.submit(imageRequest('https://example.com/a.jpg'))),
  );
  await until('the first task', async () => (await troupe.call('GET', '/v1/tasks')).body.total > 0);
  await troupe.stop();
  for (const answer of await answers) expect(answer.status).toBe(200);
  await troupe[Symbol.asyncDispose]();
});

test('a stopping server waits for no client that has only connected, and for half of a header as long as any header may take', async () => {
  const troupe = await startTroupe({ environment: { TROUPE_REQUEST_SECONDS: '1' } });
  const open = async (text: string) => {
    const socket = connect(troupe.port, '127.0.0.1').on('error', () => undefined);
    const closedAt = new Promise<number>((done) => void socket.once('close', () => done(performance.now())));
    await once(socket, 'connect');
    socket.write(text);
    return { closedAt };
  };
  const silent = await open('');
  const half = await open('GET /healthz HTTP/1.1\r\nHost: ');
  expect((await troupe.call('GET', '/v1/tasks')).status).toBe(200);
  const stoppedAt = performance.now();
  await troupe.stop();
  const [silentMs, halfMs] = (await Promise.all([silent.closedAt, half.closedAt])).map((at) => at - stoppedAt) as [
    number,
    number,
  ];
  expect(silentMs).toBeLessThan(halfMs);
  expect(halfMs).toBeLessThan(30_000);
  await troupe[Symbol.asyncDispose]();
});

test('a stopping server cuts off a client that reads no further once its time is over, and says so', async () => {
  const troupe = await startTroupe({ environment: { TROUPE_STOP_SECONDS: '1' } });
  const { storage, links } = troupe.context;
  // More than the buffers of both ends hold.
  await storage.put('downloads/long.bin', { bytes: new Uint8Array(64 * 1024 * 1024) });
  const path = links.sign('downloads/long.bin', new Date(Date.now() + 3_600_000));
  const client = connect(troupe.port, '127.0.0.1').on('error', () => undefined);
  const closed = once(client, 'close');
  client.write(`GET ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n`);
  const [head] = await once(client, 'data');
  client.pause();
  expect(String(head)).toMatch(/^HTTP\/1\.1 200/);
  await troupe.stop();
  client.resume();
  await closed;
  expect(client.bytesRead).toBeLessThan(64 * 1024 * 1024);
  const lines = troupe.log.map((line) => JSON.parse(line) as { level: number; msg: string; connections?: number });
  expect(lines.find(({ msg }) => msg.includes('were cut off by the stop'))).toMatchObject({
    level: 40,
    connections: 1,
  });
  await troupe[Symbol.asyncDispose]();
});
