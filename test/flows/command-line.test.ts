import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runCommand } from '../helpers/run-command.ts';
import { type Environment, type RunningServer, startProcess, startServe } from '../helpers/run-command-line.ts';
import { openTestDatabase, type TestDatabase } from '../helpers/test-database.ts';

const pictures = ['demo/media/rc-car-front.jpg', 'demo/media/rc-car-side.jpg'];
const names = ['--name', 'RC car', '--description', 'A toy car'];

let database: TestDatabase;
let folder: string;
let server: RunningServer;
let settings: Environment;
const media = createServer(async (_, response) => response.end(await readFile('demo/media/juggle.mp4')));

beforeAll(async () => {
  await new Promise<void>((done) => media.listen(0, '127.0.0.1', done));
  database = await openTestDatabase();
  folder = await mkdtemp(join(tmpdir(), 'troupe-cli-'));
  const own = {
    DATABASE_URL: database.url,
    TROUPE_DATA_DIR: folder,
    TROUPE_LOG_LEVEL: 'error',
    // A build without the networks is quicker and unsure of a cut-out, so that there is something to warn of.
    TROUPE_PEOPLE_NETWORKS: 'off',
    TROUPE_THINGS_NETWORK: 'off',
  };
  server = await startServe({ ...own, TROUPE_ALLOW_ADDRESSES: '127.0.0.1/32', TROUPE_STARTER_CREDITS: '50' });
  settings = { ...own, TROUPE_URL: server.url, TROUPE_API_KEY: server.key };
});

afterAll(async () => {
  media.closeAllConnections();
  media.close();
  await server?.[Symbol.asyncDispose]();
  await database?.close();
  await rm(folder, { recursive: true, force: true });
});

test('an element from local pictures: progress in plain lines, the id and the charge at the end, exit code 0', async () => {
  const ran = await runCommand(['elements', 'create', ...names, '--wait', ...pictures], settings);
  expect(ran).toMatchObject({ code: 0 });
  expect(ran.stdout).toMatch(/^element_id {2}[1-9]\d{15}\n/);
  expect(ran.stdout).toContain('charged     1 credit(s)');
  const [, id = ''] = /^element_id {2}(\d{16})/.exec(ran.stdout) ?? [];
  const { report } = JSON.parse((await runCommand(['elements', 'get', id, '--json'], settings)).stdout);
  const warnings = report.filter(({ level }: { level: string }) => level === 'warning');
  expect(warnings).not.toEqual([]);
  const files = { frontal_image: pictures[0], 'refer_images[0].image_url': pictures[1] };
  for (const { message } of warnings) {
    const named = Object.entries(files).reduce(
      (text, [path, file]) => text.replace(`model_params.element_image_list.${path}`, `${file} ($&)`),
      message as string,
    );
    expect(ran.stdout).toContain(`\nwarning     ${named}\n`);
  }
  expect(ran.stderr).toMatch(/completed, 100 %\n$/);
  expect(ran.stderr).not.toContain('\x1b');
});

test('an element from a video URL, and its task afterwards, as one JSON object each and nothing else', async () => {
  const { port } = media.address() as AddressInfo;
  const video = ['--video', `http://127.0.0.1:${port}/clip.mp4`];
  const created = await runCommand(['elements', 'create', ...names, ...video, '--json'], settings);
  expect(created).toMatchObject({ code: 0, stderr: '' });
  const { id } = JSON.parse(created.stdout) as { id: string };
  const waited = await runCommand(['tasks', 'get', id, '--wait', '--json'], settings);
  expect(waited).toMatchObject({ code: 0, stderr: '' });
  expect(JSON.parse(waited.stdout)).toMatchObject({ id, status: 'completed', usage: { credits_used: 1 } });
  const listed = await runCommand(['tasks', 'list', '--json'], settings);
  expect((JSON.parse(listed.stdout) as { data: { id: string }[] }).data.map((task) => task.id)).toContain(id);
});

test('an element is listed, looked at and saved; a video with it is saved as an MP4; deleted it is gone', async () => {
  const made = await runCommand(['elements', 'create', ...names, '--wait', ...pictures], settings);
  const [, id = ''] = /^element_id {2}(\d{16})/.exec(made.stdout) ?? [];
  expect((await runCommand(['elements', 'list'], settings)).stdout).toContain(`${id}  image_refer  RC car: A toy car`);
  const saved = join(folder, 'saved');
  const got = await runCommand(['elements', 'get', id, '-o', saved], settings);
  expect(got).toMatchObject({ code: 0, stderr: '' });
  expect(got.stdout).toContain('sheet       sheet.webp');
  expect(got.stdout).toContain(`saved       ${saved}\n`);
  expect(await readdir(saved)).toEqual(expect.arrayContaining(['element.json', 'frontal.jpg', 'sheet.webp']));
  const path = join(folder, 'videos/new/car.mp4');
  const shots = ['--shot', '1:<<<element_1>>> waits', '--shot', '2:<<<element_1>>> drives off'];
  const video = await runCommand(['videos', 'create', id, ...shots, '-o', path], settings);
  expect(video).toMatchObject({ code: 0 });
  expect(video.stdout).toMatch(/^video {7}http:\S+\n {12}3 s, 1280 × 720 px, engine animatic\n/);
  expect((await readFile(path)).subarray(4, 8).toString()).toBe('ftyp');
  expect(await runCommand(['elements', 'delete', id], settings)).toMatchObject({
    code: 0,
    stdout: `${id} is deleted\n`,
  });
  expect((await runCommand(['elements', 'get', id], settings)).code).toBe(1);
});

