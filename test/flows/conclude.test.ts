import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { imageRequest, videoRequest } from '../helpers/flow-bodies.ts';
import { listKinds, loadBooks } from '../helpers/load-books.ts';
import { type MediaOrigin, startOrigin } from '../helpers/start-origin.ts';
import { type StartedTroupe, startTroupe } from '../helpers/start-troupe.ts';

let origin: MediaOrigin;
let troupe: StartedTroupe;

beforeAll(async () => {
  origin = await startOrigin();
  troupe = await startTroupe({
    worker: true,
    environment: {
      TROUPE_ELEMENT_ENGINE: 'local',
      TROUPE_FETCH_SECONDS: '1',
      TROUPE_MEDIA_CHILDREN: '1',
      TROUPE_UPRIGHT_SIDE_MAX_PX: '512',
      TROUPE_IMAGE_BYTES_MAX: '2000000',
    },
  });
});
afterAll(async () => {
  await troupe[Symbol.asyncDispose]();
  await origin[Symbol.asyncDispose]();
});

const run = async (body: unknown) => {
  const answer = await troupe.submit(body);
  expect(answer.status).toBe(200);
  return await troupe.waitForEnd(answer.body.id);
};

const listFiles = async (elementId: string) => {
  const { rows } = await sql<{ name: string; storage_key: string; size_bytes: number; sha256: Buffer }>`
    select name, storage_key, size_bytes, sha256 from element_files where element_id = ${elementId} order by name`.execute(
    troupe.database.db,
  );
  return rows;
};

describe('completed', () => {
  test('an element from pictures: id as text, whole files in storage, its manifest, settled, inputs removed', async () => {
    const inline = (await readFile(new URL('../fixtures/media/bear.jpg', import.meta.url))).toString('base64');
    const body = imageRequest(origin.url('/duck.jpg'), [origin.url('/duck.jpg?side=left'), inline]);
    body.model_params.element_name = 'Ente 鴨 🦆';
    const task = await run(body);
    expect(task).toMatchObject({
      status: 'completed',
      progress: 100,
      results: [],
      result_data: {
        element_id: expect.stringMatching(/^[1-9]\d{15}$/),
        elements: [
          {
            element_id: task.result_data.element_id,
            element_name: 'Ente 鴨 🦆',
            element_description: 'A yellow rubber duck',
            element_type: 'image_refer',
          },
        ],
      },
      task_info: { can_cancel: false, estimated_time: 0 },
      usage: { billing_rule: 'per_call', credits_used: 1, cost: { credits: 1 }, user_group: 'default' },
      duration: expect.any(Number),
    });
    expect(task).not.toHaveProperty('error');
    expect(Number(task.result_data.element_id)).toBeLessThan(2 ** 53);
    expect(await listKinds(troupe.database.db, troupe.key.account_id, task.id)).toEqual(['reserve', 'settle']);
    const files = await listFiles(task.result_data.element_id);
    expect(files.map((file) => file.name)).toContain('element.json');
    expect(files.length).toBeGreaterThan(3);
    for (const file of files) {
      const bytes = await readFile(troupe.context.storage.locate(file.storage_key));
      expect(bytes.length).toBe(file.size_bytes);
      expect(createHash('sha256').update(bytes).digest()).toEqual(file.sha256);
    }
    const manifest = JSON.parse(
      await readFile(troupe.context.storage.locate(`elements/${task.result_data.element_id}/element.json`), 'utf8'),
    );
    expect(manifest).toMatchObject({ element_id: task.result_data.element_id, reference_type: 'image_refer' });
    expect(manifest.sources).toHaveLength(3);
    for await (const file of troupe.context.storage.list(`inputs/${task.id}/`)) throw new Error(`left: ${file.key}`);
    expect(troupe.log.some((line) => line.includes(task.id) && line.includes('"msg":"completed"'))).toBe(true);
  });

  test('an element from a clip', async () => {
    const task = await run(videoRequest(origin.url('/vp9-opus-tone.webm')));
    expect(task).toMatchObject({
      status: 'completed',
      result_data: { elements: [{ element_type: 'video_refer' }] },
      usage: { credits_used: 1 },
    });
    expect((await listFiles(task.result_data.element_id)).length).toBeGreaterThan(2);
  });
});

