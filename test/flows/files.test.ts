import { readFile } from 'node:fs/promises';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { expire } from '../../src/flow/index.ts';
import { imageRequest, videoRequest } from '../helpers/flow-bodies.ts';
import { sendRaw } from '../helpers/send-raw.ts';
import { type MediaOrigin, startOrigin } from '../helpers/start-origin.ts';
import { type StartedTroupe, startTroupe } from '../helpers/start-troupe.ts';
import { until } from '../helpers/until.ts';
import { drawJpeg, upload } from '../helpers/upload.ts';

let troupe: StartedTroupe;
let origin: MediaOrigin;
let other: { key: string };
let jpeg: Buffer;
const limits = { TROUPE_FILES_MAX: '4', TROUPE_FILES_BYTES: '1000000', TROUPE_FILE_BYTES_MAX: '300000' };

beforeAll(async () => {
  jpeg = await drawJpeg();
  origin = await startOrigin();
  troupe = await startTroupe({ environment: limits });
  other = await troupe.grant({ account: 'somebody else', name: 'other key' }, 10);
});
afterAll(async () => {
  await troupe[Symbol.asyncDispose]();
  await origin[Symbol.asyncDispose]();
});
beforeEach(async () => {
  const { body } = await troupe.call('GET', '/api/v1/files/list?pageSize=100');
  for (const { file_id } of body.data.files) await troupe.call('DELETE', `/api/v1/files/${file_id}`);
});

const quota = async () => (await troupe.call('GET', '/api/v1/files/quota')).body.data;
const storedKeys = async () => (await Array.fromAsync(troupe.context.storage.list('files/'))).map(({ key }) => key);
const countRows = async () =>
  (
    await sql<{ count: number }>`select count(*) as count from files where deleted_at is null`.execute(
      troupe.database.db,
    )
  ).rows[0]?.count;

/** Nothing is kept and no place is taken. */
async function expectNothingLeft(): Promise<void> {
  const isFree = async () => (await countRows()) === 0 && (await quota()).used_files === 0;
  await until('nothing to be left', async () => ((await isFree()) && (await storedKeys()).length === 0 ? true : null));
}

test('a form with a file is kept and answered in the words of the hosted service, by its bytes and not its name', async () => {
  const fields = { fileName: 'front.jpg', uploadPath: '/cars/red/' };
  const { status, body } = await upload(troupe, jpeg, { name: 'IMG 1.png', fields });
  expect([status, body.success, body.code, body.msg]).toEqual([200, true, 200, 'success']);
  expect(body.data).toMatchObject({
    file_id: expect.stringMatching(/^file_[a-z0-9]{24}$/),
    file_name: 'front.jpg',
    original_name: 'IMG 1.png',
    file_size: jpeg.length,
    mime_type: 'image/jpeg',
    upload_path: 'cars/red',
  });
  const lives = Date.parse(body.data.expires_at) - Date.parse(body.data.upload_time);
  expect(lives).toBe(72 * 3_600_000);
  for (const url of [body.data.file_url, body.data.download_url]) {
    const answer = await fetch(url);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'image/jpeg']);
    expect(Buffer.from(await answer.arrayBuffer()).equals(jpeg)).toBe(true);
  }
  const download = await fetch(body.data.download_url, { headers: { range: 'bytes=0-1' } });
  expect(download.status).toBe(206);
  expect(download.headers.get('content-disposition')).toContain('filename="front.jpg"');
  const asSaved = await troupe.call('GET', `/api/v1/files/download/${body.data.file_id}`);
  expect(asSaved.status).toBe(200);
});

test('base64, bare or as a data URL, and a URL are kept like a form', async () => {
  origin.serve('/pictures/r%C3%A4der.jpg', (_, response) => response.end(jpeg));
  const bodies = [
    ['base64', { base64_data: jpeg.toString('base64'), file_name: 'a.jpg' }],
    ['base64', { base64_data: `data:image/png;base64,${jpeg.toString('base64')}` }],
    ['url', { file_url: origin.url('/pictures/r%C3%A4der.jpg') }],
  ] as const;
  const kept = [];
  for (const [way, body] of bodies) kept.push(await troupe.call('POST', `/api/v1/files/upload/${way}`, { body }));
  expect(kept.map(({ status }) => status)).toEqual([200, 200, 200]);
  const files = kept.map(({ body }) => body.data);
  expect(files.map(({ mime_type, file_size }) => [mime_type, file_size])).toEqual(
    Array(3).fill(['image/jpeg', jpeg.length]),
  );
  expect(files[0].file_name).toBe('a.jpg');
  expect(files[1].file_name).toBe(`${files[1].file_id}.jpg`);
  expect([files[2].file_name, files[2].original_name]).toEqual(['räder.jpg', 'räder.jpg']);
  const copied = await troupe.call('POST', '/api/v1/files/upload/url', {
    body: { file_url: `file:${files[0].file_id}` },
  });
  expect([copied.status, copied.body.data.sha256]).toEqual([200, files[0].sha256]);
});

