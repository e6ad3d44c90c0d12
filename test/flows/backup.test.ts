import { createHash } from 'node:crypto';
import { appendFile, cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { sql } from 'kysely';
import pino from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createBackup } from '../../src/commands/backup/create-backup.ts';
import { loadManifest } from '../../src/commands/backup/manifest.ts';
import { restoreBackup } from '../../src/commands/backup/restore-backup.ts';
import { parseConfig } from '../../src/config.ts';
import { checkLedger } from '../../src/credits/index.ts';
import { openSnapshot, type Way } from '../../src/db/index.ts';
import { openContext } from '../../src/open-context.ts';
import { backupLock, openStorage } from '../../src/storage/index.ts';
import { startWorker } from '../../src/worker/start-worker.ts';
import { imageRequest } from '../helpers/flow-bodies.ts';
import { runTroupe } from '../helpers/run-command-line.ts';
import { type StartedTroupe, startTroupe } from '../helpers/start-troupe.ts';
import { openTestDatabase } from '../helpers/test-database.ts';
import { until } from '../helpers/until.ts';
import { drawJpeg, upload } from '../helpers/upload.ts';

const limitMs = 300_000;
const cleaners: (() => PromiseLike<unknown>)[] = [];
let root: string;
let troupe: StartedTroupe;
let picture: Buffer;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'troupe-backup-'));
  cleaners.push(() => rm(root, { recursive: true, force: true }));
  picture = await drawJpeg();
  troupe = await startTroupe({ worker: true });
  cleaners.push(() => troupe[Symbol.asyncDispose]());
}, limitMs);
afterAll(async () => {
  for (const clean of cleaners.reverse()) await clean();
});

const wayTo = (url: string): Way => ({ url, pooling: 'none' });

/** An empty database and an empty folder, and the settings that name both. */
async function makePlace() {
  const database = await openTestDatabase(1);
  cleaners.push(() => database.close());
  const folder = await mkdtemp(join(root, 'place-'));
  const settings = {
    DATABASE_URL: database.url,
    TROUPE_DATA_DIR: folder,
    TROUPE_DATABASE_CONNECTIONS: '6',
    TROUPE_ELEMENT_ENGINE: 'nothing',
  };
  const config = parseConfig(settings);
  const storage = await openStorage(config.storage, join(folder, 'storage'));
  return { way: wayTo(database.url), settings, config, storage };
}

/** Callers who send pictures, keep files and delete them again, until `stop`; what was acknowledged, as it comes. */
function startLoad() {
  const acknowledged = { tasks: [] as string[], files: [] as string[] };
  let isStopped = false;
  const one = async () => {
    while (!isStopped) {
      const { status, body } = await troupe.submit(imageRequest(picture.toString('base64')));
      if (status === 200) acknowledged.tasks.push(body.id);
      const kept = await upload(troupe, picture);
      if (kept.status === 200) acknowledged.files.push(kept.body.data.file_id ?? kept.body.data.id);
    }
  };
  const callers = [one(), one()];
  return {
    acknowledged,
    async stop() {
      isStopped = true;
      await Promise.all(callers);
    },
  };
}

test(
  'rehearsal: a server under load is backed up, destroyed and restored; all that was acknowledged before answers, every file is whole, waiting tasks end and the ledger is whole',
  async () => {
    const load = startLoad();
    const { tasks, files } = load.acknowledged;
    await until('some work', () => tasks.length >= 10 && files.length >= 10, limitMs);
    const before = { tasks: [...tasks], files: [...files] };
    const folder = join(root, 'one');
    const manifest = await createBackup(wayTo(troupe.database.url), troupe.context.storage, folder);
    const after = tasks.length;
    await until('work after the backup', () => tasks.length > after, limitMs);
    await load.stop();
    await troupe.stop();
    await rm(troupe.config.dataFolder, { recursive: true, force: true });
    expect(manifest.files?.count).toBeGreaterThanOrEqual(before.files.length);

    const place = await makePlace();
    await restoreBackup(folder, place.way, place.storage);
    const context = await openContext(place.config, pino({ level: 'silent' }), ['worker']);
    cleaners.push(() => context.close());
    const { db } = context.database;
    expect(await checkLedger(db)).toEqual([]);
    const { rows: known } = await sql<{ id: string }>`select id from tasks`.execute(db);
    expect(known.map(({ id }) => id)).toEqual(expect.arrayContaining(before.tasks));
    const { rows: kept } = await sql<{ id: string; sha256: Buffer }>`
    select id, sha256 from files where deleted_at is null and arriving_until is null`.execute(db);
    expect(kept.map(({ id }) => id)).toEqual(expect.arrayContaining(before.files));
    for (const { id, sha256 } of kept) {
      const bytes = await buffer(await context.storage.get(`files/${id}.jpg`));
      expect(createHash('sha256').update(bytes).digest()).toEqual(sha256);
    }
    // Those that waited have their pictures still.
    const worker = startWorker(context, place.config.worker);
    cleaners.push(() => worker.close());
    const unfinished = async () => {
      const { rows } = await sql`select from tasks where finished_at is null`.execute(db);
      return rows.length === 0;
    };
    await until('the end of all tasks', unfinished, limitMs);
    const { rows: failed } = await sql`select id, error from tasks where status = 'failed'`.execute(db);
    expect(failed).toEqual([]);
    expect(await checkLedger(db, { at_rest: true })).toEqual([]);
  },
  limitMs,
);

