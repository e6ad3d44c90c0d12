import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runCommand } from '../helpers/run-command.ts';
import { type StandIn, standInCredentials, startStandIn } from '../helpers/stand-in-kling/stand-in.ts';
import { startOrigin } from '../helpers/start-origin.ts';
import { openTestDatabase, type TestDatabase } from '../helpers/test-database.ts';

let standIn: StandIn;
let database: TestDatabase;
beforeAll(async () => {
  standIn = await startStandIn({ taskMs: 0 });
  database = await openTestDatabase();
});
afterAll(async () => {
  await standIn[Symbol.asyncDispose]();
  await database.close();
});

async function run(words: string, environment: Record<string, string> = {}) {
  const { code, stdout, stderr } = await runCommand(words.split(' '), {
    TROUPE_KLING_BASE_URL: standIn.url,
    DATABASE_URL: database.url,
    TROUPE_KLING_ACCESS_KEY: standInCredentials.accessKey,
    TROUPE_KLING_SECRET_KEY: standInCredentials.secretKey,
    ...environment,
  });
  return { code, output: `${stdout}${stderr}` };
}

/** What is noted of this subject, oldest first. */
async function readAudit(subject: string): Promise<string[]> {
  const lines = await sql<{ line: string }>`
    select split_part(actor, ':', 1) || ' ' || action as line from audit_lines where subject = ${subject} order by id`;
  return (await lines.execute(database.db)).rows.map(({ line }) => line);
}

test('a list of nothing says so', async () => {
  expect((await run('kling elements list')).output).toContain('0 element(s)\n');
  expect((await run('kling voices list')).output).toContain('0 voice(s)\n');
});

test('an operator lists and deletes the elements of the account, by their whole ids', async () => {
  const body = { element_name: 'Rover', element_description: 'd', reference_type: 'image_refer' };
  const id = standIn.addElement(body);
  expect((await run('kling elements list')).output).toContain(`${id}   image_refer  Rover\n`);
  expect(await run(`kling elements delete ${id}`)).toMatchObject({ code: 0 });
  expect((await run('kling elements list')).output).toContain('Rover (deleted)');
  expect(await readAudit(`kling_element:${id}`)).toEqual(['user kling_element.delete']);
  expect((await run('kling elements presets --json')).output).toContain('"element_id":"160"');
});

test('an operator makes, lists and deletes voices', async () => {
  const made = await run('kling voices create --name Ann --url https://media.example/ann.mp3 --json');
  const { voice_id } = JSON.parse(made.output);
  expect((await run('kling voices list')).output).toContain(voice_id);
  expect(await run(`kling voices delete ${voice_id}`)).toMatchObject({ code: 0 });
  expect(await readAudit(`kling_voice:${voice_id}`)).toEqual(['user kling_voice.delete']);
  const { rows } = await sql`select details from audit_lines where action = 'kling_voice.create'`.execute(database.db);
  expect(rows).toEqual([{ details: { name: 'Ann' } }]);
  expect((await run('kling voices presets')).output).toContain('Narrator');
});

test('an operator grants a voice to an account when it is made or later, and takes it back', async () => {
  await sql`insert into accounts (name, callback_secrets) values ('voices', array['whsec_'])`.execute(database.db);
  const create = 'kling voices create --name Ann --url https://media.example/ann.mp3 --json --account';
  const before = standIn.creates('/v1/general/custom-voices').length;
  expect(await run(`${create} nobody`)).toMatchObject({ code: 1 });
  expect(standIn.creates('/v1/general/custom-voices')).toHaveLength(before);
  const { voice_id } = JSON.parse((await run(`${create} voices`)).output);
  const count = async () =>
    (await sql`select from kling_voice_grants where voice_id = ${voice_id}`.execute(database.db)).rows.length;
  expect(await count()).toBe(1);
  expect((await run(`kling voices revoke ${voice_id} --account voices`)).output).toBe('revoked\n');
  expect((await run(`kling voices revoke ${voice_id} --account voices`)).output).toContain('was not granted');
  expect((await run(`kling voices grant ${voice_id} --account voices`)).output).toBe('granted\n');
  expect(await count()).toBe(1);
  const done = ['grant', 'revoke', 'grant'].map((verb) => `user kling_voice.${verb}`);
  expect(await readAudit(`kling_voice:${voice_id}`)).toEqual(done);
});

