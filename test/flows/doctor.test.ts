import { mkdtempDisposable, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkLedger, createClient, type Diagnosis, getDiagnosis } from '../../client/index.ts';
import { checkMemory } from '../../src/doctor/check-memory.ts';
import { runCommand } from '../helpers/run-command.ts';
import { type StandIn, standInCredentials, startStandIn } from '../helpers/stand-in-kling/stand-in.ts';
import { type StartedTroupe, startTroupe } from '../helpers/start-troupe.ts';

let standIn: StandIn;
let troupe: StartedTroupe;
let settings: Record<string, string>;

beforeAll(async () => {
  standIn = await startStandIn({ taskMs: 50 });
  troupe = await startTroupe({
    environment: { TROUPE_KLING_BASE_URL: standIn.url, TROUPE_KLING_API_KEY: standInCredentials.apiKey },
  });
  settings = { DATABASE_URL: troupe.database.url, TROUPE_DATA_DIR: troupe.config.dataFolder };
});
afterAll(async () => {
  await troupe?.[Symbol.asyncDispose]();
  await standIn?.[Symbol.asyncDispose]();
});

/** Nothing that the process looks for is found in this package, as where nobody has installed it. */
const withoutFacePackage = {
  NODE_OPTIONS: `--import data:text/javascript,${encodeURIComponent(`
    import Module from 'node:module';
    const find = Module._resolveFilename;
    Module._resolveFilename = (name, ...rest) => {
      if (name.startsWith('@vladmandic/face-api')) throw new Error('not installed');
      return find(name, ...rest);
    };
  `)}`,
};

async function diagnose(environment: Record<string, string>) {
  const { code, stdout } = await runCommand(['doctor', '--json'], environment);
  const { healthy, checks } = JSON.parse(stdout) as Diagnosis;
  const of = (part: string) => checks.find((check) => check.part === part);
  return { code, healthy, of };
}

describe('troupe doctor', () => {
  test('says of each part how it is, in words and as JSON, and ends with 0 where nothing is broken', async () => {
    const found = await diagnose(settings);
    expect([found.code, found.healthy]).toEqual([0, true]);
    expect(found.of('settings')).toMatchObject({ status: 'ok' });
    expect(found.of('database')?.message).toMatch(/^PostgreSQL 1\d.* answers in \d+ ms, its schema is up to date$/);
    expect(found.of('storage')?.message).toMatch(/can be written and read, and belongs to the database$/);
    expect(found.of('video')).toMatchObject({ status: 'ok' });
    expect(found.of('faces')).toMatchObject({ status: 'off' });
    expect(found.of('mattes')).toMatchObject({ status: 'ok' });
    expect(found.of('clock')?.message).toMatch(/the database's$/);
    expect(found.of('public_url')).toMatchObject({ status: 'off' });
    expect(found.of('kling')).toMatchObject({ status: 'off' });
    const { code, stdout } = await runCommand(['doctor'], settings);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^ok +database +PostgreSQL/m);
    expect(stdout).toMatch(/^off +kling /m);
    expect(stdout).toMatch(/nothing is broken\n$/);
  });

  test.each([
    [
      'a database that is away',
      () => ({ ...settings, DATABASE_URL: 'postgres://nobody@127.0.0.1:9/none' }),
      'database',
      /can't be used .*ECONNREFUSED/s,
    ],
    [
      'an ffmpeg that is none',
      () => ({ ...settings, TROUPE_FFMPEG: '/no/such/ffmpeg' }),
      'video',
      /nothing here reads video/,
    ],
    [
      'faces that are to be compared without the networks that find them',
      () => ({ ...settings, TROUPE_COMPARE_FACES: 'on', TROUPE_PEOPLE_NETWORKS: 'off' }),
      'faces',
      /TROUPE_COMPARE_FACES is on, but faces can't be compared/,
    ],
    [
      'faces that are to be compared without the package that compares them',
      () => ({ ...settings, TROUPE_COMPARE_FACES: 'on', ...withoutFacePackage }),
      'faces',
      /TROUPE_COMPARE_FACES is on, but faces can't be compared: its weights are not here/,
    ],
    [
      'a public address where nobody answers',
      () => ({ ...settings, TROUPE_PUBLIC_URL: 'http://127.0.0.1:9' }),
      'public_url',
      /can't be reached from here/,
    ],
    [
      'a public address of another program',
      () => ({ ...settings, TROUPE_PUBLIC_URL: standIn.url }),
      'public_url',
      /not as this program does/,
    ],
    [
      'Kling credentials that are not known there',
      () => ({ ...settings, TROUPE_KLING_BASE_URL: standIn.url, TROUPE_KLING_API_KEY: 'another' }),
      'kling',
      /the Kling API refused/,
    ],
    [
      'a Kling API that is away',
      () => ({ ...settings, TROUPE_KLING_BASE_URL: 'http://127.0.0.1:9', TROUPE_KLING_API_KEY: 'k' }),
      'kling',
      /no answer/,
    ],
  ])('%s is broken, with the remedy, and ends with 1', async (_, environment, part, message) => {
    const { code, healthy, of } = await diagnose(environment());
    expect([code, healthy]).toEqual([1, false]);
    expect(of(part)).toMatchObject({ status: 'broken', message: expect.stringMatching(message) });
    if (part !== 'database') expect(of(part)?.remedy).toBeTruthy();
  });

  test('a worker that is to compare faces and lacks the package does not start, and says in one line what to install', async () => {
    const lacking = { ...settings, TROUPE_COMPARE_FACES: 'on', ...withoutFacePackage };
    const { code, stderr } = await runCommand(['worker'], lacking);
    expect(code).toBe(1);
    expect(stderr.trim()).toMatch(
      /^troupe: TROUPE_COMPARE_FACES is on, but .* npm install --prefix .*models" @vladmandic\/face-api@[\d.]+, or set TROUPE_COMPARE_FACES to off$/,
    );
  });

  test('a data folder where no files can be made is broken', async () => {
    await using folder = await mkdtempDisposable(join(tmpdir(), 'troupe-doctor-'));
    await writeFile(join(folder.path, 'data'), 'a file');
    const { code, of } = await diagnose({ ...settings, TROUPE_DATA_DIR: join(folder.path, 'data') });
    expect([code, of('storage')?.status]).toEqual([1, 'broken']);
  });

  test('settings that are wrong are told all at once, with 1, and one without effect is a warning', async () => {
    const wrong = await diagnose({ ...settings, PORT: 'x', TROUPE_IMAGE_SIDE_MIN_PX: 'y' });
    expect([wrong.code, wrong.of('settings')?.status]).toEqual([1, 'broken']);
    expect(wrong.of('settings')?.message).toMatch(/PORT.*TROUPE_IMAGE_SIDE_MIN_PX/s);
    const odd = await diagnose({ ...settings, TROUPE_SOMETHING_QUITE_ELSE: '1' });
    expect([odd.code, odd.of('settings')?.status]).toEqual([0, 'warning']);
  });

  test('starts nothing: without a database of its own running it says how to start it', async () => {
    await using folder = await mkdtempDisposable(join(tmpdir(), 'troupe-doctor-'));
    const { code, of } = await diagnose({ TROUPE_DATA_DIR: join(folder.path, 'fresh') });
    expect([code, of('database')?.status]).toEqual([0, 'warning']);
    expect(of('database')?.remedy).toContain('npm start');
  });

  test('less memory than the children may take is a warning with the number that fits', () => {
    const check = checkMemory({ bytes: 2 * 2 ** 30, children: 8, childMemoryMib: 512 });
    expect(check).toMatchObject({ status: 'warning', remedy: expect.stringContaining('TROUPE_MEDIA_CHILDREN=2') });
    expect(checkMemory({ bytes: 8 * 2 ** 30, children: 2, childMemoryMib: 512 }).status).toBe('ok');
  });
});