test(
  'while a backup is being made no stored file is deleted or moved, and afterwards they are',
  async () => {
    const place = await makePlace();
    const context = await openContext(place.config, pino({ level: 'silent' }), ['api']);
    cleaners.push(() => context.close());
    const key = 'inputs/a/0';
    await context.storage.put(key, { bytes: Buffer.from('a') });
    const backup = await openSnapshot({ url: place.way.url, schemas: [], advisoryLock: backupLock });
    await context.storage.delete(key);
    expect(await context.storage.move(key, 'quarantine/a')).toBe(false);
    expect(await context.storage.find(key)).not.toBeNull();
    await backup.close();
    await until('deleting', async () => {
      await context.storage.delete(key);
      return (await context.storage.find(key)) === null;
    });
  },
  limitMs,
);

test(
  'a backup cut off, damaged or of another version and places that hold anything are refused in words',
  async () => {
    const whole = join(root, 'whole');
    const { way, storage } = await makePlace();
    await createBackup(wayTo(troupe.database.url), await filledStorage(), whole);
    const cut = join(root, 'cut');
    await cp(whole, cut, { recursive: true });
    await rm(join(cut, 'manifest.json'));
    await expect(restoreBackup(cut, way, storage)).rejects.toThrow(/holds no whole backup: it has no manifest\.json/);
    await expect(createBackup(way, storage, cut)).rejects.toThrow(/cut is not empty/);
    const refuseChanged = async (file: string, words: RegExp, change: (path: string) => Promise<void>) => {
      const copy = join(root, `changed-${file.replaceAll('/', '-')}`);
      await cp(whole, copy, { recursive: true });
      await change(join(copy, file));
      await expect(restoreBackup(copy, way, storage)).rejects.toThrow(words);
    };
    await refuseChanged(`files/${oneFile}`, /damaged: files\/elements/, (path) => appendFile(path, 'x'));
    await refuseChanged('files.ndjson', /damaged: files\.ndjson/, (path) => appendFile(path, '{}\n'));
    await refuseChanged('database/public.tasks.copy.gz', /public\.tasks came over with 0 rows/, async (path) => {
      await writeFile(path, gzipSync(''));
    });
    await refuseChanged('manifest.json', /of version .*jobs 1.*with the version that made it/, async (path) => {
      await writeFile(path, (await readFile(path, 'utf8')).replace(/"jobs \d+"/, '"jobs 1"'));
    });
    // As a server that was started there by mistake leaves it: another secret of key pairs.
    await storage.put('troupe-pair-secret', { bytes: Buffer.from('another') });
    await storage.put('elements/2/a.png', { bytes: Buffer.from('b') });
    await expect(restoreBackup(whole, way, storage)).rejects.toThrow(/the storage is not empty \(elements\/2\/a\.png/);
    await storage.delete('elements/2/a.png');
    await restoreBackup(whole, way, storage);
    await expect(restoreBackup(whole, way, storage)).rejects.toThrow(/the database is not empty/);
  },
  limitMs,
);

const oneFile = 'elements/1000000000000001/a.png';

async function filledStorage() {
  const { storage } = await makePlace();
  await storage.put(oneFile, { bytes: Buffer.from('a') });
  await storage.put('troupe-pair-secret', { bytes: Buffer.from('secret') });
  return storage;
}

test(
  'by the command line: a backup and a restore killed in the middle leave nothing that could be taken for whole; the next restore goes on',
  async () => {
    const [cut, whole] = [join(root, 'cut-off'), join(root, 'by-command')];
    const { settings } = await makePlace();
    const source = { ...settings, DATABASE_URL: troupe.database.url };
    const killed = await runTroupe(['backup', cut], { ...source, TROUPE_FAILPOINT: 'after-database-of-backup' });
    expect(killed.code, killed.stderr).toBeNull();
    await expect(loadManifest(cut)).rejects.toThrow(/no whole backup/);
    const made = await runTroupe(['backup', whole, '--json'], source);
    expect(made, made.stderr).toMatchObject({ code: 0 });
    expect(JSON.parse(made.stdout)).toMatchObject({ folder: whole, files: 0 });
    const place = await makePlace();
    const off = await runTroupe(['restore', whole], { ...place.settings, TROUPE_FAILPOINT: 'after-files-of-restore' });
    expect(off.code, off.stderr).toBeNull();
    expect(await restoreBackup(whole, place.way, place.storage)).toMatchObject({ files: { count: 0 } });
  },
  limitMs,
);