test('a URL that the guarded network refuses, or that brings nothing, is refused with its field and nothing is kept', async () => {
  const statuses = [];
  for (const file_url of [
    'ftp://example.com/a.jpg',
    'http://10.0.0.1/a.jpg',
    origin.url('/missing.jpg'),
    'file:///etc/passwd',
  ]) {
    const { status, body } = await troupe.call('POST', '/api/v1/files/upload/url', { body: { file_url } });
    statuses.push(status);
    expect(body).toMatchObject({ success: false, code: 400, msg: expect.stringContaining('file_url: ') });
    expect(body.error.param).toBe('file_url');
  }
  expect(statuses).toEqual([400, 400, 400, 400]);
  await expectNothingLeft();
});

test('503 beyond the places for files from URLs, before anything is fetched: an account alone takes half of them', async () => {
  await using server = await startTroupe({ environment: { TROUPE_ARRIVALS: '2' } });
  const { key } = await server.grant({ account: 'somebody else', name: 'other key' }, 10);
  const send = (path: string, options = {}) => {
    return server.call('POST', '/api/v1/files/upload/url', { body: { file_url: origin.url(path) }, ...options });
  };
  const { asked, open } = origin.gate('/held/a.jpg', 'duck.jpg');
  const held = send('/held/a.jpg');
  await asked;
  const refused = await send('/never/asked.jpg');
  expect([refused.status, refused.body.error.code]).toEqual([503, 'service_unavailable']);
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
  expect(origin.calls('/never/asked.jpg')).toBe(0);
  expect((await send('/other/duck.jpg', { key })).status).toBe(200);
  open();
  expect((await held).status).toBe(200);
  expect((await send('/after/duck.jpg')).status).toBe(200);
});

test('what is no picture, video or sound is refused with 415, whatever it says it is, and nothing is kept', async () => {
  for (const bytes of ['GIF89a', '<html><script>', '%PDF-1.7', 'PK\u0003\u0004', '']) {
    const { status, body } = await upload(troupe, Buffer.from(bytes), { name: 'picture.jpg' });
    expect([status, body.success]).toEqual([415, false]);
    expect(body.msg).toMatch(/^file: is .*expected a JPEG, PNG, WebP, HEIC or AVIF picture/);
  }
  await expectNothingLeft();
});

test('sound and video are told by their bytes', async () => {
  const cases = {
    'image/heic': '\0\0\0\u0018ftypheic\0\0\0\0mif1heic',
    'image/avif': '\0\0\0\u0018ftypavif\0\0\0\0mif1avif',
    'image/webp': 'RIFF\0\0\0\0WEBPVP8 ',
    'video/mp4': '\0\0\0\u0018ftypisom\0\0\0\0isom',
    'video/quicktime': '\0\0\0\u0014ftypqt  \0\0\0\0',
    'audio/wav': 'RIFF\0\0\0\0WAVEfmt ',
    'audio/mpeg': '\u00ff\u00fb\u0090\u0044',
    'audio/aac': '\u00ff\u00f1\u0050\u0080',
    'audio/mp4': '\0\0\0\u0018ftypM4A \0\0\0\0M4A ',
    'audio/flac': 'fLaC',
    'audio/ogg': 'OggS',
  };
  for (const [type, head] of Object.entries(cases)) {
    const { body } = await upload(troupe, Buffer.concat([Buffer.from(head, 'latin1'), Buffer.alloc(64)]));
    expect(body.data?.mime_type).toBe(type);
    await troupe.call('DELETE', `/api/v1/files/${body.data.file_id}`);
  }
});

