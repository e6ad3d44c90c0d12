import { sql } from 'kysely';
import pg from 'pg';
import pino from 'pino';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { moveDatabaseCommand } from '../../src/commands/database-move.ts';
import { moveDatabase } from '../../src/commands/move-database.ts';
import { parseConfig } from '../../src/config.ts';
import { checkLedger } from '../../src/credits/index.ts';
import { connect, startPostgres, type Way } from '../../src/db/index.ts';
import { openContext } from '../../src/open-context.ts';
import { findTask } from '../../src/tasks/index.ts';
import { imageRequest } from '../helpers/flow-bodies.ts';
import { runTroupe } from '../helpers/run-command-line.ts';
import { type StartedTroupe, startTroupe } from '../helpers/start-troupe.ts';
import { openTestDatabase } from '../helpers/test-database.ts';

const limitMs = 300_000;
const tinyPicture = Buffer.from('not fetched by the engine that does nothing').toString('base64');

let troupe: StartedTroupe;
let taskId: string;
let settings: Record<string, string>;
const cleaners: (() => PromiseLike<unknown>)[] = [];

beforeAll(async () => {
  troupe = await startTroupe({ worker: true });
  cleaners.push(() => troupe[Symbol.asyncDispose]());
  const { body } = await troupe.submit(imageRequest(tinyPicture));
  taskId = body.id;
  await troupe.waitForEnd(taskId, limitMs);
  await troupe.stopWorkers();
  // Waits in the job engine's own table.
  await troupe.submit(imageRequest(tinyPicture));
  settings = {
    DATABASE_URL: troupe.database.url,
    TROUPE_DATA_DIR: troupe.config.dataFolder,
    TROUPE_DATABASE_CONNECTIONS: '4',
    TROUPE_ELEMENT_ENGINE: 'nothing',
  };
}, limitMs);
afterAll(async () => {
  for (const clean of cleaners.reverse()) await clean();
});

/** An empty database that nothing was migrated in. */
async function makeEmpty(): Promise<string> {
  const name = `empty_${Math.random().toString(36).slice(2)}`;
  const admin = connect({ url: inject('postgresUrl'), connectionsMax: 1, onError: () => undefined });
  await sql.raw(`create database ${name}`).execute(admin.db);
  cleaners.push(async () => {
    await sql.raw(`drop database if exists ${name} with (force)`).execute(admin.db);
    await admin.close();
  });
  return Object.assign(new URL(inject('postgresUrl')), { pathname: `/${name}` }).href;
}

async function ask(url: string, statement: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(statement)).rows;
  } finally {
    await client.end();
  }
}

const wayTo = (url: string): Way => ({ url, pooling: 'none' });

const move = (to: string, more: Record<string, string> = {}) =>
  runTroupe(['database', 'move', '--to', to], { ...settings, ...more });

test(
  "a target that is no address, that holds rows or another program's tables, and a source in use are refused",
  async () => {
    const full = await openTestDatabase(1);
    cleaners.push(() => full.close());
    await sql`insert into accounts (name, callback_secrets) values ('somebody', '{whsec}')`.execute(full.db);
    const foreign = await makeEmpty();
    await ask(foreign, 'create table invoices (id int)');
    const refusals = [
      [troupe.database.url, /the target is the database to move: name another one/],
      [full.url, /the target is not empty: public\.accounts holds rows/],
      [foreign, /the target is not empty: it has the table public\.invoices of another program/],
      [await makeEmpty(), /the database to move is in use by troupe \(process \d+\).*stop all servers/],
    ] as const;
    for (const [url, words] of refusals)
      await expect(moveDatabase(wayTo(troupe.database.url), wayTo(url), () => undefined)).rejects.toThrow(words);
    const run = (to: string, environment: Record<string, string>) => moveDatabaseCommand.run({ to }, environment, []);
    await expect(run('mysql://a@b/c', settings)).rejects.toThrow(/--to must begin with postgres:/);
    const { DATABASE_URL, ...embedded } = settings;
    await expect(run('embedded', embedded)).rejects.toThrow(/set DATABASE_URL to the one to move/);
    expect(await ask(foreign, 'select * from invoices')).toEqual([]);
  },
  limitMs,
);

test(
  'a move killed in the middle leaves no row; the next one is whole with sequences and waiting jobs; servers go on with the new one alone',
  async () => {
    await troupe.stop();
    await troupe.database.db.destroy();
    const killed = await move('embedded', { TROUPE_FAILPOINT: 'after-moving-public.tasks' });
    expect(killed.code, killed.stderr).toBeNull();
    const { DATABASE_URL = '', TROUPE_DATA_DIR: dataFolder = '' } = settings;
    const embedded = await startPostgres({ dataFolder, settings: ['fsync=off'] });
    cleaners.push(() => embedded.stop());
    expect(await ask(embedded.url, 'select from accounts')).toEqual([]);

    const target = await makeEmpty();
    const summary = `select (select count(*) from jobs.job) as jobs, (select count(*) from transfers) as transfers,
      (select max(last_value) from pg_sequences where schemaname = 'public') as last`;
    const before = await ask(DATABASE_URL, summary);
    await moveDatabase(wayTo(DATABASE_URL), wayTo(embedded.url), () => undefined);
    const { rows } = await moveDatabase(wayTo(embedded.url), wayTo(target), () => undefined);
    expect(rows).toBeGreaterThan(10);
    expect(await ask(target, summary)).toEqual(before);
    expect(before[0]).not.toMatchObject({ jobs: 0 });

    await using server = await open(target);
    expect(await findTask(server.database.db, troupe.key.account_id, taskId)).toMatchObject({ status: 'completed' });
    expect(await checkLedger(server.database.db)).toEqual([]);
    await expect(open(DATABASE_URL)).rejects.toThrow(/don't belong together/);
    await expect(open(embedded.url)).rejects.toThrow(/don't belong together/);
  },
  limitMs,
);

/** What a server opens at its start. */
async function open(url: string) {
  const config = parseConfig({ ...settings, DATABASE_URL: url });
  const context = await openContext(config, pino({ level: 'silent' }), ['api']);
  return Object.assign(context, { [Symbol.asyncDispose]: () => context.close() });
}