test('a task that fails is told with its reason and ends with exit code 4', async () => {
  const { port } = media.address() as AddressInfo;
  const notPictures = [`http://127.0.0.1:${port}/a.jpg`, `http://127.0.0.1:${port}/b.jpg`];
  const ran = await runCommand(['elements', 'create', ...names, '--wait', ...notPictures], settings);
  expect(ran.code).toBe(4);
  expect(ran.stdout).toContain(
    `image_processing_error: ${notPictures[0]} (model_params.element_image_list.frontal_image): is`,
  );
  expect(ran.stdout).toContain('charged     0 credit(s)');
});

test('a refusal is one sentence with exit code 1, with --json the error object on standard output', async () => {
  const words = ['elements', 'create', '--name', 'x'.repeat(21), '--description', 'd', ...pictures];
  const plain = await runCommand(words, settings);
  expect(plain).toMatchObject({ code: 1, stdout: '' });
  expect(plain.stderr).toBe('troupe: --name (model_params.element_name): 21 characters, at most 20 are allowed\n');
  const json = await runCommand([...words, '--json'], settings);
  expect(json).toMatchObject({ code: 1, stderr: '' });
  expect(JSON.parse(json.stdout)).toMatchObject({
    error: { code: 'invalid_request', param: 'model_params.element_name', request_id: expect.stringMatching(/^req_/) },
  });
});

test('a local video, a file that is no picture and a missing one are refused before anything is sent', async () => {
  const create = (...words: string[]) => runCommand(['elements', 'create', ...names, ...words], settings);
  const [video, text, missing, single] = await Promise.all([
    create('--video', 'demo/media/juggle.mp4'),
    create('package.json', 'package.json'),
    create('no-such.jpg', 'no-such.jpg'),
    create('demo/media/rc-car-front.jpg'),
  ]);
  expect(video).toMatchObject({
    code: 2,
    stderr: expect.stringMatching(/as an http or https URL .* or as a stored file/),
  });
  expect(text).toMatchObject({ code: 2, stderr: expect.stringMatching(/neither a JPEG nor a PNG/) });
  expect(missing).toMatchObject({ code: 2, stderr: expect.stringMatching(/ENOENT/) });
  expect(single).toMatchObject({ code: 2, stderr: expect.stringMatching(/2 to 4 pictures/) });
});

test('no key, a wrong key and no server say what to do, with exit codes 2, 1 and 3', async () => {
  const { TROUPE_API_KEY: _, ...without } = settings;
  const [missing, wrong, unreachable] = await Promise.all([
    runCommand(['credits'], without),
    runCommand(['credits'], { ...settings, TROUPE_API_KEY: 'sk-wrong' }),
    runCommand(['credits'], { ...settings, TROUPE_URL: 'http://127.0.0.1:4' }),
  ]);
  expect(missing).toMatchObject({ code: 2, stderr: expect.stringMatching(/TROUPE_API_KEY is not set/) });
  expect(wrong).toMatchObject({ code: 1, stderr: expect.stringMatching(/keys create/) });
  expect(unreachable).toMatchObject({ code: 3, stderr: expect.stringMatching(/npm start/) });
});

test('keys create beside the running server prints one JSON object whose key works at once', async () => {
  const ran = await runCommand(
    ['keys', 'create', '--name', 'x', '--account', 'other', '--credits', '5', '--json'],
    settings,
  );
  expect(ran).toMatchObject({ code: 0, stderr: '' });
  const { key, callback_secret } = JSON.parse(ran.stdout) as { key: string; callback_secret: string };
  expect(key).toMatch(/^sk-/);
  expect(callback_secret).toMatch(/^whsec_/);
  const credits = await runCommand(['credits', '--json'], { ...settings, TROUPE_API_KEY: key });
  expect(JSON.parse(credits.stdout)).toMatchObject({ user: { remaining_credits: 5 } });
});

test('a reader that closes early is no fault', async () => {
  const { child, output } = startProcess(['bin/troupe.mjs', 'help'], {});
  child.stdout?.destroy();
  const [code] = await once(child, 'close');
  expect([code, output.stderr]).toEqual([0, '']);
});

test.each([
  ['keys create --name x --models kling-o3-text-to-video,kling-o3', /--models must be of .*; is 'kling-o3'/],
  ['keys create --name x --daily-limit many', /--daily-limit must be a plain decimal .* is 'many'/],
  ['credits top-up --account default --credits 0', /--credits must be more than 0/],
])('%s is refused by its option, with exit code 2', async (words, message) => {
  const ran = await runCommand(words.split(' '), settings);
  expect(ran).toMatchObject({ code: 2, stdout: '', stderr: expect.stringMatching(message) });
});

test('help lists every command, help of one its options, an unknown one ends with exit code 2', async () => {
  const [all, one, unknown] = await Promise.all([
    runCommand(['help'], {}),
    runCommand(['elements', 'create', '--help'], {}),
    runCommand(['frobnicate'], {}),
  ]);
  for (const name of ['serve', 'keys create', 'elements create', 'tasks get'])
    expect(all.stdout).toContain(`\n  ${name} `);
  expect(one).toMatchObject({ code: 0, stdout: expect.stringContaining('--callback-url VALUE') });
  expect(unknown).toMatchObject({ code: 2, stderr: expect.stringMatching(/no command 'frobnicate'/) });
});
