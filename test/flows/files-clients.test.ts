import { openAsBlob } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  createClient,
  deleteFile,
  downloadFile,
  getFileQuota,
  listFiles,
  TroupeError,
  uploadFile,
  uploadFileFromUrl,
} from '../../client/index.ts';
import { runCommand } from '../helpers/run-command.ts';
import { type MediaOrigin, startOrigin } from '../helpers/start-origin.ts';
import { type StartedTroupe, startTroupe } from '../helpers/start-troupe.ts';
import { drawJpeg } from '../helpers/upload.ts';

let troupe: StartedTroupe;
let origin: MediaOrigin;
let folder: string;
let jpeg: Buffer;
beforeAll(async () => {
  [troupe, origin, folder, jpeg] = await Promise.all([
    startTroupe({ environment: { TROUPE_FILES_MAX: '3' } }),
    startOrigin(),
    mkdtemp(join(tmpdir(), 'troupe-files-')),
    drawJpeg(),
  ]);
  await writeFile(join(folder, 'front.jpg'), jpeg);
});
afterAll(async () => {
  await troupe[Symbol.asyncDispose]();
  await origin[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

test('the typed client uploads, lists, downloads and deletes, and tells refusals by their code', async () => {
  const client = createClient({ baseUrl: troupe.url, key: troupe.key.key });
  origin.serve('/a.jpg', (_, response) => response.end(jpeg));
  const blob = await openAsBlob(join(folder, 'front.jpg'));
  const kept = await uploadFile(client, blob, { fileName: 'front.jpg', uploadPath: 'cars' });
  const fetched = await uploadFileFromUrl(client, origin.url('/a.jpg'));
  expect([kept.file_name, kept.upload_path, fetched.original_name]).toEqual(['front.jpg', 'cars', 'a.jpg']);
  const page = await listFiles(client, { limit: 1 });
  expect(page.files).toEqual([fetched]);
  const next = await listFiles(client, { limit: 1, cursor: page.next_cursor as string });
  expect(next).toEqual({ files: [kept], next_cursor: null });
  expect((await buffer(await downloadFile(client, kept.file_id))).equals(jpeg)).toBe(true);
  expect(await getFileQuota(client)).toMatchObject({ used_files: 2, max_files: 3, used_bytes: 2 * jpeg.length });
  await uploadFile(client, blob);
  const refused = await uploadFile(client, blob).catch((error) => error);
  expect(refused).toBeInstanceOf(TroupeError);
  expect(refused).toMatchObject({ code: 'file_quota_exceeded', status: 409, param: 'file' });
  for (const { file_id } of (await listFiles(client)).files) await deleteFile(client, file_id);
  await expect(deleteFile(client, kept.file_id)).rejects.toMatchObject({ code: 'file_not_found', status: 404 });
});

test('the command line uploads, lists, downloads and deletes, in words and as JSON', async () => {
  const environment = { TROUPE_URL: troupe.url, TROUPE_API_KEY: troupe.key.key };
  const run = (...words: string[]) => runCommand(words, environment);
  const spoken = await run('files', 'upload', join(folder, 'front.jpg'));
  expect([spoken.code, spoken.stdout]).toEqual([
    0,
    expect.stringMatching(/^file +file_\w+ {2}front\.jpg {2}image\/jpeg/),
  ]);
  const uploaded = await run('files', 'upload', '--json', '--name', 'b.jpg', join(folder, 'front.jpg'));
  const { file_id } = JSON.parse(uploaded.stdout);
  expect((await run('files', 'list')).stdout).toMatch(/b\.jpg\n.*front\.jpg\n2 of 3 files, /);
  const saved = join(folder, 'saved', 'c.jpg');
  expect((await run('files', 'download', `file:${file_id}`, '-o', saved)).code).toBe(0);
  expect((await readFile(saved)).equals(jpeg)).toBe(true);
  expect((await run('files', 'delete', file_id)).code).toBe(0);
  const gone = await run('files', 'delete', '--json', file_id);
  expect([gone.code, JSON.parse(gone.stdout).error.code]).toEqual([1, 'file_not_found']);
  expect((await run('files', 'upload', join(folder, 'missing.jpg'))).code).toBe(2);
  expect((await run('files', 'upload')).code).toBe(2);
});

test('the forms that clients of the hosted service send are taken, and answered with all that they read', async () => {
  const base = `${troupe.url}/api/v1/files`;
  const authorization = `Bearer ${troupe.key.key}`;
  // biome-ignore lint/suspicious/noExplicitAny: bodies are judged by the tests
  const read = async (answer: Response | Promise<Response>) => (await (await answer).json()) as any;
  const quota = async () => (await read(fetch(`${base}/quota`, { headers: { authorization } }))).data;
  const before = await quota();
  const form = new FormData();
  form.append('file', new Blob([new Uint8Array(jpeg)], { type: 'image/jpeg' }), 'front.jpg');
  form.append('uploadPath', 'cars');
  form.append('fileName', 'car.jpg');
  const sent = [
    { path: 'stream', init: { body: form } },
    {
      path: 'base64',
      init: {
        body: JSON.stringify({ base64_data: jpeg.toString('base64'), upload_path: 'cars', file_name: 'car.jpg' }),
        headers: {
          'content-type': 'application/json',
          'x-evo-run-id': 'run-1',
          'idempotency-key': 'run-0123456789abcdef',
        },
      },
    },
  ];
  for (const { path, init } of sent) {
    const headers = { authorization, ...init.headers };
    const answer = await fetch(`${base}/upload/${path}`, { method: 'POST', ...init, headers });
    const { success, data } = await read(answer);
    expect([answer.status, success]).toEqual([200, true]);
    expect(data).toMatchObject({ file_name: 'car.jpg', upload_path: 'cars', mime_type: 'image/jpeg' });
    expect(data.original_name).toMatch(/^(front|car)\.jpg$/);
    expect(data.file_size).toBe(jpeg.length);
    const list = await read(fetch(`${base}/list?page=1&pageSize=20`, { headers: { authorization } }));
    expect(list.data.files[0]).toMatchObject({ file_id: data.file_id, file_name: 'car.jpg', file_size: jpeg.length });
    expect((await quota()).remain_files).toBe(before.remain_files - 1);
    const deleted = await fetch(`${base}/${data.file_id}`, { method: 'DELETE', headers: { authorization } });
    expect((await read(deleted)).success).toBe(true);
  }
  const gone = await fetch(`${base}/file_zzzzzzzzzzzzzzzzzzzzzzzz`, { method: 'DELETE', headers: { authorization } });
  expect(await read(gone)).toMatchObject({ success: false, code: 404, msg: expect.stringContaining('no such file') });
});
