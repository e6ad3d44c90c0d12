import { expect, test } from 'vitest';
import { mountSmallDisk } from '../faults/small-disk.ts';
import { imageRequest } from '../helpers/flow-bodies.ts';
import { loadBooks } from '../helpers/load-books.ts';
import { startOrigin } from '../helpers/start-origin.ts';
import { startTroupe } from '../helpers/start-troupe.ts';
import { drawJpeg, upload } from '../helpers/upload.ts';

test('while the disk is read-only, requests that store and tasks are told so and nothing is charged; then all works again', async (context) => {
  await using disk = await mountSmallDisk(48);
  if (disk === null) return context.skip();
  await using origin = await startOrigin();
  await using troupe = await startTroupe({
    worker: true,
    environment: {
      TROUPE_DATA_DIR: `${disk.folder}/data`,
      TROUPE_ELEMENT_ENGINE: 'local',
      TROUPE_MEDIA_CHILDREN: '1',
    },
  });
  const jpeg = await drawJpeg();
  const inline = imageRequest(`data:image/jpeg;base64,${jpeg.toString('base64')}`);
  const plain = imageRequest(origin.url('/duck.jpg'), [origin.url('/duck.jpg')]);

  await disk.setReadOnly(true);
  const uploaded = await upload(troupe, jpeg);
  expect([uploaded.status, uploaded.body.error.code]).toEqual([503, 'service_unavailable']);
  const { status, headers, body } = await troupe.submit(inline);
  expect([status, body.error.code, headers.get('retry-after')]).toEqual([503, 'service_unavailable', '30']);
  expect(body.error.message).toContain('the server can not use its disk for the moment');
  const { body: begun } = await troupe.submit(plain);
  expect((await troupe.waitForEnd(begun.id)).error).toMatchObject({
    code: 'service_unavailable',
    message: 'the server can not use its disk for the moment; nothing was charged, try again later',
  });
  expect((await troupe.call('GET', '/api/v1/files/quota')).body.data.used_files).toBe(0);
  expect(await loadBooks(troupe.database.db, troupe.key.account_id)).toEqual({
    available: 1000,
    reserved: 0,
    spent: 0,
  });
  expect(troupe.log.join()).toContain('EROFS');

  await disk.setReadOnly(false);
  expect((await upload(troupe, jpeg)).status).toBe(200);
  const { body: again } = await troupe.submit(plain);
  expect((await troupe.waitForEnd(again.id)).status).toBe('completed');
});
