import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { explainComplaint, isPassing, readComplaint } from './explain-complaint.ts';
import { startPostgres } from './start-postgres.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'troupe-complaint-'));
});
afterEach(() => rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 }));

const start = (settings: string[] = []) => startPostgres({ dataFolder: folder, settings: ['fsync=off', ...settings] });

test('a database of another version of PostgreSQL is told at once with the remedy, and stays as it is', async () => {
  await (await start()).stop();
  const version = join(folder, 'postgres', 'PG_VERSION');
  const own = await readFile(version, 'utf8');
  await writeFile(version, '12\n');
  await expect(start()).rejects.toThrow(
    /PostgreSQL can't start in .*postgres \(.*incompatible.*\): another version .* start the version/,
  );
  await writeFile(version, own);
  await (await start()).stop();
});

test('a damaged database is told at once with the remedy', async () => {
  await (await start()).stop();
  const control = join(folder, 'postgres', 'global', 'pg_control');
  await chmod(control, 0o600);
  await writeFile(control, Buffer.alloc(8192));
  await expect(start()).rejects.toThrow(/PostgreSQL can't start in .*restore a backup|another version/);
});

test('a setting that PostgreSQL refuses is told at once with the place of its log', async () => {
  await (await start()).stop();
  await expect(start(['shared_buffers=1'])).rejects.toThrow(/PostgreSQL can't start in .*its log is .*server\.log/);
});

test.each([
  ['FATAL:  could not write lock file "postmaster.pid": No space left on device', 'the disk is full'],
  ['FATAL:  could not open file "postmaster.pid": Read-only file system', 'mount it writable'],
  ['FATAL:  could not open file "global/pg_filenode.map": Permission denied', 'chown -R'],
  ['PANIC:  could not locate a valid checkpoint record at 0/1', 'restore a backup'],
])('%s is told with its remedy', (line, remedy) => {
  const log = `2026-11-27 09:00:00 UTC [7] LOG:  starting\n2026-11-27 09:00:00 UTC [7] ${line}\n2026-11-27 09:00:01 UTC [7] LOG:  bye\n`;
  const complaint = readComplaint(log);
  expect(isPassing(complaint)).toBe(false);
  expect(explainComplaint(complaint, '/data/postgres')).toContain(remedy);
});

test.each([
  '',
  '2026-11-27 09:00:00 UTC [7] LOG:  starting PostgreSQL\n',
  '2026-11-27 09:00:00 UTC [7] FATAL:  pre-existing shared memory block (key 1, ID 2) is still in use\n',
  '2026-11-27 09:00:00 UTC [7] FATAL:  lock file "postmaster.pid" already exists\n',
])('what passes by itself is waited for: %j', (log) => {
  expect(isPassing(readComplaint(log))).toBe(true);
});