test('a file of exactly the largest size is kept, one byte more is refused with 413, announced or not', async () => {
  const padded = (bytes: number) => Buffer.concat([jpeg, Buffer.alloc(bytes - jpeg.length)]);
  expect((await upload(troupe, padded(300_000))).status).toBe(200);
  expect((await upload(troupe, padded(300_001))).status).toBe(413);
  expect((await upload(troupe, padded(600_000))).status).toBe(413);
  const { status } = await troupe.call('POST', '/api/v1/files/upload/base64', {
    body: { base64_data: padded(300_001).toString('base64') },
  });
  expect(status).toBe(413);
  const boundary = 'unannounced';
  const chunked = await fetch(`${troupe.url}/api/v1/files/upload/stream`, {
    method: 'POST',
    headers: { authorization: `Bearer ${troupe.key.key}`, 'content-type': `multipart/form-data; boundary=${boundary}` },
    body: new ReadableStream({
      start(controller) {
        controller.enqueue(Buffer.from(`--${boundary}\r\n${disposition}\r\n\r\n`));
        controller.enqueue(padded(300_001));
        controller.enqueue(Buffer.from(`\r\n--${boundary}--\r\n`));
        controller.close();
      },
    }),
    duplex: 'half',
  } as RequestInit);
  expect(chunked.status).toBe(413);
  expect((await quota()).used_files).toBe(1);
});

test('uploads at the same time can not pass the quota of files, nor that of bytes', async () => {
  const many = await Promise.all(Array.from({ length: 9 }, () => upload(troupe, jpeg)));
  expect(many.map(({ status }) => status).sort()).toEqual([...Array(4).fill(200), ...Array(5).fill(409)]);
  const refused = many.find(({ status }) => status === 409);
  expect(refused?.body.error).toMatchObject({
    code: 'file_quota_exceeded',
    message: expect.stringContaining('4 of 4 files'),
  });
  expect(await quota()).toMatchObject({ used_files: 4, max_files: 4, remain_files: 0, user_group: 'default' });

  await using small = await startTroupe({
    environment: { TROUPE_FILES_BYTES: '500000', TROUPE_FILE_BYTES_MAX: '300000' },
  });
  const large = Buffer.concat([jpeg, Buffer.alloc(290_000 - jpeg.length)]);
  const two = await Promise.all([upload(small, large), upload(small, large)]);
  expect(two.map(({ status }) => status).sort()).toEqual([200, 409]);
  const rest = Buffer.concat([jpeg, Buffer.alloc(210_000 - jpeg.length)]);
  expect((await upload(small, rest)).status).toBe(200);
  expect((await upload(small, jpeg)).status).toBe(409);
});

const disposition = 'Content-Disposition: form-data; name="file"; filename="a.jpg"';
const tooMany = Array.from(
  { length: 40 },
  (_, at) => `--b\r\nContent-Disposition: form-data; name="f${at}"\r\n\r\nx\r\n`,
);
const hostile: Record<string, { type?: string; body: string; length?: number; close?: boolean }> = {
  'no boundary in the header': { type: 'multipart/form-data', body: '--b\r\n' },
  'another boundary in the body': { body: `--c\r\n${disposition}\r\n\r\nabc\r\n--c--\r\n` },
  'no part at all': { body: '--b--\r\n' },
  'no file': { body: '--b\r\nContent-Disposition: form-data; name="file_name"\r\n\r\na.jpg\r\n--b--\r\n' },
  'a file under another name': { body: `--b\r\n${disposition.replace('file"', 'image"')}\r\n\r\nabc\r\n--b--\r\n` },
  'two files': {
    body: `--b\r\n${disposition}\r\n\r\n\u00ff\u00d8\r\n--b\r\n${disposition}\r\n\r\n\u00ff\u00d8\r\n--b--\r\n`,
  },
  'an endless header': { body: `--b\r\n${disposition}\r\nX: ${'y'.repeat(200_000)}` },
  'an endless preamble': { body: 'y'.repeat(200_000) },
  'many parts': { body: `${tooMany.join('')}--b--\r\n` },
  'a large field': {
    body: `--b\r\nContent-Disposition: form-data; name="file_name"\r\n\r\n${'a'.repeat(9000)}\r\n--b--\r\n`,
  },
  'a missing end': { body: `--b\r\n${disposition}\r\n\r\n\u00ff\u00d8\u00ff\u00e0 and no end` },
  'a large file and a missing end': {
    body: `--b\r\n${disposition}\r\n\r\n\u00ff\u00d8\u00ff\u00e0${'x'.repeat(250_000)}`,
  },
  'a shorter body than announced': { body: `--b\r\n${disposition}\r\n\r\n\u00ff\u00d8`, length: 5000, close: true },
  'a longer body than announced': { body: `--b\r\n${disposition}\r\n\r\n\u00ff\u00d8\u00ff\r\n--b--\r\n`, length: 75 },
  'a name that leads out': {
    body: `--b\r\n${disposition}\r\n\r\n\u00ff\u00d8\r\n--b\r\nContent-Disposition: form-data; name="upload_path"\r\n\r\n../../etc\r\n--b--\r\n`,
  },
};

