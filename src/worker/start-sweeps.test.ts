import { expect, test } from 'vitest';
import { startTroupe } from '../../test/helpers/start-troupe.ts';
import { until } from '../../test/helpers/until.ts';
import { drawJpeg, upload } from '../../test/helpers/upload.ts';

test('nothing is deleted while the clock is years ahead of the database, and the log says so; once it is right, all goes on', async () => {
  await using troupe = await startTroupe();
  const { context } = troupe;
  const { file_url } = (await upload(troupe, await drawJpeg())).body.data;
  const { now } = context.clock;
  context.clock.now = () => new Date(Date.now() + 3650 * 86_400_000);
  const ahead = troupe.startWorker();
  const line = await until('the log', () => troupe.log.find((one) => one.includes('the clock may be wrong')));
  expect(line).toContain("it is 87600 h ahead of the database's");
  await ahead.close();
  context.clock.now = now;
  expect((await fetch(file_url)).status).toBe(200);
  expect(troupe.log.filter((one) => one.includes('"swept"'))).toEqual([]);
  troupe.startWorker();
  await until('a sweep', () => troupe.log.some((one) => one.includes('"swept"')));
  expect((await fetch(file_url)).status).toBe(200);
});