describe('over the API', () => {
  test("an admin's key reads the same of the running server, also by --remote", async () => {
    const { key } = await troupe.grant({ account: 'tester', name: 'admin', role: 'admin' }, 0);
    const diagnosis = await getDiagnosis(createClient({ baseUrl: troupe.url, key }));
    const statuses = Object.fromEntries(diagnosis.checks.map(({ part, status }) => [part, status]));
    expect(statuses).toMatchObject({ database: 'ok', storage: 'ok', video: 'ok', kling: 'ok', public_url: 'off' });
    const remote = { TROUPE_URL: troupe.url, TROUPE_API_KEY: key };
    const { code, stdout } = await runCommand(['doctor', '--remote'], remote);
    expect([code, stdout]).toEqual([0, expect.stringMatching(/^ok +kling /m)]);
  });

  test('an admin has the ledger checked: whole, and with what is wrong', async () => {
    const { key } = await troupe.grant({ account: 'tester', name: 'admin', role: 'admin' }, 0);
    const client = createClient({ baseUrl: troupe.url, key });
    expect(await checkLedger(client, { at_rest: true })).toEqual({ whole: true, discrepancies: [] });
    const remote = { TROUPE_URL: troupe.url, TROUPE_API_KEY: key };
    expect((await runCommand(['ledger', 'check', '--remote'], remote)).stdout).toBe('the ledger is whole\n');
    await sql`update balances set available_microcredits = available_microcredits + 1,
      granted_microcredits = granted_microcredits + 1`.execute(troupe.database.db);
    const broken = await checkLedger(client);
    const rules = broken.discrepancies.map(({ rule, task_id }) => [rule, task_id]);
    expect([broken.whole, ...rules]).toEqual([false, ['balance_differs', null], ['balance_differs', null]]);
    expect((await runCommand(['ledger', 'check', '--remote', '--json'], remote)).code).toBe(1);
  });
});
