import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { access, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { findFormerPort, findPostmaster, removeZombieLocks } from './postmaster-file.ts';

describe.runIf(process.platform === 'linux')("PostgreSQL's lock file", () => {
  let folder: string;
  const exists = () =>
    access(join(folder, 'postmaster.pid')).then(
      () => true,
      () => false,
    );
  const writeLock = (pid: number) =>
    writeFile(join(folder, 'postmaster.pid'), `${pid}\n${folder}\n1\n54321\n\n127.0.0.1\n 1 2\nready   \n`);

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'troupe-lock-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  test('a living process that is no server of this folder is no server, whatever an old file says', async () => {
    await writeLock(process.pid);
    expect(await findPostmaster(folder)).toBeNull();
    expect(await findFormerPort(folder)).toBe(54321);
  });

  test('the file of a living process is left alone', async () => {
    await writeLock(process.pid);
    await removeZombieLocks(folder);
    expect(await exists()).toBe(true);
  });

  test('the file of a server that has ended and whose parent never asked is taken away', async () => {
    // The shell becomes a program that asks for no child, before its own child ends: else the shell would ask for it.
    const parent = spawn('sh', ['-c', 'sleep 0.3 & echo $!; exec sleep 60'], { stdio: ['ignore', 'pipe', 'ignore'] });
    try {
      const [output] = await once(parent.stdout, 'data');
      await writeLock(Number(output));
      await expect
        .poll(
          async () => {
            await removeZombieLocks(folder);
            return await exists();
          },
          { timeout: 600_000 },
        )
        .toBe(false);
    } finally {
      parent.kill('SIGKILL');
      await once(parent, 'exit');
    }
  });
});
