import { execFileSync, spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { appendFile, cp, mkdtemp, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { gunzipSync, gzipSync } from 'node:zlib';
import { sql } from 'kysely';
import pino from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createBackup } from '../../src/commands/backup/create-backup.ts';
import { type BackupManifest, loadManifest } from '../../src/commands/backup/manifest.ts';
import { restoreBackup } from '../../src/commands/backup/restore-backup.ts';
import { backupCommand } from '../../src/commands/backup.ts';
import { parseConfig } from '../../src/config.ts';
import { checkLedger } from '../../src/credits/index.ts';
import { loadContents, openSnapshot, type Way } from '../../src/db/index.ts';
import type { Context } from '../../src/flow/index.ts';
import { openContext } from '../../src/open-context.ts';
import { backupLock, findStorageIdentity, openStorage, type Storage } from '../../src/storage/index.ts';
import { startWorker } from '../../src/worker/start-worker.ts';
import { mountSmallDisk } from '../faults/small-disk.ts';
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
    await expect(createBackup(way, storage, cut)).rejects.toThrow(/cut holds a backup that was cut off: delete it/);
    await expect(createBackup(way, storage, whole)).rejects.toThrow(/whole is not empty/);
    const refuseChanged = async (file: string, words: RegExp, change: (path: string) => Promise<void>) => {
      const copy = join(root, `changed-${file.replaceAll('/', '-')}`);
      await cp(whole, copy, { recursive: true });
      await change(join(copy, file));
      await expect(restoreBackup(copy, way, storage)).rejects.toThrow(words);
    };
    await refuseChanged(`files/${oneFile}`, /damaged: files\/elements/, (path) => appendFile(path, 'x'));
    await refuseChanged('files.ndjson', /damaged: files\.ndjson/, (path) => appendFile(path, '{}\n'));
    const tasks = 'database/public.tasks.copy.gz';
    await refuseChanged(tasks, /damaged: database\/public\.tasks\.copy\.gz \(public\.tasks\)/, (path) =>
      writeFile(path, gzipSync('')),
    );
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

/** A manifest with other values, as who can write into the folder may have written it. */
async function rewrite(folder: string, change: (manifest: BackupManifest) => void): Promise<void> {
  const manifest = await loadManifest(folder);
  change(manifest);
  await writeFile(join(folder, 'manifest.json'), JSON.stringify(manifest));
}

const fileTable = (name: string, { tables }: BackupManifest) =>
  tables.find((table) => table.name === name) as BackupManifest['tables'][number];

/** The list with a line more, and its sums in the manifest. */
async function addLine(folder: string, line: string): Promise<void> {
  const text = `${await readFile(join(folder, 'files.ndjson'), 'utf8')}${line}\n`;
  await writeFile(join(folder, 'files.ndjson'), text);
  await rewrite(folder, ({ files }) => {
    Object.assign(files ?? {}, {
      count: (files?.count ?? 0) + 1,
      list_sha256: createHash('sha256').update(text).digest('hex'),
    });
  });
}

const lineOf = (key: string) =>
  JSON.stringify({ key, size_bytes: 0, sha256: createHash('sha256').update('').digest('hex') });

test(
  'a backup that somebody has tampered with restores nothing, reads nothing outside of its folder and is never waited for: what is wrong is named',
  async () => {
    const whole = join(root, 'untouched');
    const { way, storage } = await makePlace();
    await createBackup(wayTo(troupe.database.url), await filledStorage(), whole);
    const outside = join(root, 'outside');
    await writeFile(outside, '');
    const attacks: [RegExp, (folder: string) => Promise<void>][] = [
      ...[
        '../../outside',
        '../outside',
        outside,
        'troupe-identity',
        'quarantine/x',
        'a/../../../outside',
        '',
        'a//b',
      ].map((key): [RegExp, (folder: string) => Promise<void>] => [
        /damaged: files\.ndjson, line 3,/,
        (folder) => addLine(folder, lineOf(key)),
      ]),
      [/damaged: files\.ndjson, line 3,/, (folder) => addLine(folder, lineOf(oneFile))],
      [/damaged: files\.ndjson, line 3,/, (folder) => addLine(folder, '{"key": ')],
      [/damaged: files\.ndjson, line 3,/, (folder) => addLine(folder, '[1]')],
      [/damaged: files\/elements\/9\/b\.png is missing/, (folder) => addLine(folder, lineOf('elements/9/b.png'))],
      [
        /damaged: files\.ndjson isn't/,
        (folder) => rewrite(folder, ({ files }) => Object.assign(files ?? {}, { count: 7 })),
      ],
      [
        /damaged: files\/elements\/1000000000000001\/a\.png is no plain file/,
        async (folder) => {
          await rm(join(folder, 'files', oneFile));
          await symlink(outside, join(folder, 'files', oneFile));
        },
      ],
      [
        /damaged: files\/elements\/1000000000000001\/a\.png is no plain file/,
        async (folder) => {
          await rename(join(folder, 'files'), `${folder}-files`);
          await symlink(`${folder}-files`, join(folder, 'files'));
        },
      ],
      [
        /damaged: database\/public\.tasks\.copy\.gz is no plain file/,
        async (folder) => {
          const path = join(folder, 'database/public.tasks.copy.gz');
          await rm(path);
          execFileSync('mkfifo', [path]);
        },
      ],
      [
        /damaged: database\/public\.tasks\.copy\.gz is missing/,
        (folder) => rm(join(folder, 'database/public.tasks.copy.gz')),
      ],
      [
        /manifest\.json.* is no plain file/,
        async (folder) => {
          await rm(join(folder, 'manifest.json'));
          execFileSync('mkfifo', [join(folder, 'manifest.json')]);
        },
      ],
      [
        /file: .*/,
        (folder) =>
          rewrite(folder, (manifest) => {
            fileTable('public.tasks', manifest).file = '../../outside';
          }),
      ],
      [
        /public\.transfers is missing in what is to be copied/,
        (folder) =>
          rewrite(folder, (manifest) => {
            manifest.tables = manifest.tables.filter(({ name }) => name !== 'public.transfers');
          }),
      ],
      [
        /public\.tasks is twice in what is to be copied/,
        (folder) =>
          rewrite(folder, (manifest) => {
            manifest.tables.push(fileTable('public.tasks', manifest));
          }),
      ],
      [
        /the sequence public\.\S+ isn't the same/,
        (folder) =>
          rewrite(folder, (manifest) => {
            manifest.sequences.shift();
          }),
      ],
      [
        /the sequence public\.evil isn't the same/,
        (folder) =>
          rewrite(folder, (manifest) => {
            manifest.sequences.push({ name: 'public.evil', last_value: 1, is_called: true });
          }),
      ],
      [
        /public\.accounts has other columns/,
        (folder) =>
          rewrite(folder, (manifest) => {
            fileTable('public.accounts', manifest).columns.pop();
          }),
      ],
    ];
    for (const [at, [words, attack]] of attacks.entries()) {
      const copy = join(root, `attack-${at}`);
      await cp(whole, copy, { recursive: true });
      await attack(copy);
      await expect(restoreBackup(copy, way, storage), `${at}`).rejects.toThrow(words);
      expect(await Array.fromAsync(storage.list(''))).toEqual([]);
    }
    await restoreBackup(whole, way, storage);
    expect((await buffer(await storage.get(oneFile))).toString()).toBe('a');
  },
  limitMs,
);

test(
  'a row that is twice, cut off or of another table undoes the whole restore and names the table',
  async () => {
    const whole = join(root, 'rows');
    const { way, storage } = await makePlace();
    await createBackup(wayTo(troupe.database.url), await filledStorage(), whole);
    const rows = gunzipSync(await readFile(join(whole, 'database/public.accounts.copy.gz'))).toString();
    const attacks: [RegExp, Buffer][] = [
      [/public\.accounts can't be copied \(duplicate key .*nothing was kept/, gzipSync(rows + rows)],
      [/public\.accounts can't be copied \(.*nothing was kept/, gzipSync('a\tb\tc\n')],
      [/public\.accounts can't be copied \(unexpected end of file\)/, gzipSync(rows).subarray(0, -12)],
      [/public\.accounts can't be copied \(incorrect header check\)/, Buffer.from('no gzip')],
      [/public\.accounts came over with 0 rows/, gzipSync('')],
    ];
    for (const [at, [words, bytes]] of attacks.entries()) {
      const copy = join(root, `rows-${at}`);
      await cp(whole, copy, { recursive: true });
      await writeFile(join(copy, 'database/public.accounts.copy.gz'), bytes);
      // As an older version wrote it, where only the rows' own digest tells.
      await rewrite(copy, (manifest) => void delete fileTable('public.accounts', manifest).sha256);
      await expect(restoreBackup(copy, way, storage), `${at}`).rejects.toThrow(words);
    }
    await restoreBackup(whole, way, storage);
  },
  limitMs,
);

test(
  'a server that was started while a restore is under way keeps what it has: the restore is refused',
  async () => {
    const whole = join(root, 'started-too-early');
    const { way, storage, config } = await makePlace();
    await createBackup(wayTo(troupe.database.url), await filledStorage(), whole);
    let context: Context | undefined;
    const slow: Storage = {
      ...storage,
      async put(key, from) {
        context ??= await openContext(config, pino({ level: 'silent' }), ['api']);
        await storage.put(key, from);
      },
    };
    await expect(restoreBackup(whole, way, slow)).rejects.toThrow(/a server was started on the storage meanwhile/);
    expect(await findStorageIdentity((context as Context).database.db)).not.toBeNull();
    // Where the backup has no files, the rows tell.
    const bare = await makePlace();
    const rowsOnly = join(root, 'rows-only');
    await createBackup(wayTo(troupe.database.url), null, rowsOnly);
    const other = await openSnapshot({ url: bare.way.url, schemas: [] });
    await other.close();
    await context?.close();
    const manifest = await loadManifest(rowsOnly);
    const early = await openContext(bare.config, pino({ level: 'silent' }), ['api']);
    const contents = { ...manifest, summarize: () => Promise.reject(), read: () => Promise.reject() };
    const seeded = ['public.migrations', 'jobs.version', 'jobs.queue'];
    await expect(
      loadContents(contents as never, { url: bare.way.url, schemas: ['public', 'jobs'], seeded }),
    ).rejects.toThrow(/was filled by somebody else meanwhile; nothing was copied/);
    await early.close();
  },
  limitMs,
);

test(
  'a backup that was stopped in the middle does not hold deletions for ever: its lock ends with its silence, and it ends in words without a manifest',
  async () => {
    const place = await makePlace();
    const context = await openContext(place.config, pino({ level: 'silent' }), ['api']);
    cleaners.push(() => context.close());
    const key = 'inputs/a/0';
    await context.storage.put(key, { bytes: Buffer.from('a') });
    const folder = join(root, 'stopped');
    const isGone = async () => {
      await context.storage.delete(key);
      return (await context.storage.find(key)) === null;
    };
    const stopped: Storage = {
      ...place.storage,
      async *list(prefix) {
        expect(await isGone()).toBe(false);
        // What the database does by itself after minutes of silence, at once.
        await sql`select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and objid = ${backupLock}`.execute(
          context.database.db,
        );
        await until('deletions go on', isGone);
        yield* place.storage.list(prefix);
      },
    };
    await expect(createBackup(place.way, stopped, folder)).rejects.toThrow(
      /the database has ended the connection.*begin again/,
    );
    await expect(loadManifest(folder)).rejects.toThrow(/no whole backup/);
    // And the database does so, of a process that is stopped; one that works on gives signs.
    const script = `const { openSnapshot } = await import(${JSON.stringify(new URL('../../src/db/index.ts', import.meta.url).href)});
      await openSnapshot({ url: ${JSON.stringify(place.way.url)}, schemas: [], advisoryLock: ${backupLock}, silenceMs: 2000 });
      console.log('held');
      setInterval(() => console.log('held'), 500);`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const ended = once(child, 'exit');
    try {
      for (let signs = 0; signs < 10; signs++) await once(child.stdout, 'data');
      await context.storage.put(key, { bytes: Buffer.from('a') });
      expect(await isGone()).toBe(false);
      child.kill('SIGSTOP');
      await until('the lock is free', isGone, limitMs);
    } finally {
      child.kill('SIGKILL');
      await ended;
    }
  },
  limitMs,
);

test(
  'on a disk that gets full a backup ends in words and without a manifest, and the next one elsewhere is whole',
  async (context) => {
    await using disk = await mountSmallDisk(4);
    if (disk === null) return context.skip();
    await disk.fill(400_000);
    const { way, storage } = await makePlace();
    await createBackup(wayTo(troupe.database.url), await filledStorage(), join(root, 'with-room'));
    await storage.put('elements/1/large.bin', { bytes: randomBytes(1_000_000) });
    await restoreBackup(join(root, 'with-room'), way, (await makePlace()).storage);
    const folder = join(disk.folder, 'backup');
    await expect(createBackup(way, storage, folder)).rejects.toThrow(/no room is left for .*backup: make room there/);
    await expect(loadManifest(folder)).rejects.toThrow(/no whole backup/);
    expect(await createBackup(way, storage, join(root, 'elsewhere'))).toMatchObject({ files: { count: 1 } });
  },
  limitMs,
);

test('a full disk is told with what to do, and a folder among the stored files is refused', async () => {
  const { settings, storage } = await makePlace();
  const full: Storage = {
    ...storage,
    // biome-ignore lint/correctness/useYield: it fails before the first
    async *list() {
      throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
    },
  };
  await expect(createBackup(wayTo(troupe.database.url), full, join(root, 'full'))).rejects.toThrow(
    /no room is left for .*full: make room there or name a folder elsewhere, and delete what was begun/,
  );
  for (const inside of ['storage/backup', 'work', 'postgres/x']) {
    const folder = join(settings.TROUPE_DATA_DIR, inside);
    await expect(backupCommand.run({}, settings, [folder])).rejects.toThrow(/which the server keeps in order itself/);
  }
});

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
