import { createReadStream } from 'node:fs';
import { copyFile, link, mkdir, open, opendir, rename, rm, rmdir, stat } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import type { Readable } from 'node:stream';
import { createRandomText } from '../lib/random.ts';
import { checkKey } from './key.ts';
import type { BytesSource, Storage, StoredFile } from './storage.ts';

/**
 * Keeps files in `folder`, at the path that their key spells. A file is written aside, flushed to the disk and renamed,
 * so that a kill or a full disk in the middle leaves nothing under the key.
 */
export async function openDiskStorage(folder: string): Promise<Storage> {
  const root = resolve(folder);
  const aside = join(root, '.incoming');
  await mkdir(aside, { recursive: true, mode: 0o700 });

  function pathOf(key: string): string {
    checkKey(key);
    return join(root, ...key.split('/'));
  }

  /** Whole and flushed before `keep` gives it its name. */
  async function writeAside<T>(source: BytesSource, keep: (temporary: string) => Promise<T>): Promise<T> {
    const temporary = join(aside, createRandomText(16, '0123456789abcdef'));
    try {
      if ('path' in source) await copyFile(source.path, temporary);
      const file = await open(temporary, 'path' in source ? 'r+' : 'w', 0o600);
      try {
        if ('bytes' in source) await file.writeFile(source.bytes);
        else if ('stream' in source) for await (const chunk of source.stream) await file.writeFile(chunk);
        await file.sync();
      } finally {
        await file.close();
      }
      return await keep(temporary);
    } catch (error) {
      await rm(temporary, { force: true });
      throw error;
    }
  }

  return {
    async put(key, source) {
      await writeAside(source, async (temporary) => {
        const path = pathOf(key);
        await inFolder(path, () => rename(temporary, path));
        await syncFolder(dirname(path));
      });
    },
    async putNew(key, bytes) {
      return await writeAside({ bytes }, async (temporary) => {
        const path = pathOf(key);
        const made = await inFolder(path, () => unlessThere(link(temporary, path)));
        await rm(temporary, { force: true });
        await syncFolder(dirname(path));
        return made;
      });
    },
    async move(key, to) {
      const [from, path] = [pathOf(key), pathOf(to)];
      const moved = await inFolder(path, async () => {
        if ((await describe(key, from)) === null) return false;
        await rename(from, path);
        return true;
      });
      if (!moved) await removeEmptyFolders(root, dirname(path));
      else {
        await syncFolder(dirname(path));
        await removeEmptyFolders(root, dirname(from));
      }
      return moved;
    },
    async find(key) {
      return await describe(key, pathOf(key));
    },
    async get(key, range): Promise<Readable> {
      const file = await open(pathOf(key), 'r');
      return createReadStream('', { fd: file, ...(range && { start: range.first, end: range.last }) });
    },
    async copyTo(key, path) {
      await copyFile(pathOf(key), path);
    },
    async delete(key) {
      await rm(pathOf(key), { force: true });
      await removeEmptyFolders(root, dirname(pathOf(key)));
    },
    async *list(prefix) {
      for await (const path of walk(join(root, ...prefix.split('/').slice(0, -1)))) {
        const key = relative(root, path).split(sep).join('/');
        if (!key.startsWith(prefix) || key.startsWith('.')) continue;
        const file = await describe(key, path);
        if (file !== null) yield file;
      }
    },
    async sweep(before) {
      for await (const path of walk(aside)) {
        const file = await describe('', path);
        if (file !== null && file.modifiedAt < before) await rm(path, { force: true });
      }
    },
    link: async () => null,
    locate: pathOf,
  };
}

/** Times that a folder may be removed before what was to be in it is given up: each takes somebody else's last file in it. */
const triesMax = 50;

/** `mkdir` calls a folder no folder that goes while it looks at it. */
const goneCodes = new Set(['ENOENT', 'ENOTDIR']);

/**
 * Makes the folder of `path` and runs `keep`, which is to put something there: once more where the folder is gone again, since whoever
 * deletes its last file removes it.
 */
async function inFolder<T>(path: string, keep: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      await mkdir(dirname(path), { recursive: true, mode: 0o700 });
      return await keep();
    } catch (error) {
      if (!goneCodes.has((error as NodeJS.ErrnoException).code ?? '') || tries === triesMax) throw error;
    }
  }
}

async function unlessThere(work: Promise<void>): Promise<boolean> {
  return await work.then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'EEXIST') return false;
      throw error;
    },
  );
}

async function describe(key: string, path: string): Promise<StoredFile | null> {
  const found = await stat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return null;
    throw error;
  });
  return found?.isFile() ? { key, sizeBytes: found.size, modifiedAt: found.mtime } : null;
}

async function* walk(folder: string): AsyncGenerator<string> {
  const entries = await opendir(folder).catch(() => null);
  if (entries === null) return;
  for await (const entry of entries) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* walk(path);
    else yield path;
  }
}

/** The name is only as durable as its folder. That is gone where the file was deleted meanwhile: then there is nothing to keep. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  if (handle === null) return;
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Who is just putting something there makes the folder anew ({@link inFolder}). */
async function removeEmptyFolders(root: string, folder: string): Promise<void> {
  for (let at = folder; at !== root && at.startsWith(root); at = dirname(at)) {
    const removed = await rmdir(at).then(
      () => true,
      () => false,
    );
    if (!removed) return;
  }
}
