import type { StatsFs } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Check } from './schema.ts';

/** Bytes below which the next upload or database checkpoint may fail, and below which that comes soon. */
const broken = 512 * 2 ** 20;
const scarce = 4 * 2 ** 30;

/** Room where `folder` lies or will lie. */
export async function checkDisk(folder: string): Promise<Omit<Check, 'part'>> {
  const { bavail, blocks, bsize } = await measure(folder);
  const free = bavail * bsize;
  const message = `${toGib(free)} GiB are free in ${folder}, of ${toGib(blocks * bsize)}`;
  if (free >= scarce) return { status: 'ok', message };
  const remedy = 'make room there, or move the folder (TROUPE_DATA_DIR, TMPDIR)';
  return { status: free < broken ? 'broken' : 'warning', message, remedy };
}

async function measure(folder: string): Promise<Pick<StatsFs, 'bavail' | 'blocks' | 'bsize'>> {
  try {
    return await statfs(folder);
  } catch (error) {
    const parent = dirname(folder);
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || parent === folder) throw error;
    return await measure(parent);
  }
}

const toGib = (bytes: number) => (bytes / 2 ** 30).toFixed(1);
