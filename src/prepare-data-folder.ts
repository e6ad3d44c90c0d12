import { mkdir, open, rm, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { createRandomText } from './lib/random.ts';

/**
 * Makes the data folder unless it is there, and finds out whether files can be made in it. Throws an Error of one sentence with the
 * remedy where they can't; a disk that is merely full is left to those who need room.
 */
export async function prepareDataFolder(dataFolder: string): Promise<void> {
  const folder = resolve(dataFolder);
  try {
    await makeFolder(folder);
    const probe = join(folder, `.probe-${createRandomText(12, '0123456789abcdef')}`);
    const file = await open(probe, 'w', 0o600);
    await file.close();
    await rm(probe, { force: true });
  } catch (error) {
    const { code = '', message } = error as NodeJS.ErrnoException;
    if (code !== 'ENOSPC' && code !== 'EDQUOT') throw new Error(explain(folder, code, message), { cause: error });
  }
}

/** With its parents. Node's own way never ends where a parent can't be made, as below `/proc` (24.21). */
async function makeFolder(folder: string, makesParents = true): Promise<void> {
  try {
    await mkdir(folder, { mode: 0o700 });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    // Of two that start at once, one finds it made.
    if (code === 'EEXIST' && (await stat(folder)).isDirectory()) return;
    if (code !== 'ENOENT' || !makesParents || (await isThere(dirname(folder)))) throw error;
    await makeFolder(dirname(folder));
    await makeFolder(folder, false);
  }
}

async function isThere(path: string): Promise<boolean> {
  return await stat(path).then(
    () => true,
    () => false,
  );
}

function explain(folder: string, code: string, message: string): string {
  const other = 'name another folder in TROUPE_DATA_DIR';
  switch (code) {
    case 'EROFS':
      return `the data folder ${folder} lies on a read-only file system: mount it writable, or ${other}`;
    case 'EACCES':
    case 'EPERM':
      return `the data folder ${folder} can't be written by user ${process.getuid?.() ?? ''}: give it to that user with chown, or ${other}`;
    case 'ENOTDIR':
    case 'EEXIST':
      return `the data folder ${folder} can't be made where a file of that name lies: ${other}`;
    default:
      return `the data folder ${folder} can't be used (${message}): ${other}`;
  }
}