test('of several Kling accounts a command works at the one that is named, and at none where none is', async () => {
  const apiKey = 'api-key-of-the-second-account';
  await using second = await startStandIn({ taskMs: 0, apiKey, idOffset: 5_000_000_000n });
  const environment = {
    TROUPE_KLING_ACCOUNTS: JSON.stringify([{ name: 'second', api_key: apiKey, base_url: second.url }]),
  };
  await sql`insert into accounts (name, callback_secrets) values ('two', array['whsec_'])`.execute(database.db);
  const at = (words: string) => run(`${words} --kling-account second`, environment);
  const body = { element_name: 'Rover', element_description: 'd', reference_type: 'image_refer' };
  const id = second.addElement(body);
  const before = standIn.received().length;
  expect((await at('kling elements list')).output).toContain(`${id}   image_refer  Rover\n`);
  expect((await at('kling elements presets')).output).toContain('element(s)\n');
  expect(await at(`kling elements delete ${id}`)).toMatchObject({ code: 0 });
  const create = 'kling voices create --name Ann --url https://media.example/ann.mp3 --json --account two';
  const { voice_id } = JSON.parse((await at(create)).output);
  expect((await at('kling voices list')).output).toContain(voice_id);
  expect((await at('kling voices presets')).output).toContain('Narrator');
  const grants = async () => {
    const { rows } = await sql<{ credential: string }>`
      select credential from kling_voice_grants where voice_id = ${voice_id}`.execute(database.db);
    return rows.map(({ credential }) => credential);
  };
  const [credential] = await grants();
  expect(await at(`kling voices revoke ${voice_id} --account two`)).toMatchObject({ code: 0, output: 'revoked\n' });
  expect(await at(`kling voices grant ${voice_id} --account two`)).toMatchObject({ code: 0, output: 'granted\n' });
  expect(await grants()).toEqual([credential]);
  const other = await run(`kling voices grant ${voice_id} --account two --kling-account default`, environment);
  expect(other.code).toBe(0);
  expect(new Set(await grants()).size).toBe(2);
  expect(await at(`kling voices delete ${voice_id}`)).toMatchObject({ code: 0 });
  expect(standIn.received()).toHaveLength(before);
  for (const words of [
    'kling elements list',
    `kling voices delete ${voice_id}`,
    'kling voices list --kling-account third',
  ]) {
    const unclear = await run(words, environment);
    expect(unclear).toMatchObject({ code: 2 });
    expect(unclear.output).toContain('--kling-account must be one of default, second');
  }
  expect(standIn.received()).toHaveLength(before);
});

test('an operator takes an element over: with its pictures, bound to the id it has upstream', async () => {
  await using origin = await startOrigin();
  const dataFolder = await mkdtemp(join(tmpdir(), 'troupe-adopt-test-'));
  const upstreamId = standIn.addElement({
    element_name: 'Bear',
    element_description: 'a bear',
    reference_type: 'image_refer',
    element_image_list: {
      frontal_image: origin.url('/bear.jpg'),
      refer_images: [{ image_url: origin.url('/duck.jpg') }],
    },
  });
  await sql`insert into accounts (name, callback_secrets) values ('studio', array['whsec_'])`.execute(database.db);
  const adopt = (words = '') =>
    run(`elements adopt --account studio --upstream-id ${upstreamId}${words}`, {
      TROUPE_ALLOW_ADDRESSES: '127.0.0.0/8',
      TROUPE_DATA_DIR: dataFolder,
      TROUPE_KLING_ACCOUNT: 'ours',
    });
  const { code, output } = await adopt(' --json');
  expect({ code, output }).toMatchObject({ code: 0 });
  const { element_id, is_new } = JSON.parse(output);
  expect(is_new).toBe(true);
  expect(await adopt()).toEqual({
    code: 0,
    output: `studio has it as element ${element_id} already; nothing was done\n`,
  });
  const { rows } = await sql`
    select upstream_element_id, origin, credential, elements.name, engine,
      (select count(*)::int from element_files where element_files.element_id = elements.id) > 4 as has_files
    from kling_elements join elements on elements.id = element_id
    where element_id = ${element_id}::bigint`.execute(database.db);
  expect(rows).toMatchObject([
    {
      upstream_element_id: upstreamId,
      origin: 'adopted',
      credential: 'ours',
      name: 'Bear',
      engine: 'kling',
      has_files: true,
    },
  ]);
  expect(await readAudit(`element:${element_id}`)).toEqual(['user element.adopt']);
  // Deleted on a server without credentials, which could not tell the upstream: it may be taken over again.
  await sql`update elements set deleted_at = now() where id = ${element_id}::bigint`.execute(database.db);
  const both = await Promise.all([adopt(' --json'), adopt(' --json')]);
  const answers = both.map((one) => JSON.parse(one.output));
  expect(answers.map((one) => one.is_new).sort()).toEqual([false, true]);
  expect(answers[0].element_id).toBe(answers[1].element_id);
  const living = await sql`
    select element_files.storage_key from elements join element_files on element_files.element_id = elements.id
    where elements.deleted_at is null`.execute(database.db);
  const stored = await readdir(join(dataFolder, 'storage', 'elements'));
  expect(stored.sort()).toEqual([element_id, answers[0].element_id].sort());
  expect(living.rows.length).toBeGreaterThan(4);
  await rm(dataFolder, { recursive: true });
});

test('without credentials the settings that are missing are named', async () => {
  const { code, output } = await run('kling voices list', { TROUPE_KLING_SECRET_KEY: '' });
  expect(code).not.toBe(0);
  expect(output).toContain('TROUPE_KLING_API_KEY');
});

test('an operator checks the account and sees its status; a wrong key ends with 1 and names the setting', async () => {
  const right = await run('kling check');
  expect(right.output).toContain(`takes the key`);
  expect(right.code, right.output).toBe(0);
  const wrong = await run('kling check', { TROUPE_KLING_SECRET_KEY: 'a-secret-that-nobody-knows' });
  expect([wrong.code, /error +key .*TROUPE_KLING_ACCESS_KEY/.test(wrong.output)]).toEqual([1, true]);
  expect(wrong.output).not.toContain('a-secret-that-nobody-knows');
  const status = await run('kling status');
  expect(status).toMatchObject({ code: 0 });
  expect(status.output).toContain('balance   10000 units');
  expect(JSON.parse((await run('kling status --json')).output)).toMatchObject({ base_url: standIn.url, costs: [] });
});
