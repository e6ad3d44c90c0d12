import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createCaller } from '../helpers/call.ts';
import { startServe } from '../helpers/run-command-line.ts';
import { openTestDatabase, type TestDatabase } from '../helpers/test-database.ts';
import { drawJpeg, upload } from '../helpers/upload.ts';

let folder: string;
let database: TestDatabase;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'troupe-killed-'));
  database = await openTestDatabase(2);
});
afterEach(async () => {
  await database.close();
  await rm(folder, { recursive: true, force: true });
});

test.each(['while-uploading', 'after-storing-upload'])(
  'a server that is killed %s has no half file afterwards: its place lapses, and the same upload is taken',
  async (failpoint) => {
    const environment = { DATABASE_URL: database.url, TROUPE_DATA_DIR: folder, TROUPE_ELEMENT_ENGINE: 'nothing' };
    const bytes = await drawJpeg();
    const headers = { 'idempotency-key': 'the-same-upload' };
    const dying = await startServe({ ...environment, TROUPE_FAILPOINT: failpoint });
    await expect(upload(dying, bytes, { key: dying.key, headers })).rejects.toThrow();
    await dying[Symbol.asyncDispose]();

    await using server = await startServe(environment);
    const call = createCaller(server.url, dying.key);
    const quota = async () => (await call('GET', '/api/v1/files/quota')).body.data;
    expect((await quota()).used_files).toBe(1);
    expect((await call('GET', '/api/v1/files/list')).body.data.total).toBe(0);
    // The minute passes after which nobody renews the place any more.
    await sql`update files set arriving_until = now() - interval '1 second'`.execute(database.db);
    expect(await quota()).toMatchObject({ used_files: 0 });
    const again = await upload(server, bytes, { key: dying.key, headers });
    expect(again.status).toBe(200);
    expect(await quota()).toMatchObject({ used_files: 1 });
    const answer = await fetch(again.body.data.file_url);
    expect(Buffer.from(await answer.arrayBuffer()).equals(bytes)).toBe(true);
    const kept = (await readdir(join(folder, 'storage', 'files'), { recursive: true })).filter((name) =>
      name.endsWith('.jpg'),
    );
    expect(kept.filter((name) => name.includes(again.body.data.file_id))).toHaveLength(1);
  },
);
