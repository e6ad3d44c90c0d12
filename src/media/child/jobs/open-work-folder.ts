import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { noSpaceLeft } from '../../errors.ts';
import type { ElementFile } from '../../schema.ts';
import type { FolderTools } from '../../views/view.ts';

export interface WorkFolder {
  /** Tools for one step. Steps may write at the same time: each has its own place in the list. */
  createTools(): FolderTools;
  /** What was written, in the order in which the tools were made. */
  list(): ElementFile[];
}

/** The folder of one build. A full disk is said of `param`. */
export function openWorkFolder(path: string, param: string): WorkFolder {
  const lists: ElementFile[][] = [];
  const pathOf = (name: string) => join(path, name);
  return {
    list: () => lists.flat(),
    createTools() {
      const files: ElementFile[] = [];
      lists.push(files);
      return {
        pathOf,
        async writeFile(bytes, file) {
          await writeNewFile(pathOf(file.name), bytes, param);
          const sha256 = createHash('sha256').update(bytes).digest('hex');
          files.push({ ...file, bytes: bytes.byteLength, sha256 });
        },
        listFile: async (file) => void files.push({ ...file, ...(await measureFile(pathOf(file.name))) }),
      };
    },
  };
}

async function writeNewFile(path: string, bytes: Uint8Array, param: string): Promise<void> {
  try {
    await writeFile(path, bytes, { flag: 'wx' });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw code === 'ENOSPC' || code === 'EDQUOT' ? noSpaceLeft(param, message) : error;
  }
}

async function measureFile(path: string): Promise<Pick<ElementFile, 'bytes' | 'sha256'>> {
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const chunk of createReadStream(path, { highWaterMark: 2 ** 20 })) {
    hash.update(chunk as Buffer);
    bytes += (chunk as Buffer).length;
  }
  return { bytes, sha256: hash.digest('hex') };
}