for (const [what, { type = 'multipart/form-data; boundary=b', body, length, close }] of Object.entries(hostile)) {
  test(`a form with ${what} is refused, leaves nothing behind and frees its place`, async () => {
    const bytes = Buffer.from(body, 'latin1');
    const head = [
      'POST /api/v1/files/upload/stream HTTP/1.1',
      'Host: localhost',
      `Authorization: Bearer ${troupe.key.key}`,
      `Content-Type: ${type}`,
      `Content-Length: ${length ?? bytes.length}`,
      '',
      '',
    ];
    const answer = await sendRaw(troupe.port, [head.join('\r\n'), bytes], close ? { limitMs: 1000 } : { answers: 1 });
    expect(answer.statuses[0] ?? 400).toBe(400);
    await expectNothingLeft();
    expect((await troupe.call('GET', '/healthz')).status).toBe(200);
  });
}

test('an upload that is cut off in the middle leaves nothing behind and frees its place', async () => {
  const head = `POST /api/v1/files/upload/stream HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${troupe.key.key}\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: 250000\r\n\r\n`;
  const begun = sendRaw(troupe.port, [head, `--b\r\n${disposition}\r\n\r\n`, jpeg, Buffer.alloc(90_000)], {
    limitMs: 1500,
  });
  await until('the upload to be under way', async () => ((await quota()).used_files === 1 ? true : null));
  await begun;
  await expectNothingLeft();
});

test('no body is read for a stranger, a wrong type, or where no place is left', async () => {
  const send = async (lines: string[]) => {
    const head = [
      'POST /api/v1/files/upload/stream HTTP/1.1',
      'Host: localhost',
      'Expect: 100-continue',
      ...lines,
      '',
      '',
    ];
    return (await sendRaw(troupe.port, [head.join('\r\n')], { answers: 1 })).text;
  };
  const form = ['Content-Type: multipart/form-data; boundary=b', 'Content-Length: 200000'];
  const authorization = `Authorization: Bearer ${troupe.key.key}`;
  expect(await send(form)).toMatch(/^HTTP\/1\.1 401 /);
  expect(await send([authorization, 'Content-Type: image/jpeg', 'Content-Length: 200000'])).toMatch(/^HTTP\/1\.1 415 /);
  expect(await send([authorization, form[0] as string, 'Content-Length: 5000000'])).toMatch(/^HTTP\/1\.1 413 /);
  for (let at = 0; at < 4; at++) await upload(troupe, jpeg);
  expect(await send([authorization, ...form])).toMatch(/^HTTP\/1\.1 409 /);
});

test("another account's file is as if it had never existed, on every route", async () => {
  const { body } = await upload(troupe, jpeg);
  const { file_id } = body.data;
  const absent = 'file_zzzzzzzzzzzzzzzzzzzzzzzz';
  const ask = async (method: string, path: string) => {
    const answer = await troupe.call(method, path, { key: other.key });
    const { request_id: _, ...error } = answer.body.error;
    return { status: answer.status, error };
  };
  expect(await ask('DELETE', `/api/v1/files/${file_id}`)).toEqual(await ask('DELETE', `/api/v1/files/${absent}`));
  expect(await ask('GET', `/api/v1/files/download/${file_id}`)).toEqual(
    await ask('GET', `/api/v1/files/download/${absent}`),
  );
  const list = await troupe.call('GET', '/api/v1/files/list', { key: other.key });
  expect(list.body.data).toEqual({ total: 0, files: [], next_cursor: null });
  const refuse = async (name: string) => {
    const answer = await troupe.call('POST', '/v1/videos/generations', {
      key: other.key,
      body: imageRequest(`file:${name}`),
    });
    return [answer.status, answer.body.error.message.replace(name, '')];
  };
  expect(await refuse(file_id)).toEqual(await refuse(absent));
  expect((await troupe.call('GET', '/api/v1/files/list')).body.data.total).toBe(1);
});

