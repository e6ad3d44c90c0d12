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
import { runTroupe } from '../helpers/run-command-line.ts';
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
  const run = (...words: string[]) => runTroupe(words, environment);
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
