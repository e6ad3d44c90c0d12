import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { expire, grantKey } from '../../src/flow/index.ts';
import { createCaller } from '../helpers/call.ts';
import { imageRequest } from '../helpers/flow-bodies.ts';
import { runCommand } from '../helpers/run-command.ts';
import { runTroupe } from '../helpers/run-process.ts';
import { startStandInS3 } from '../helpers/stand-in-s3/stand-in-s3.ts';
import { type MediaOrigin, startOrigin } from '../helpers/start-origin.ts';
import { type StartedTroupe, startTroupe } from '../helpers/start-troupe.ts';
import { openTestDatabase } from '../helpers/test-database.ts';
import { until } from '../helpers/until.ts';

let origin: MediaOrigin;
let folder: string;
let troupe: StartedTroupe;
beforeAll(async () => {
  origin = await startOrigin();
  troupe = await start();
  folder = await mkdtemp(join(tmpdir(), 'troupe-mended-'));
});
afterAll(async () => {
  await troupe[Symbol.asyncDispose]();
  await origin[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

const local = { TROUPE_ELEMENT_ENGINE: 'local', TROUPE_MEDIA_CHILDREN: '1', TROUPE_PEOPLE_NETWORKS: 'off' };
const start = (environment: Record<string, string> = {}) => startTroupe({ environment: { ...local, ...environment } });
const keep = {
  kind: 'keep',
  radius_px: 20,
  points: [
    [30, 30],
    [60, 40],
  ],
};
const remove = { kind: 'remove', radius_px: 20, points: [[200, 200]] };
const cutoutOf = (id: string) => `/v1/elements/${id}/views/frontal/cutout`;

async function makeElement(troupe: StartedTroupe): Promise<string> {
  const worker = troupe.startWorker();
  const { body } = await troupe.submit(imageRequest(origin.url('/duck.jpg')));
  const { result_data } = await troupe.waitForEnd(body.id);
  await worker.close();
  return result_data.element_id;
}

/** The bytes of an element's file, by its link. */
async function load({ key }: StartedTroupe, url: string): Promise<{ status: number; bytes: Buffer }> {
  const answer = await fetch(url, { headers: { authorization: `Bearer ${key.key}` } });
  return { status: answer.status, bytes: Buffer.from(await answer.arrayBuffer()) };
}

async function mend(troupe: StartedTroupe, id: string, ...strokes: object[]) {
  const answer = await troupe.call('PUT', cutoutOf(id), { body: { strokes } });
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  return answer.body;
}

test('with a bucket, what is mended lies there, is what the preview showed, and goes back to the automatic matte', async () => {
  await using s3 = await startStandInS3();
  await using inBucket = await start(s3.environment);
  const id = await makeElement(inBucket);
  const before = (await inBucket.call('GET', cutoutOf(id))).body;
  const automatic = await load(inBucket, before.matte_url);
  const asked = await fetch(`${inBucket.url}${cutoutOf(id)}/preview`, {
    method: 'POST',
    headers: { authorization: `Bearer ${inBucket.key.key}`, 'content-type': 'application/json' },
    body: JSON.stringify({ strokes: [keep] }),
  });
  const preview = Buffer.from(await asked.arrayBuffer());
  const mended = await mend(inBucket, id, keep);
  expect(mended).toMatchObject({ revision: 2, matte_source: 'mended' });
  for (const url of [mended.matte_url, mended.cutout_url]) expect((await load(inBucket, url)).status).toBe(200);
  expect((await load(inBucket, mended.matte_url)).bytes.equals(preview)).toBe(true);
  expect(s3.keys().filter((key) => key.startsWith(`elements/${id}/r2-`)).length).toBeGreaterThan(3);
  const back = (await inBucket.call('DELETE', cutoutOf(id))).body;
  expect(back).toMatchObject({ revision: 3, matte_source: 'automatic' });
  expect((await load(inBucket, back.matte_url)).bytes.equals(automatic.bytes)).toBe(true);
});

describe('an element from before there was mending', () => {
  test('has revision 1, is mended like any other, and goes back', async () => {
    const id = await makeElement(troupe);
    // What its row and manifest did not have then; and mattes could have any size.
    await sql`
      update elements set revision = default, manifest = jsonb_set(manifest::jsonb, '{sources}', (
        select jsonb_agg(source #- '{facts,matte_source}' #- '{facts,faces}') from jsonb_array_elements(manifest::jsonb -> 'sources') source
      )) - 'mended' where id = ${id}`.execute(troupe.database.db);
    const { matte_url } = (await troupe.call('GET', cutoutOf(id))).body;
    const matte = await load(troupe, matte_url);
    const { width = 0, height = 0 } = await sharp(matte.bytes).metadata();
    const half = await sharp(matte.bytes)
      .resize(width >> 1, height >> 1)
      .png()
      .toBuffer();
    const { rows } = await sql<{ storage_key: string }>`
      select storage_key from element_files where element_id = ${id} and name = 'frontal-matte.png'`.execute(
      troupe.database.db,
    );
    await writeFile(troupe.context.storage.locate(rows[0]?.storage_key as string), half);
    expect((await troupe.call('GET', cutoutOf(id))).body).toMatchObject({ revision: 1, matte_source: 'automatic' });
    const mended = await mend(troupe, id, keep);
    expect(mended).toMatchObject({ revision: 2, matte_source: 'mended', strokes: [keep] });
    const made = await sharp((await load(troupe, mended.matte_url)).bytes).metadata();
    expect([made.width, made.height]).toEqual([width, height]);
    const back = (await troupe.call('DELETE', cutoutOf(id))).body;
    expect((await load(troupe, back.matte_url)).bytes.equals(half)).toBe(true);
  });

  test('without a cut-out gets its first one by hand', async () => {
    const id = await makeElement(troupe);
    await sql`
      update elements set manifest = jsonb_set(manifest::jsonb, '{files}', (
        select jsonb_agg(file) from jsonb_array_elements(manifest::jsonb -> 'files') file
        where file ->> 'role' not in ('matte', 'cutout', 'sheet')
      )) where id = ${id}`.execute(troupe.database.db);
    await sql`delete from element_files where element_id = ${id} and name ~ 'matte|cutout|sheet'`.execute(
      troupe.database.db,
    );
    expect((await troupe.call('GET', cutoutOf(id))).body).toMatchObject({ matte_url: null, cutout_url: null });
    const mended = await mend(troupe, id, {
      ...keep,
      points: [
        [150, 150],
        [170, 150],
      ],
    });
    expect((await load(troupe, mended.cutout_url)).status).toBe(200);
    const back = (await troupe.call('DELETE', cutoutOf(id))).body;
    expect(back).toMatchObject({ revision: 3, matte_url: null, cutout_url: null });
  });
});

describe('files that were replaced', () => {
  const hourAgo = "now() - interval '61 minutes'";

  test('stay for an hour and while an unfinished task names the element; then they go, and no others', async () => {
    const { db } = troupe.database;
    const { storage } = troupe.context;
    const id = await makeElement(troupe);
    await mend(troupe, id, keep);
    await mend(troupe, id, remove);
    const replaced = async () =>
      (
        await sql<{ storage_key: string }>`
          select storage_key from element_files where element_id = ${id} and replaced_at is not null
          order by storage_key`.execute(db)
      ).rows.map((row) => row.storage_key);
    const old = await replaced();
    expect(old.length).toBeGreaterThan(3);
    await expire(troupe.context);
    expect(await replaced()).toEqual(old);

    await sql.raw(`update element_files set replaced_at = ${hourAgo} where replaced_at is not null`).execute(db);
    const { body: waiting } = await troupe.submit({
      model: 'kling-o3-text-to-video',
      prompt: '<<<element_1>>> waits',
      duration: 3,
      model_params: { element_list: [{ element_id: id }] },
    });
    await expire(troupe.context);
    expect(await replaced()).toEqual(old);
    for (const key of old) expect(await storage.find(key), key).not.toBeNull();

    await troupe.call('POST', `/v1/tasks/${waiting.id}/cancel`);
    await troupe.waitForEnd(waiting.id);
    await expire(troupe.context);
    expect(await replaced()).toEqual([]);
    for (const key of old) expect(await storage.find(key), key).toBeNull();
    const { files } = (await troupe.call('GET', `/v1/elements/${id}`)).body;
    for (const { url } of files) expect((await load(troupe, url)).status, url).toBe(200);
    // The automatic cut-out is none of those that were replaced.
    expect((await troupe.call('DELETE', cutoutOf(id))).body).toMatchObject({ matte_source: 'automatic' });
  });
});

test('a process that is killed before a mended cut-out is committed leaves the element as it was, to be mended again', async () => {
  await using database = await openDisposable();
  const environment = {
    ...local,
    DATABASE_URL: database.url,
    TROUPE_DATA_DIR: join(folder, 'killed'),
    PORT: '0',
    TROUPE_ALLOW_ADDRESSES: '127.0.0.0/8',
    PATH: process.env.PATH ?? '',
  };
  await using armed = runTroupe(['serve'], { ...environment, TROUPE_FAILPOINT: 'before-commit-of-mend' });
  const [, url] = await armed.waitFor(/answers at (http:\S+),/);
  const key = await grantKey(database.db, { account: 'killed', name: 'k' }, 5_000_000, new Date());
  const call = createCaller(url as string, key.key);
  const { body: task } = await call('POST', '/v1/videos/generations', { body: imageRequest(origin.url('/duck.jpg')) });
  const { result_data } = await until('the element', async () => {
    const { body } = await call('GET', `/v1/tasks/${task.id}`);
    return body.status === 'completed' ? body : null;
  });
  const id = result_data.element_id as string;
  const before = (await call('GET', `/v1/elements/${id}`)).body;
  await expect(call('PUT', cutoutOf(id), { body: { strokes: [keep] } })).rejects.toThrow();
  await armed.ended;

  await using again = runTroupe(['serve'], environment);
  const [, place] = await again.waitFor(/answers at (http:\S+),/);
  const callAgain = createCaller(place as string, key.key);
  const withoutHost = (text: string) => text.replaceAll(/http:\/\/[^/]+/g, '');
  const after = (await callAgain('GET', `/v1/elements/${id}`)).body;
  expect(withoutHost(JSON.stringify(after))).toBe(withoutHost(JSON.stringify(before)));
  const rows = await sql<{ count: string | number }>`
    select count(*) from element_files where element_id = ${id} and storage_key like ${`%/r2-%`}`.execute(database.db);
  expect(Number(rows.rows[0]?.count)).toBe(0);
  const mended = await callAgain('PUT', cutoutOf(id), { body: { strokes: [keep], revision: 1 } });
  expect([mended.status, mended.body.revision]).toEqual([200, 2]);
});

describe('troupe elements mend', () => {
  test('previews, mends, is refused for another revision, and goes back', async () => {
    const id = await makeElement(troupe);
    const environment = { TROUPE_URL: troupe.url, TROUPE_API_KEY: troupe.key.key };
    const run = (...words: string[]) => runCommand(['elements', 'mend', id, 'frontal', ...words], environment);
    const path = join(folder, 'preview.png');
    expect(await run('--keep', '30,30 60,40', '--radius', '20', '--preview', path)).toMatchObject({
      code: 0,
      stdout: `saved ${path}\n`,
    });
    const { data, info } = await sharp(path).extractChannel(0).raw().toBuffer({ resolveWithObject: true });
    expect(data[30 * info.width + 40]).toBe(255);
    expect((await troupe.call('GET', cutoutOf(id))).body).toMatchObject({ revision: 1 });

    const mended = await run('--keep', '30,30 60,40', '--remove', '200,200', '--radius', '20', '--json');
    expect(mended.code, mended.stderr).toBe(0);
    expect(JSON.parse(mended.stdout)).toMatchObject({ revision: 2, matte_source: 'mended', strokes: [keep, remove] });

    const late = await run('--keep', '30,30', '--revision', '1');
    expect([late.code, late.stdout]).toEqual([1, '']);
    expect(late.stderr).toContain('has revision 2, the change was made for revision 1; nothing was changed');

    const drawn = join(folder, 'drawn.png');
    const { width_px: width, height_px: height } = (await troupe.call('GET', cutoutOf(id))).body;
    await sharp({ create: { width, height, channels: 3, background: '#fff' } })
      .png()
      .toFile(drawn);
    expect(await run('--alpha', drawn)).toMatchObject({
      code: 0,
      stdout: `${id}  frontal: mended, confidence 1; revision 3\n`,
    });
    const back = await run('--undo');
    expect([back.code, back.stdout]).toEqual([0, expect.stringMatching(/frontal: automatic, .*revision 4\n$/)]);
  });
});

async function openDisposable() {
  const database = await openTestDatabase(4);
  return { ...database, [Symbol.asyncDispose]: () => database.close() };
}