describe('failed for good: a documented code, the field in the message, a full refund, and no second attempt', () => {
  const front = 'model_params.element_image_list.frontal_image';
  const video = 'model_params.element_video_list.refer_videos[0].video_url';
  const small = () => origin.url('/duck.jpg');
  test.each([
    ['404', () => imageRequest(origin.url('/none.jpg'), [small()]), 'image_processing_error', /status 404/],
    [
      'more bytes than allowed',
      () => imageRequest(origin.url('/big.jpg'), [small()]),
      'image_processing_error',
      /at most/,
    ],
    ['a page instead of a picture', () => imageRequest(origin.url('/page.jpg'), [small()]), '', /./],
    ['a clip instead of a picture', () => imageRequest(origin.url('/dog.mp4'), [small()]), '', /./],
    [
      'an answer that only claims to be compressed',
      () => imageRequest(origin.url('/packed.jpg'), [small()]),
      'image_processing_error',
      /compression is damaged/,
    ],
    [
      'a redirect to an internal address',
      () => imageRequest(origin.url('/inward.jpg'), [small()]),
      'image_processing_error',
      /no usable answer/,
    ],
    [
      'four redirects',
      () => imageRequest(origin.url('/hop/1'), [small()]),
      'image_processing_error',
      /redirects more than 3 times/,
    ],
    ['a picture instead of a clip', () => videoRequest(origin.url('/duck.jpg')), '', /./],
    ['a missing clip', () => videoRequest(origin.url('/none.mp4')), 'invalid_parameters', /status 404/],
  ])('%s', async (_, makeBody, code, rule) => {
    const body = makeBody();
    const before = await loadBooks(troupe.database.db, troupe.key.account_id);
    const task = await run(body);
    expect(task).toMatchObject({
      status: 'failed',
      error: {
        code: code === '' ? expect.stringMatching(/^(image_processing_error|invalid_parameters)$/) : code,
        type: 'task_error',
        param: body.model_params.reference_type === 'video_refer' ? video : front,
      },
      usage: { credits_used: 0 },
      task_info: { can_cancel: false },
    });
    expect(task.error.message).toMatch(rule);
    expect(task.error.message).toContain(task.error.param);
    expect(task.error.message).not.toContain('127.0.0.1');
    expect(task).not.toHaveProperty('result_data');
    expect(await loadBooks(troupe.database.db, troupe.key.account_id)).toEqual(before);
    expect(await listKinds(troupe.database.db, troupe.key.account_id, task.id)).toEqual(['reserve', 'refund']);
    expect(await attemptsOf(task.id)).toBe(1);
  });

  beforeAll(() => {
    origin.serve('/big.jpg', (_, response) => {
      response.writeHead(200, { 'content-length': 2_000_001 }).flushHeaders();
    });
    origin.serve('/page.jpg', (_, response) => response.setHeader('content-type', 'image/jpeg').end('<!doctype html>'));
    origin.serve('/packed.jpg', (_, response) => response.writeHead(200, { 'content-encoding': 'br' }).end('x'));
    origin.serve('/inward.jpg', (_, response) => response.writeHead(302, { location: 'http://10.0.0.1/' }).end());
    for (let hop = 1; hop <= 4; hop++) {
      const location = hop < 4 ? `/hop/${hop + 1}` : '/duck.jpg';
      origin.serve(`/hop/${hop}`, (_, response) => response.writeHead(302, { location }).end());
    }
  });
});

const attemptsOf = async (id: string) => {
  const task = await troupe.database.db
    .selectFrom('tasks')
    .select('attempt')
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  return task.attempt;
};

describe('worth another try', () => {
  test.concurrent('a server that is busy once: the second attempt completes the task', async () => {
    origin.serve('/busy.jpg', (_, response, call) => {
      if (call === 1) response.writeHead(503).end();
      else response.writeHead(302, { location: '/duck.jpg' }).end();
    });
    const task = await run(imageRequest(origin.url('/busy.jpg'), [origin.url('/duck.jpg')]));
    expect(task.status).toBe('completed');
    expect(await attemptsOf(task.id)).toBe(2);
    expect(await listKinds(troupe.database.db, troupe.key.account_id, task.id)).toEqual(['reserve', 'settle']);
  });

  test.concurrent('a server that is away or cuts off: three attempts, one that stays silent: two, then failed and refunded', async () => {
    origin.serve('/cut.jpg', (request, response) => {
      response.writeHead(200, { 'content-length': 1000 }).write('half');
      request.socket.destroySoon();
    });
    origin.serve('/silent.jpg', () => undefined);
    const closed = await startOrigin();
    await closed[Symbol.asyncDispose]();
    const [cut, silent, refused] = await Promise.all([
      run(imageRequest(origin.url('/cut.jpg'), [origin.url('/duck.jpg')])),
      run(imageRequest(origin.url('/silent.jpg'), [origin.url('/duck.jpg')])),
      run(imageRequest(closed.url('/a.jpg'), [origin.url('/duck.jpg')])),
    ]);
    expect(cut.error).toMatchObject({ code: 'image_processing_error' });
    expect(silent.error.message).toMatch(/within 1 s/);
    expect(refused.error.message).toMatch(/no usable answer/);
    for (const [task, attempts] of [
      [cut, 3],
      [silent, 2],
      [refused, 3],
    ]) {
      expect(await attemptsOf(task.id)).toBe(attempts);
      expect(await listKinds(troupe.database.db, troupe.key.account_id, task.id)).toEqual(['reserve', 'refund']);
    }
  });
});
