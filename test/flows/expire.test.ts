import { access, mkdir, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { expire } from '../../src/flow/index.ts';
import { imageRequest } from '../helpers/flow-bodies.ts';
import { startOrigin } from '../helpers/start-origin.ts';
import { startTroupe } from '../helpers/start-troupe.ts';

const hourAgo = new Date(Date.now() - 3_700_000);

test('the sweep removes what is old and used by nobody, and nothing else', async () => {
  await using origin = await startOrigin();
  await using troupe = await startTroupe({
    environment: { TROUPE_ELEMENT_ENGINE: 'local', TROUPE_MEDIA_CHILDREN: '1' },
  });
  const { context } = troupe;
  const { storage, workFolder } = context;
  const inline = Buffer.from('bytes of a picture').toString('base64');
  const worker = troupe.startWorker();
  const { body: done } = await troupe.submit(imageRequest(origin.url('/duck.jpg')));
  const { result_data } = await troupe.waitForEnd(done.id);
  await worker.close();
  const { body: waiting } = await troupe.submit(imageRequest(inline, ['https://example.com/side.jpg']));

  const used = [`elements/${result_data.element_id}/element.json`, `inputs/${waiting.id}/0`];
  const unusedOld = ['elements/1234567890123456/a.png', `inputs/${done.id}/0`, 'inputs/task-unified-0-gone/0'];
  const unusedNew = ['elements/1234567890123457/a.png', 'inputs/task-unified-1-gone/0'];
  for (const key of [...unusedOld, ...unusedNew]) await storage.put(key, { bytes: Buffer.from('x') });
  for (const key of [...used, ...unusedOld]) await utimes(storage.locate(key), hourAgo, hourAgo);
  const folders = { old: join(workFolder, 'old-1-abc'), young: join(workFolder, 'young-1-abc') };
  for (const folder of Object.values(folders)) {
    await mkdir(folder);
    await writeFile(join(folder, 'source-0'), 'x');
  }
  await utimes(folders.old, hourAgo, hourAgo);

  expect(await expire(context)).toEqual({ workFolders: 1, storedFiles: 3 });
  for (const key of [...used, ...unusedNew]) expect(await storage.find(key), key).not.toBeNull();
  for (const key of unusedOld) expect(await storage.find(key), key).toBeNull();
  await access(folders.young);
  await expect(access(folders.old)).rejects.toThrow('ENOENT');
  expect(await expire(context)).toEqual({ workFolders: 0, storedFiles: 0 });
});
