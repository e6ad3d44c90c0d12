import { spawn } from 'node:child_process';
import { chmod, mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runCommand } from '../helpers/run-command.ts';
import { type StartedTroupe, startTroupe } from '../helpers/start-troupe.ts';

let troupe: StartedTroupe;
let folder: string;
let admin: string;

beforeAll(async () => {
  troupe = await startTroupe();
  folder = await mkdtemp(join(tmpdir(), 'troupe-login-'));
  ({ key: admin } = await troupe.grant({ account: 'tester', name: 'admin', role: 'admin' }, 0));
});
afterAll(async () => {
  await troupe?.[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

// biome-ignore lint/suspicious/noExplicitAny: what a program reads
async function read(environment: Record<string, string>, ...words: string[]): Promise<any> {
  const ran = await runCommand([...words, '--json'], { XDG_CONFIG_HOME: folder, ...environment });
  expect(ran, ran.stdout).toMatchObject({ code: 0, stderr: '' });
  return JSON.parse(ran.stdout);
}

/** The key goes in by standard input, as from a file. */
async function login(key: string): Promise<{ code: number | null; stdout: string }> {
  const script = `printf %s "$KEY" | "$NODE" bin/troupe.mjs login --url "$URL" --json`;
  const child = spawn('sh', ['-c', script], {
    cwd: new URL('../..', import.meta.url),
    env: { PATH: process.env.PATH, KEY: key, NODE: process.execPath, URL: troupe.url, XDG_CONFIG_HOME: folder },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let stdout = '';
  child.stdout.on('data', (chunk) => {
    stdout += chunk;
  });
  const code = await new Promise<number | null>((done) => child.once('close', done));
  return { code, stdout };
}

test('login keeps URL and key in a file that only its owner reads, and only a key that works', async () => {
  expect((await login('sk-wrong')).code).toBe(1);
  const { code, stdout } = await login(admin);
  expect([code, stdout.includes(admin)]).toEqual([0, false]);
  const path = join(folder, 'troupe', 'login.json');
  expect(JSON.parse(stdout)).toMatchObject({ file: path, role: 'admin', url: troupe.url });
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  expect((await stat(join(folder, 'troupe'))).mode & 0o777).toBe(0o700);
  expect(JSON.parse(await readFile(path, 'utf8'))).toEqual({ url: troupe.url, key: admin });
  expect(await read({}, 'me')).toMatchObject({ name: 'admin', role: 'admin' });

  const elsewhere = await runCommand(['me', '--json'], { XDG_CONFIG_HOME: folder, TROUPE_URL: 'http://127.0.0.1:9' });
  expect([elsewhere.code, JSON.parse(elsewhere.stdout).error.message]).toEqual([
    2,
    expect.stringContaining('another server'),
  ]);

  await chmod(path, 0o644);
  const open = await runCommand(['me', '--json'], { XDG_CONFIG_HOME: folder });
  expect([open.code, JSON.parse(open.stdout).error.message]).toEqual([2, expect.stringContaining('chmod 600')]);
  await chmod(path, 0o600);

  expect(await read({}, 'logout')).toEqual({ logged_out: true });
  expect((await runCommand(['me', '--json'], { XDG_CONFIG_HOME: folder })).code).toBe(2);
}, 900_000);

test('with --remote keys, accounts and credits are kept over the API, with its refusals', async () => {
  const settings = { TROUPE_URL: troupe.url, TROUPE_API_KEY: admin };
  expect(await read(settings, 'accounts', 'create', '--name', 'remote', '--remote')).toMatchObject({ name: 'remote' });
  const topUp = ['credits', 'top-up', '--account', 'remote', '--credits', '7', '--note', 'n', '--remote'];
  expect(await read(settings, ...topUp)).toEqual({ account: 'remote', remaining_credits: 7 });
  const withdraw = ['credits', 'withdraw', '--account', 'remote', '--credits', '2', '--remote'];
  expect(await read(settings, ...withdraw)).toEqual({ account: 'remote', remaining_credits: 5 });
  const transfers = await read(settings, 'credits', 'transfers', '--account', 'remote', '--remote');
  expect(transfers.data).toMatchObject([
    { kind: 'withdraw', balance_after: 5 },
    { kind: 'top_up', balance_after: 7 },
  ]);
  const none = ['credits', 'transfers', '--account', 'remote', '--task', 'none', '--remote'];
  expect((await read(settings, ...none)).data).toEqual([]);
  expect((await read(settings, 'accounts', 'list', '--remote')).data).toContainEqual(
    expect.objectContaining({ name: 'remote', remaining_credits: 5 }),
  );
  const create = [
    'keys',
    'create',
    '--name',
    'far',
    '--account',
    'remote',
    '--role',
    'manager',
    '--daily-limit',
    '3',
    '--remote',
  ];
  const { key, key_id } = await read(settings, ...create);
  expect(await read(settings, 'keys', 'edit', String(key_id), '--daily-limit', 'none', '--remote')).toMatchObject({
    daily_limit_credits: null,
  });
  const own = { TROUPE_URL: troupe.url, TROUPE_API_KEY: key };
  expect((await read(own, 'keys', 'list', '--remote')).data).toMatchObject([{ key_id, role: 'manager' }]);
  const refused = await runCommand(['accounts', 'list', '--remote', '--json'], own);
  expect([refused.code, JSON.parse(refused.stdout).error.code]).toEqual([1, 'permission_denied']);
  expect(await read(own, 'usage')).toEqual({ data: [] });
  expect((await runCommand(['usage', '--by', 'model'], own)).stdout).toBe('0 credits, 0 task(s)\n');
  expect(await read(settings, 'keys', 'disable', String(key_id), '--remote')).toMatchObject({ disabled: true });
  expect(await read(settings, 'keys', 'delete', String(key_id), '--remote')).toMatchObject({ deleted: true });
}, 900_000);
