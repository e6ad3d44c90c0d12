import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { prepareDataFolder } from './prepare-data-folder.ts';

const run = promisify(execFile);

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'troupe-data-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test('the data folder is made with its parents, closed to others, and nothing is left in it', async () => {
  const data = join(folder, 'a', 'b', 'data');
  await Promise.all([prepareDataFolder(data), prepareDataFolder(data)]);
  expect((await stat(data)).mode & 0o777).toBe(0o700);
  expect(await readdir(data)).toEqual([]);
});

test('a file in its place, or of one of its parents, is told with the remedy', async () => {
  await writeFile(join(folder, 'file'), '');
  for (const name of ['file', 'file/data']) {
    await expect(prepareDataFolder(join(folder, name))).rejects.toThrow(
      /where a file of that name lies: .*TROUPE_DATA_DIR/,
    );
  }
});

test.runIf(process.platform === 'linux')(
  'a place where no folder can be made ends the start, which does not hang',
  async () => {
    await expect(prepareDataFolder('/proc/troupe/data')).rejects.toThrow(
      /^the data folder \/proc\/troupe\/data can't .*TROUPE_DATA_DIR$/,
    );
  },
);

test('a read-only file system is told with the remedy', async ({ skip }) => {
  const disk = join(folder, 'disk');
  await mkdir(disk);
  const mounted = await run('mount', ['-t', 'tmpfs', '-o', 'ro', 'tmpfs', disk]).catch(() => null);
  if (mounted === null) return skip('this user may not mount a file system');
  try {
    for (const path of [disk, join(disk, 'data')]) {
      await expect(prepareDataFolder(path)).rejects.toThrow(
        /read-only file system: mount it writable, or .*TROUPE_DATA_DIR/,
      );
    }
  } finally {
    await run('umount', [disk]);
  }
});

test('a full disk is left to those who need room', async ({ skip }) => {
  const disk = join(folder, 'disk');
  await mkdir(disk);
  const options = ['-t', 'tmpfs', '-o', 'size=64k,nr_inodes=1', 'tmpfs', disk];
  if ((await run('mount', options).catch(() => null)) === null) return skip('this user may not mount a file system');
  try {
    await prepareDataFolder(disk);
  } finally {
    await run('umount', [disk]);
  }
});
