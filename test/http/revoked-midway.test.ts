import { connect } from 'node:net';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { editKey } from '../../src/flow/index.ts';
import { type StartedTroupe, startTroupe } from '../helpers/start-troupe.ts';
import { until } from '../helpers/until.ts';
import { drawJpeg } from '../helpers/upload.ts';

let troupe: StartedTroupe;
let form: Buffer;
beforeAll(async () => {
  // A body that takes longer than a key is remembered, without waiting for a second.
  troupe = await startTroupe({ environment: { TROUPE_KEY_CACHE_MS: '0' } });
  const head = '--b\r\nContent-Disposition: form-data; name="file"; filename="a.jpg"\r\n\r\n';
  form = Buffer.concat([Buffer.from(head), await drawJpeg(), Buffer.from('\r\n--b--\r\n')]);
});
afterAll(async () => {
  await troupe?.[Symbol.asyncDispose]();
});

const formType = 'multipart/form-data; boundary=b';
const bodies: [string, string, () => Buffer][] = [
  ['POST /v1/callbacks/secrets/rotate', 'application/json', () => Buffer.from('{} ')],
  ['POST /v1/callbacks/test', 'application/json', () => Buffer.from('{"callback_url": "https://127.0.0.1:1/"}')],
  ['POST /api/v1/files/upload/stream', formType, () => form],
  ['POST /v1/elements/import', 'application/zip', () => Buffer.from('PK that is none')],
  ['POST /v1/videos', formType, () => form],
];

/** Sends all but the last byte once the server wants the body, does `midway`, sends it; the status of the answer. */
async function send(route: string, type: string, body: Buffer, key: string, midway: () => Promise<unknown>) {
  const socket = connect({ port: troupe.port, host: '127.0.0.1' });
  let text = '';
  socket.on('data', (chunk: Buffer) => {
    text += chunk.toString('latin1');
  });
  const lines = ['Host: x', `Authorization: Bearer ${key}`, `Content-Type: ${type}`, 'Expect: 100-continue'];
  socket.write(`${route} HTTP/1.1\r\n${lines.join('\r\n')}\r\nContent-Length: ${body.length}\r\n\r\n`);
  await until('the body to be wanted', () => text.includes('100 Continue'));
  socket.write(body.subarray(0, -1));
  await midway();
  socket.write(body.subarray(-1));
  const status = await until('the answer', () => /HTTP\/1\.1 ([2-5]\d\d)/.exec(text)?.[1]);
  socket.destroy();
  return Number(status);
}

test.each(bodies)(
  '%s: a key that is disabled while its body comes does nothing and is told nothing',
  async (...given) => {
    const [route, type, body] = given;
    const { key, key_id } = await troupe.grant({ account: 'midway', name: route, role: 'manager' }, 1);
    const disable = () => editKey(troupe.database.db, 'server', key_id, { disabled: true }, new Date());
    // The form of OpenAI's programs knows 401 alone.
    expect(await send(route, type, body(), key, disable)).toBe(route.endsWith('/videos') ? 401 : 402);
    for (const table of ['files', 'elements', 'tasks']) {
      expect([table, (await sql`select from ${sql.table(table)}`.execute(troupe.database.db)).rows]).toEqual([
        table,
        [],
      ]);
    }
  },
);

test('a key whose role is lowered while its body comes may no more than its new role', async () => {
  const { key, key_id } = await troupe.grant({ account: 'lowered', name: 'k', role: 'manager' }, 1);
  const lower = () => editKey(troupe.database.db, 'server', key_id, { role: 'caller' }, new Date());
  const [route, type, body] = bodies[0] as (typeof bodies)[0];
  expect(await send(route, type, body(), key, lower)).toBe(403);
});

test('a slow body of a key that stays is taken like any other', async () => {
  const { key } = await troupe.grant({ account: 'slow', name: 'k', role: 'manager' }, 1);
  expect(
    await send(...(['POST /api/v1/files/upload/stream', formType] as const), form, key, async () => undefined),
  ).toBe(200);
});
