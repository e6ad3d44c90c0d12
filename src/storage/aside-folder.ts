import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { createRandomText } from '../lib/random.ts';

/** A folder of this machine for files on their way to a store that is elsewhere. */
export interface AsideFolder {
  /** Hands `work` a path at which nothing lies, and removes what lies there when it is done. */
  use<T>(work: (path: string) => Promise<T>): Promise<T>;
  /** Removes what killed processes left there before `before`. */
  sweep(before: Date): Promise<void>;
}

/** Makes the folder at its first use. */
export function openAsideFolder(folder: string): AsideFolder {
  return {
    async use(work) {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const path = join(folder, createRandomText(16, '0123456789abcdef'));
      try {
        return await work(path);
      } finally {
        await rm(path, { force: true });
      }
    },
    async sweep(before) {
      for (const name of await readdir(folder).catch(() => [])) {
        const path = join(folder, name);
        const found = await stat(path).catch(() => null);
        if (found !== null && found.mtime < before) await rm(path, { force: true });
      }
    },
  };
}