test('pages of the list hold every file once, newest first', async () => {
  const made = [];
  for (let at = 0; at < 4; at++) made.unshift((await upload(troupe, jpeg)).body.data.file_id);
  const pages = [];
  for (const page of [1, 2]) {
    pages.push((await troupe.call('GET', `/api/v1/files/list?page=${page}&pageSize=3`)).body.data);
  }
  expect(pages.map(({ total }) => total)).toEqual([4, 4]);
  expect(pages.flatMap(({ files }) => files.map((file: { file_id: string }) => file.file_id))).toEqual(made);
  expect((await troupe.call('GET', '/api/v1/files/list?pageSize=101')).status).toBe(400);
});

test('a deleted file frees its place and its bytes at once, and its links end', async () => {
  const { body } = await upload(troupe, jpeg);
  const deleted = await troupe.call('DELETE', `/api/v1/files/${body.data.file_id}`);
  expect([deleted.status, deleted.body.success]).toEqual([200, true]);
  await expectNothingLeft();
  expect((await fetch(body.data.file_url)).status).toBe(410);
  expect((await fetch(body.data.download_url)).status).toBe(410);
  expect((await troupe.call('DELETE', `/api/v1/files/${body.data.file_id}`)).status).toBe(404);
  const used = await troupe.submit(imageRequest(body.data.file_url));
  expect([used.status, used.body.error.param]).toEqual([400, 'model_params.element_image_list.frontal_image']);
});

test('links whose end or signature was changed are refused', async () => {
  const { file_id, file_url, download_url } = (await upload(troupe, jpeg)).body.data;
  expect((await fetch(file_url.replace(/files\/(\d+)/, 'files/9999999999'))).status).toBe(404);
  expect((await fetch(download_url.replace(/expires=\d+/, 'expires=9999999999'))).status).toBe(404);
  const another = (await upload(troupe, jpeg)).body.data.file_id;
  expect((await fetch(download_url.replace(file_id, another))).status).toBe(404);
  expect((await fetch(download_url.split('?')[0])).status).toBe(401);
});

test('a file is swept when its time is over, but not under an unfinished task that was given it', async () => {
  await using server = await startTroupe({ environment: { TROUPE_FILE_HOURS: '2' } });
  const free = (await upload(server, jpeg)).body.data;
  const used = (await upload(server, jpeg)).body.data;
  const { body: task } = await server.submit(imageRequest(used.file_url, [`file:${used.file_id}`]));
  expect(task.status).toBe('pending');
  expect((await server.call('DELETE', `/api/v1/files/${used.file_id}`)).status).toBe(200);
  const keys = async () => (await Array.fromAsync(server.context.storage.list('files/'))).map(({ key }) => key);
  expect(await keys()).toHaveLength(2);
  expect((await fetch(used.file_url)).status).toBe(410);

  const inThreeHours = new Date(Date.now() + 3 * 3_600_000);
  server.context.clock.now = () => inThreeHours;
  await expire(server.context);
  expect(await keys()).toEqual([`files/${used.file_id}.jpg`]);
  expect((await fetch(free.file_url)).status).toBe(410);

  server.startWorker();
  expect((await server.waitForEnd(task.id)).status).toBe('completed');
  await expire(server.context);
  expect(await keys()).toEqual([]);
});

test('an upload of a killed process lapses within a minute and its bytes are swept', async () => {
  await using server = await startTroupe();
  const { body } = await upload(server, jpeg);
  // As a kill between the bytes and the last statement leaves it.
  await sql`update files set arriving_until = now() + interval '1 minute'`.execute(server.database.db);
  const used = async () => (await server.call('GET', '/api/v1/files/quota')).body.data.used_files;
  expect(await used()).toBe(1);
  const soon = new Date(Date.now() + 61_000);
  server.context.clock.now = () => soon;
  expect(await used()).toBe(0);
  const later = new Date(Date.now() + 2 * 3_600_000);
  server.context.clock.now = () => later;
  await expire(server.context);
  expect(await Array.fromAsync(server.context.storage.list('files/'))).toEqual([]);
  expect((await server.call('DELETE', `/api/v1/files/${body.data.file_id}`)).status).toBe(404);
});

