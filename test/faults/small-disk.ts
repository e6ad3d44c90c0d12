import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, open, rm, rmdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

export interface SmallDisk extends AsyncDisposable {
  folder: string;
  /** Takes all room but `leaveBytes`. */
  fill(leaveBytes: number): Promise<void>;
  /** Gives it back. */
  empty(): Promise<void>;
  /** Lets nobody write, as a kernel does after a fault of the disk, or everybody again. No file may be open for writing. */
  setReadOnly(isReadOnly: boolean): Promise<void>;
}

/** A file system of `sizeMib` of its own. Null, with the reason on standard error, where this user may not mount one. */
export async function mountSmallDisk(sizeMib: number): Promise<SmallDisk | null> {
  const folder = await mkdtemp(join(tmpdir(), 'troupe-faults-disk-'));
  try {
    await run('mount', ['-t', 'tmpfs', '-o', `size=${sizeMib}m,mode=0755`, 'tmpfs', folder]);
  } catch (error) {
    await rmdir(folder);
    process.stderr.write(
      `SKIPPED: a full disk can't be tried without the right to mount: ${(error as Error).message}\n`,
    );
    return null;
  }
  const ballast = join(folder, 'ballast');
  return {
    folder,
    async fill(leaveBytes) {
      await mkdir(folder, { recursive: true });
      const file = await open(ballast, 'a');
      const piece = Buffer.alloc(64 * 1024);
      try {
        for (;;) await file.writeFile(piece);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
      }
      await file.truncate(Math.max(0, (await file.stat()).size - leaveBytes));
      await file.close();
    },
    empty: () => rm(ballast, { force: true }),
    async setReadOnly(isReadOnly) {
      await run('mount', ['-o', `remount,${isReadOnly ? 'ro' : 'rw'}`, folder]);
    },
    async [Symbol.asyncDispose]() {
      await run('umount', ['-l', folder]);
      await rmdir(folder);
    },
  };
}
