import { createHash } from 'node:crypto';
import { mkdir, mkdtempDisposable, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { checkMattes } from './check-mattes.ts';

test('names the network that comes along, the setting where it is off, the model where one is, and how to mend one whose bytes have changed', async () => {
  await using folder = await mkdtempDisposable(join(tmpdir(), 'troupe-mattes-'));
  const look = (thingsNetwork: 'on' | 'off' = 'on') => checkMattes({ modelsFolder: folder.path, thingsNetwork });
  expect(await look()).toEqual({ status: 'ok', message: 'the network for things helps to cut subjects out' });
  expect(await look('off')).toMatchObject({ status: 'off', remedy: expect.stringMatching(/TROUPE_THINGS_NETWORK/) });
  const place = join(folder.path, 'matting');
  await mkdir(place);
  const bytes = Buffer.from('weights');
  const taken = { memory_mib: 1, load_seconds: 1, run_seconds: 1 };
  const entry = {
    name: 'mine',
    task: 'matting',
    architecture: 'u2net',
    sha256: createHash('sha256').update(bytes).digest('hex'),
    bytes: bytes.length,
    source: 'mine.onnx',
    added_at: '2026-01-02T03:04:05.000Z',
    ...taken,
  };
  await writeFile(join(place, 'model.json'), JSON.stringify(entry));
  await writeFile(join(place, 'model.onnx'), bytes);
  expect(await look()).toEqual({ status: 'ok', message: 'mine helps to cut subjects out' });
  await writeFile(join(place, 'model.onnx'), 'other weights');
  expect(await look()).toMatchObject({
    status: 'broken',
    message: expect.stringMatching(/^the matting model mine has changed since it was added/),
    remedy: expect.stringMatching(/troupe plugins remove mine$/),
  });
});