test('every URL field takes a stored file by its id and by its links, and nothing is fetched for it', async () => {
  await using server = await startTroupe({ worker: true, environment: { TROUPE_ALLOW_ADDRESSES: '' } });
  const clip = (await upload(server, await readFile('demo/media/juggle.mp4'), { name: 'juggle.mp4' })).body.data;
  const picture = (await upload(server, jpeg)).body.data;
  const elements = [
    imageRequest(`file:${picture.file_id}`, [picture.file_url, picture.download_url, ` ${picture.file_url} `.trim()]),
    videoRequest(`file:${clip.file_id}`),
    videoRequest(clip.file_url),
    videoRequest(clip.download_url.replace('127.0.0.1', 'localhost')),
  ];
  for (const body of elements) {
    const made = await server.submit(body);
    expect(made.body.error).toBeUndefined();
    expect((await server.waitForEnd(made.body.id)).status).toBe('completed');
  }
  const videos = [
    { model: 'kling-o3-image-to-video', image_start: `file:${picture.file_id}`, image_end: picture.file_url },
    { model: 'kling-o3-image-to-video', image_urls: [picture.download_url] },
    { model: 'kling-o3-reference-to-video', prompt: '<<<video_1>>>', video_url: `file:${clip.file_id}` },
    {
      model: 'kling-v3-motion-control',
      image_urls: [picture.file_url],
      video_urls: [clip.file_url],
      model_params: { character_orientation: 'image' },
    },
  ];
  for (const body of videos) {
    const made = await server.submit({ prompt: 'it turns', ...body });
    expect(made.body.error).toBeUndefined();
  }
});

test('a stored file of the other kind, and a link that has ended, are refused with their field', async () => {
  const picture = (await upload(troupe, jpeg)).body.data;
  const sound = (await upload(troupe, Buffer.concat([Buffer.from('fLaC'), Buffer.alloc(64)]))).body.data;
  const messages = [];
  for (const body of [
    videoRequest(`file:${picture.file_id}`),
    imageRequest(sound.file_url),
    imageRequest('file:picture.jpg'),
    imageRequest(picture.file_url, ['file:///etc/passwd']),
  ]) {
    const { status, body: refused } = await troupe.submit(body);
    expect(status).toBe(400);
    messages.push(refused.error.message.replace(/^[^:]*: /, ''));
  }
  expect(messages).toEqual([
    'the file is image/jpeg, expected a video',
    'the file is audio/flac, expected an image',
    "must name a stored file like file:file_…, names 'picture.jpg'",
    'must use http or https, uses file',
  ]);
});

test('an upload that is repeated under its own name answers the first one, and its receipt tells of it', async () => {
  const headers = { 'x-evo-upload-id': 'cli-up-0123456789abcdef' };
  const first = await upload(troupe, jpeg, { headers });
  const again = await upload(troupe, jpeg, { headers });
  expect([again.status, again.body.data.file_id]).toEqual([200, first.body.data.file_id]);
  expect((await quota()).used_files).toBe(1);
  const receipt = await troupe.call('GET', `/api/v1/files/upload-receipts/${headers['x-evo-upload-id']}`);
  expect(receipt.body.data).toMatchObject({
    state: 'done',
    result_verified: true,
    file: { file_id: first.body.data.file_id },
  });
  const foreign = await troupe.call('GET', `/api/v1/files/upload-receipts/${headers['x-evo-upload-id']}`, {
    key: other.key,
  });
  expect(foreign.body.data).toMatchObject({ state: 'outcome_unknown', result_verified: false });
});

test('pages by cursor hold every file once, whatever is deleted meanwhile', async () => {
  const made = [];
  for (let at = 0; at < 4; at++) made.unshift((await upload(troupe, jpeg)).body.data.file_id);
  const first = (await troupe.call('GET', '/api/v1/files/list?limit=2')).body.data;
  await troupe.call('DELETE', `/api/v1/files/${made[1]}`);
  const second = (await troupe.call('GET', `/api/v1/files/list?limit=2&cursor=${first.next_cursor}`)).body.data;
  expect([first, second].flatMap(({ files }) => files.map((file: { file_id: string }) => file.file_id))).toEqual(made);
  expect(second.next_cursor).toBeNull();
});
