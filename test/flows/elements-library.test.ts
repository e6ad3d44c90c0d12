import { createHash } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createClient, downloadElementFile, getElement } from '../../client/index.ts';
import { expire } from '../../src/flow/index.ts';
import { imageRequest } from '../helpers/flow-bodies.ts';
import { type MediaOrigin, startOrigin } from '../helpers/start-origin.ts';
import { type StartedTroupe, startTroupe } from '../helpers/start-troupe.ts';

let origin: MediaOrigin;
let troupe: StartedTroupe;
let stranger: string;
let elementId: string;

beforeAll(async () => {
  origin = await startOrigin();
  troupe = await startTroupe({ worker: true, environment: { TROUPE_ELEMENT_ENGINE: 'local' } });
  stranger = (await troupe.grant({ account: 'stranger', name: 'k' }, 5)).key;
  elementId = await makeElement();
});
afterAll(async () => {
  await troupe[Symbol.asyncDispose]();
  await origin[Symbol.asyncDispose]();
});

async function makeElement(): Promise<string> {
  const { body } = await troupe.submit(imageRequest(origin.url('/duck.jpg')));
  const task = await troupe.waitForEnd(body.id);
  return task.result_data.element_id;
}

const get = (path: string, headers: Record<string, string> = {}) =>
  fetch(`${troupe.url}${path}`, { headers: { authorization: `Bearer ${troupe.key.key}`, ...headers } });

test('the library lists elements newest first, and one is shown with what was measured of it', async () => {
  const second = await makeElement();
  const { body: page } = await troupe.call('GET', '/v1/elements?page_size=1');
  expect(page).toMatchObject({ total: 2, page: 1, page_size: 1, data: [{ element_id: second }] });
  const { body: element } = await troupe.call('GET', `/v1/elements/${elementId}`);
  expect(element).toMatchObject({ element_id: elementId, element_name: 'My Character', engine: 'local' });
  expect(element.sources).toHaveLength(2);
  expect(element.colors.length).toBeGreaterThan(0);
  expect(element.report.length).toBeGreaterThan(0);
});

test('every file of an element is fetched by its owner, byte for byte as its manifest says', async () => {
  const { body: element } = await troupe.call('GET', `/v1/elements/${elementId}`);
  const { body: manifest } = await troupe.call('GET', `/v1/elements/${elementId}/files/element.json`);
  expect(element.files.map((file: { name: string }) => file.name)).toEqual(
    manifest.files.map((file: { name: string }) => file.name),
  );
  for (const { name, url, media_type } of element.files) {
    const answer = await fetch(url, { headers: { authorization: `Bearer ${troupe.key.key}` } });
    const bytes = Buffer.from(await answer.arrayBuffer());
    const { sha256 } = manifest.files.find((file: { name: string }) => file.name === name);
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(sha256);
    expect(answer.headers.get('content-type')).toBe(media_type);
    expect(answer.headers.get('content-security-policy')).toContain('sandbox');
  }
});

test('a client fetches the files where it found the server, whatever address that has for others', async () => {
  const client = createClient({ baseUrl: troupe.url, key: troupe.key.key });
  const http = troupe.context.config.flow as { publicUrl: string | undefined };
  http.publicUrl = 'https://troupe.example.com';
  const element = await getElement(client, elementId);
  http.publicUrl = undefined;
  const [file] = element.files;
  expect(file?.url).toBe(`https://troupe.example.com/v1/elements/${elementId}/files/${file?.name}`);
  const bytes = await buffer(await downloadElementFile(client, elementId, file?.name ?? ''));
  expect(bytes.length).toBe(file?.bytes);
});

test('a part of a file is sent where a range is asked for, and a range outside is refused', async () => {
  const path = `/v1/elements/${elementId}/files/sheet.webp`;
  const whole = Buffer.from(await (await get(path)).arrayBuffer());
  const part = await get(path, { range: 'bytes=10-19' });
  expect([part.status, part.headers.get('content-range')]).toEqual([206, `bytes 10-19/${whole.length}`]);
  expect(Buffer.from(await part.arrayBuffer()).equals(whole.subarray(10, 20))).toBe(true);
  expect((await get(path, { range: `bytes=${whole.length}-` })).status).toBe(416);
  const head = await fetch(`${troupe.url}${path}`, {
    method: 'HEAD',
    headers: { authorization: `Bearer ${troupe.key.key}` },
  });
  expect(head.headers.get('content-length')).toBe(String(whole.length));
});

test("somebody else's element, its files and its deletion answer like one that never existed", async () => {
  for (const path of ['', '/files/sheet.webp']) {
    const theirs = await troupe.call('GET', `/v1/elements/${elementId}${path}`, { key: stranger });
    const none = await troupe.call('GET', `/v1/elements/4129876500123456${path}`, { key: stranger });
    expect([theirs.status, none.status]).toEqual([404, 404]);
    expect({ ...theirs.body.error, request_id: '' }).toEqual({ ...none.body.error, request_id: '' });
  }
  const deleted = await troupe.call('DELETE', `/v1/elements/${elementId}`, { key: stranger });
  expect([deleted.status, deleted.body.error.code]).toEqual([404, 'element_not_found']);
  expect((await troupe.call('GET', `/v1/elements/${elementId}`)).status).toBe(200);
  expect((await troupe.call('GET', '/v1/elements', { key: stranger })).body.total).toBe(0);
});

test('an id that can be none is told what ids are', async () => {
  const { status, body } = await troupe.call('GET', '/v1/elements/my-element');
  expect([status, body.error.message]).toEqual([
    400,
    "element_id: is 'my-element', must be the 16 digits of an element",
  ]);
});

test.each(['../../secret', '..%2f..%2fsecret', '%00', 'element.json/..', 'a'.repeat(101)])(
  'a file name like %s finds nothing',
  async (name) => {
    const answer = await get(`/v1/elements/${elementId}/files/${name}`);
    expect([400, 404]).toContain(answer.status);
  },
);

test('a deleted element is gone at once, its files an hour later, and deleting it again is a 404', async () => {
  const id = await makeElement();
  const { body } = await troupe.call('DELETE', `/v1/elements/${id}`);
  expect(body).toEqual({ element_id: id, status: 'deleted' });
  expect((await troupe.call('GET', `/v1/elements/${id}`)).status).toBe(404);
  expect((await troupe.call('DELETE', `/v1/elements/${id}`)).status).toBe(404);
  const listStored = () => Array.fromAsync(troupe.context.storage.list(`elements/${id}/`));
  await expire(troupe.context);
  expect((await listStored()).length).toBeGreaterThan(0);
  const { now } = troupe.context.clock;
  troupe.context.clock.now = () => new Date(Date.now() + 2 * 3_600_000);
  await expire(troupe.context);
  troupe.context.clock.now = now;
  expect(await listStored()).toEqual([]);
  expect((await troupe.call('GET', `/v1/elements/${elementId}`)).status).toBe(200);
});
