import { mkdtemp, rm, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import pino from 'pino';
import { afterAll, describe, expect, test } from 'vitest';
import { type Config, parseConfig } from '../../src/config.ts';
import type { Db } from '../../src/db/index.ts';
import type { Context } from '../../src/flow/index.ts';
import { expire } from '../../src/flow/index.ts';
import { openContext } from '../../src/open-context.ts';
import { runTroupe } from '../helpers/run-command-line.ts';
import { startStandInS3 } from '../helpers/stand-in-s3/stand-in-s3.ts';
import { openTestDatabase } from '../helpers/test-database.ts';

const cleaners: (() => PromiseLike<unknown>)[] = [];
afterAll(async () => {
  for (const clean of cleaners.reverse()) await clean();
});

/** Databases that differ and one storage, of either kind. */
async function openPlace(kind: 'disk' | 's3') {
  const folder = await mkdtemp(join(tmpdir(), 'troupe-identity-'));
  cleaners.push(() => rm(folder, { recursive: true, force: true }));
  const s3 = kind === 's3' ? await startStandInS3() : null;
  if (s3 !== null) cleaners.push(() => s3[Symbol.asyncDispose]());
  const makeDatabase = async () => {
    const database = await openTestDatabase(2);
    cleaners.push(() => database.close());
    return database;
  };
  const environmentFor = (url: string) => ({
    DATABASE_URL: url,
    TROUPE_DATABASE_CONNECTIONS: '4',
    TROUPE_DATA_DIR: folder,
    TROUPE_ELEMENT_ENGINE: 'nothing',
    ...s3?.environment,
  });
  return {
    makeDatabase,
    environmentFor,
    /** Opens what a worker opens at its start. */
    async open(url: string, more: Record<string, string> = {}) {
      const log: string[] = [];
      const logger = pino({ level: 'info' }, { write: (line) => void log.push(line) });
      const config: Config = parseConfig({ ...environmentFor(url), ...more });
      const context = await openContext(config, logger, ['worker']);
      return Object.assign(context, { logged: log, [Symbol.asyncDispose]: () => context.close() });
    },
    /** Makes everything that lies in the storage older than any work under way. */
    async age({ storage }: Context, days = 3) {
      const at = new Date(Date.now() - days * 86_400_000);
      if (s3 !== null) return s3.age(at);
      for await (const { key } of storage.list('')) await utimes(storage.locate(key), at, at);
    },
  };
}

const listKeys = async ({ storage }: Context, prefix = '') =>
  (await Array.fromAsync(storage.list(prefix))).map(({ key }) => key).sort();

/** An element of two files as a build leaves it: rows and bytes. */
async function makeElement({ database, storage }: Context, id: number): Promise<string[]> {
  const keys = [`elements/${id}/sheet.webp`, `elements/${id}/element.json`];
  for (const key of keys) await storage.put(key, { bytes: Buffer.from(key) });
  await insertElement(database.db, id, keys);
  return keys;
}

async function insertElement(db: Db, id: number, keys: readonly string[]): Promise<void> {
  await sql`insert into elements (id, account_id, task_id, name, description, reference_type, engine, manifest)
    values (${id}, 1, ${`task-${id}`}, 'n', 'd', 'image_refer', 'local', '{}')`.execute(db);
  for (const key of keys)
    await sql`insert into element_files (element_id, name, storage_key, media_type, size_bytes, sha256)
      values (${id}, ${key.split('/')[2]}, ${key}, 'x/y', ${key.length}, ${Buffer.alloc(32)})`.execute(db);
}

const strays = [
  'inputs/task-unified-1-a/0',
  'results/task-unified-1-a/1/video.mp4',
  'published/task-unified-1-a/b/c.mp4',
];
const ids = Array.from({ length: 5 }, (_, index) => 1_000_000_000_000_001 + index);
const refusal = /belong together[\s\S]*troupe storage adopt/;

describe.each(['disk', 's3'] as const)('storage on %s', (kind) => {
  test('a worker with an empty or mistyped database is refused with the way out, and not one file is lost', async () => {
    const place = await openPlace(kind);
    const [right, wrong] = [await place.makeDatabase(), await place.makeDatabase()];
    let before: string[];
    {
      await using first = await place.open(right.url);
      for (const id of ids) await makeElement(first, id);
      for (const key of strays) await first.storage.put(key, { bytes: Buffer.from(key) });
      await place.age(first);
      before = await listKeys(first);
    }
    await expect(place.open(wrong.url)).rejects.toThrow(refusal);
    await expect(place.open(wrong.url)).rejects.toThrow(/none[\s\S]*0 of them known/);
    await using again = await place.open(right.url);
    expect(await listKeys(again)).toEqual(before);
  });

  test('a known database with an empty storage is refused, since a folder may not be mounted', async () => {
    const place = await openPlace(kind);
    const other = await openPlace(kind);
    const database = await place.makeDatabase();
    await (await place.open(database.url)).close();
    await expect(other.open(database.url)).rejects.toThrow(refusal);
    await (await place.open(database.url)).close();
  });

  test('with an older dump what only the storage knows is moved aside, and comes back once the database knows it', async () => {
    const place = await openPlace(kind);
    const database = await place.makeDatabase();
    await using server = await place.open(database.url);
    const kept = await makeElement(server, ids[0] as number);
    const lost = await makeElement(server, ids[1] as number);
    for (const key of strays) await server.storage.put(key, { bytes: Buffer.from(key) });
    await place.age(server);
    const db = server.database.db;
    await sql`delete from element_files where element_id = ${ids[1]}`.execute(db);
    await sql`delete from elements where id = ${ids[1]}`.execute(db);

    expect(await expire(server)).toMatchObject({ storedFiles: lost.length + strays.length });
    expect(server.logged.join()).toContain(`"quarantined":${lost.length + strays.length}`);
    const aside = await listKeys(server, 'quarantine/');
    expect(aside.map((key) => key.split('/').slice(2).join('/')).sort()).toEqual([...lost, ...strays].sort());
    expect(await listKeys(server, 'elements/')).toEqual([...kept].sort());

    await insertElement(db, ids[1] as number, lost);
    await expire(server);
    expect(await listKeys(server, 'elements/')).toEqual([...kept, ...lost].sort());
  });

  test('what lies aside is deleted after its days and not before', async () => {
    const place = await openPlace(kind);
    await using server = await place.open((await place.makeDatabase()).url, { TROUPE_QUARANTINE_DAYS: '3' });
    const stray = 'elements/1000000000000009/a.png';
    await server.storage.put(stray, { bytes: Buffer.from('x') });
    await place.age(server);
    const start = Date.now();
    await expire(server);
    server.clock = { now: () => new Date(start + 2.9 * 86_400_000) };
    await expire(server);
    expect(await listKeys(server, 'quarantine/')).toHaveLength(1);
    server.clock = { now: () => new Date(start + 3.1 * 86_400_000) };
    await expire(server);
    expect(await listKeys(server, 'quarantine/')).toEqual([]);
  });

  test('a sweep that would move more than its share aside takes nothing, says so as an error and where readiness looks', async () => {
    const place = await openPlace(kind);
    const database = await place.makeDatabase();
    await using server = await place.open(database.url);
    for (let file = 0; file < 102; file++)
      await server.storage.put(`elements/1000000000000009/${file}`, { bytes: Buffer.from('x') });
    await place.age(server);
    const before = await listKeys(server);
    expect(await expire(server)).toMatchObject({ storedFiles: 0 });
    expect(await listKeys(server)).toEqual(before);
    expect(server.logged.join()).toMatch(/"level":50[^\n]*102 of 102 stored files/);
    const { rows } = await sql<{ sweep_stopped: string }>`select sweep_stopped from storage_identity`.execute(
      database.db,
    );
    expect(rows[0]?.sweep_stopped).toContain('102 of 102');

    await using lax = await place.open(database.url, { TROUPE_SWEEP_PERCENT_MAX: '100' });
    expect(await expire(lax)).toMatchObject({ storedFiles: 102 });
    const after = await sql<{ sweep_stopped: string }>`select sweep_stopped from storage_identity`.execute(database.db);
    expect(after.rows[0]?.sweep_stopped).toBeNull();
  });

  test('a storage that loses its identity while the server runs is swept no more', async () => {
    const place = await openPlace(kind);
    await using server = await place.open((await place.makeDatabase()).url);
    await server.storage.put('elements/1000000000000009/a.png', { bytes: Buffer.from('x') });
    await place.age(server);
    await server.storage.delete('troupe-identity');
    expect(await expire(server)).toMatchObject({ storedFiles: 0 });
    expect(server.logged.join()).toContain('has lost its identity');
  });

  test('a pair from an older version is joined when their contents know each other, and refused when they do not', async () => {
    const place = await openPlace(kind);
    const [right, wrong] = [await place.makeDatabase(), await place.makeDatabase()];
    {
      await using first = await place.open(right.url);
      await makeElement(first, ids[0] as number);
      await first.storage.delete('troupe-identity');
      await sql`delete from storage_identity`.execute(right.db);
    }
    await expect(place.open(wrong.url)).rejects.toThrow(refusal);
    await using again = await place.open(right.url);
    expect(await listKeys(again)).toContain('troupe-identity');
  });

  test('many first starts at once agree on one identity; of two databases one gets the storage', async () => {
    const place = await openPlace(kind);
    const [one, other] = [await place.makeDatabase(), await place.makeDatabase()];
    const starts = await Promise.allSettled([one, one, one, other].map(({ url }) => place.open(url)));
    const opened = starts.flatMap((start) => (start.status === 'fulfilled' ? [start.value] : []));
    for (const context of opened) await context.close();
    const isOnes = starts[0]?.status === 'fulfilled';
    expect(starts.map(({ status }) => status === 'fulfilled')).toEqual([isOnes, isOnes, isOnes, !isOnes]);
  });
});

test("'troupe storage adopt' says what differs and does it only with --yes; 'troupe storage restore' brings files back", async () => {
  const place = await openPlace('disk');
  const [right, wrong] = [await place.makeDatabase(), await place.makeDatabase()];
  {
    await using first = await place.open(right.url);
    await makeElement(first, ids[0] as number);
    await place.age(first);
  }
  const environment = place.environmentFor(wrong.url);
  const shown = await runTroupe(['storage', 'adopt'], environment);
  expect([shown.code, shown.stdout]).toEqual([
    0,
    expect.stringMatching(/2 files, 0 of them known[\s\S]*Nothing was done/),
  ]);
  await expect(place.open(wrong.url)).rejects.toThrow(refusal);
  expect((await runTroupe(['storage', 'adopt', '--yes'], environment)).stdout).toContain('belong together now');
  await expect(place.open(right.url)).rejects.toThrow(refusal);
  await using adopted = await place.open(wrong.url);
  await expire(adopted);
  expect(await listKeys(adopted, 'elements/')).toEqual([]);
  const restored = await runTroupe(['storage', 'restore'], environment);
  expect([restored.code, restored.stdout]).toEqual([0, '2 files are back\n']);
  const audit = await runTroupe(['audit', 'list', '--json'], environment);
  expect((JSON.parse(audit.stdout) as { data: object[] }).data).toMatchObject([
    { action: 'storage.restore', subject: 'storage:all', details: { restored: 2, kept: 0 } },
    { action: 'storage.adopt' },
  ]);
  expect(await listKeys(adopted, 'elements/')).toHaveLength(2);
});
