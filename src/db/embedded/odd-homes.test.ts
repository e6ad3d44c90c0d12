import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, chown, mkdtemp, readdir, rm, stat, truncate } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { checkLoader } from './check-loader.ts';
import { checkKeepsModes } from './home.ts';
import { rotateLog } from './launch-server.ts';
import { startPostgres } from './start-postgres.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'troupe-home-'));
});
afterEach(() => rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 }));

const start = () => startPostgres({ dataFolder: folder, settings: ['fsync=off'] });

test.each([0o755, 0o2770, 0o777])(
  'a cluster restored with mode %o is closed to others again and starts',
  async (mode) => {
    await (await start()).stop();
    const cluster = join(folder, 'postgres');
    await chmod(cluster, mode);
    await chmod(join(cluster, 'superuser-password'), 0o664);
    await (await start()).stop();
    expect((await stat(cluster)).mode & 0o777).toBe(0o700);
    expect((await stat(join(cluster, 'superuser-password'))).mode & 0o777).toBe(0o600);
  },
);

test('a log that has grown large begins anew, with one older part beside it', async () => {
  const postgres = await start();
  const log = join(folder, 'postgres', 'server.log');
  await truncate(log, 10 * 1024 * 1024 + 1);
  await rotateLog(join(folder, 'postgres'));
  expect((await stat(log)).size).toBeLessThan(1024 * 1024);
  expect((await stat(`${log}.1`)).size).toBe(10 * 1024 * 1024 + 1);
  await postgres.stop();
  // The server went on at the new end, not behind a hole as long as the old log.
  expect((await stat(log)).size).toBeLessThan(1024 * 1024);
});

test('a system without glibc is told with the remedy, any other goes on', () => {
  for (const arch of ['x64', 'arm64'] as const) {
    expect(() => checkLoader({ platform: 'linux', arch }, () => false)).toThrow(/glibc.*Alpine.*DATABASE_URL/);
    checkLoader({ platform: 'linux', arch }, () => true);
    checkLoader({ platform: 'darwin', arch }, () => false);
  }
});

test('a folder that keeps no permissions, as a Windows drive under WSL, is told at once with the remedy', async () => {
  // As such drives do: the call succeeds and changes nothing, or is refused.
  const keepNothing = async () => undefined;
  const refuse = async () => {
    throw Object.assign(new Error('not permitted'), { code: 'EPERM' });
  };
  for (const setMode of [keepNothing, refuse]) {
    await expect(checkKeepsModes(folder, setMode)).rejects.toThrow(/WSL.*TROUPE_DATA_DIR.*DATABASE_URL/);
  }
  await checkKeepsModes(folder);
  expect(await readdir(folder)).toEqual([]);
});

describe.skipIf(process.getuid?.() !== 0)('as a user without a passwd entry', () => {
  test('there is a database, or the remedy is named', async () => {
    await chown(folder, 12_345, 12_345);
    expect(await startAs(12_345)).toMatch(/started and stopped|entry in \/etc\/passwd .* DATABASE_URL/);
  });

  test("somebody else's cluster is told at once with the remedy", async () => {
    await (await start()).stop();
    await chmod(folder, 0o755);
    expect(await startAs(12_345)).toMatch(/postgres belongs to user \d+, .*chown -R 12345 /);
  });
});

/** What a start and a stop of the folder's database say as another user. */
async function startAs(uid: number): Promise<string> {
  const program = `import { startPostgres } from ${JSON.stringify(new URL('./start-postgres.ts', import.meta.url).href)};
    const postgres = await startPostgres({ dataFolder: ${JSON.stringify(folder)}, settings: ['fsync=off'] });
    await postgres.stop();
    console.log('started and stopped');`;
  const words = ['--reuid', String(uid), '--clear-groups', process.execPath, '--input-type=module', '-e', program];
  const child = spawn('setpriv', words);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      output += chunk;
    });
  }
  await once(child, 'close');
  return output;
}
