import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { imageRequest, videoRequest } from '../helpers/flow-bodies.ts';
import { standInCredentials, startStandIn } from '../helpers/stand-in-kling/stand-in.ts';
import { type StandInS3, startStandInS3 } from '../helpers/stand-in-s3/stand-in-s3.ts';
import { type MediaOrigin, startOrigin } from '../helpers/start-origin.ts';
import { type StartedTroupe, startTroupe } from '../helpers/start-troupe.ts';
import { until } from '../helpers/until.ts';
import { upload } from '../helpers/upload.ts';

let s3: StandInS3;
let origin: MediaOrigin;
let troupe: StartedTroupe;
beforeAll(async () => {
  s3 = await startStandInS3();
  origin = await startOrigin();
  origin.serve('/car.jpg', async (_, response) => response.end(await readFile('demo/media/rc-car-front.jpg')));
  const environment = { ...s3.environment, TROUPE_S3_PREFIX: 'team/', TROUPE_ELEMENT_ENGINE: '' };
  troupe = await startTroupe({ worker: true, environment });
});
afterAll(async () => {
  await troupe[Symbol.asyncDispose]();
  await origin[Symbol.asyncDispose]();
  await s3[Symbol.asyncDispose]();
});

test('with a bucket, inputs, elements and videos lie there and nowhere else, and are served from there', async () => {
  const inline = `data:image/jpeg;base64,${(await readFile('demo/media/rc-car-front.jpg')).toString('base64')}`;
  const made = await troupe.submit(imageRequest(inline, [origin.url('/car.jpg')]));
  const element = await troupe.waitForEnd(made.body.id);
  expect(element.error).toBeUndefined();
  const { element_id } = element.result_data;
  const isElements = (key: string) => key === 'team/troupe-identity' || key.startsWith(`team/elements/${element_id}/`);
  await until('the end of the inputs', () => s3.keys().length > 1 && s3.keys().every(isElements));

  const file = await fetch(`${troupe.url}/v1/elements/${element_id}/files/sheet.webp`, {
    headers: { authorization: `Bearer ${troupe.key.key}`, range: 'bytes=8-11' },
  });
  expect([file.status, await file.text()]).toEqual([206, 'WEBP']);

  const asked = await troupe.submit({
    model: 'kling-o3-text-to-video',
    prompt: '<<<element_1>>> waits',
    duration: 3,
    model_params: { element_list: [{ element_id }] },
  });
  const video = await troupe.waitForEnd(asked.body.id);
  const bytes = Buffer.from(await (await fetch(video.results[0])).arrayBuffer());
  expect(bytes.subarray(4, 8).toString()).toBe('ftyp');
  expect(s3.keys().some((key) => key.startsWith('team/results/'))).toBe(true);
  await expect(stat(join(troupe.config.dataFolder, 'storage'))).rejects.toMatchObject({ code: 'ENOENT' });
});

test("a caller's file lies in the bucket, is served in pieces by its link, used by its id, and gone when it is deleted", async () => {
  const bytes = await readFile('demo/media/rc-car-front.jpg');
  const { body } = await upload(troupe, bytes);
  const { file_id, file_url } = body.data;
  const key = `team/files/${file_id}.jpg`;
  expect(s3.keys()).toContain(key);
  const piece = await fetch(file_url, { headers: { range: 'bytes=0-2' } });
  expect([piece.status, Buffer.from(await piece.arrayBuffer()).toString('hex')]).toEqual([206, 'ffd8ff']);
  expect(Buffer.from(await (await fetch(file_url)).arrayBuffer()).equals(bytes)).toBe(true);

  const made = await troupe.submit(imageRequest(`file:${file_id}`, [file_url]));
  expect((await troupe.waitForEnd(made.body.id)).error).toBeUndefined();
  expect((await troupe.call('DELETE', `/api/v1/files/${file_id}`)).status).toBe(200);
  expect(s3.keys()).not.toContain(key);
});

test('an upload to the bucket that is cut off in the middle leaves nothing there and frees its place', async () => {
  const used = async () => (await troupe.call('GET', '/api/v1/files/quota')).body.data;
  const before = await used();
  const stop = new AbortController();
  const start = '--x\r\ncontent-disposition: form-data; name="file"; filename="a.jpg"\r\n\r\n';
  async function* half() {
    yield Buffer.concat([Buffer.from(start), await readFile('demo/media/rc-car-front.jpg')]);
    await until('its place', async () => (await used()).used_files === before.used_files + 1);
    stop.abort();
    await new Promise(() => undefined);
  }
  const sent = fetch(`${troupe.url}/api/v1/files/upload/stream`, {
    method: 'POST',
    headers: { authorization: `Bearer ${troupe.key.key}`, 'content-type': 'multipart/form-data; boundary=x' },
    body: ReadableStream.from(half()),
    duplex: 'half',
    signal: stop.signal,
  } as RequestInit);
  await expect(sent).rejects.toThrow();
  await until('the free place', async () => (await used()).used_files === before.used_files);
  expect(await used()).toEqual(before);
  expect(s3.keys().filter((key) => key.startsWith('team/files/'))).toEqual([]);
});

test('with links of the bucket the Kling API fetches a clip without an address of this server', async () => {
  await using standIn = await startStandIn({ taskMs: 100 });
  await using server = await startTroupe({
    worker: true,
    environment: {
      ...s3.environment,
      TROUPE_S3_LINK_ENDPOINT: s3.endpoint,
      TROUPE_KLING_BASE_URL: standIn.url,
      TROUPE_KLING_ACCESS_KEY: standInCredentials.accessKey,
      TROUPE_KLING_SECRET_KEY: standInCredentials.secretKey,
      TROUPE_ELEMENT_ENGINE: '',
    },
  });
  origin.serve('/clip.mp4', async (_, response) => response.end(await readFile('demo/media/juggle.mp4')));
  const made = await server.submit(videoRequest(origin.url('/clip.mp4')));
  const element = await server.waitForEnd(made.body.id);
  expect(element.error).toBeUndefined();
  const [task] = standIn.tasks();
  expect(JSON.stringify(task?.body)).toContain(`${s3.endpoint}/troupe/published/`);
  await until('the end of the copy', () => !s3.keys().some((key) => key.startsWith('published/')));
});
