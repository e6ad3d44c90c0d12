import { buffer } from 'node:stream/consumers';
import type { Db } from '../db/index.ts';
import { createRandomText } from '../lib/random.ts';
import { findStorageIdentity, findStoredIdentity, type Storage } from '../storage/index.ts';
import type { Check } from './schema.ts';

export interface StorageOptions {
  /** Throws with a sentence where it can't be used. */
  open(): Promise<Storage>;
  /** Where the identity that belongs to it is; null where there is no database to ask. */
  database(): Promise<Db | null>;
}

/** Writes, reads and deletes a file of a few bytes, and asks whether it's the storage that the database belongs to. */
export async function checkStorage({ open, database }: StorageOptions): Promise<Omit<Check, 'part'>> {
  const storage = await open();
  const key = `doctor/${createRandomText(24, '0123456789abcdef')}`;
  const place = storage.locate(key).slice(0, -key.length - 1);
  const bytes = Buffer.from('written by troupe doctor');
  try {
    await storage.put(key, { bytes });
    const read = await buffer(await storage.get(key));
    if (!read.equals(bytes)) throw new Error('what was written is read differently');
    await storage.delete(key);
  } catch (error) {
    const message = `${place} can't be used: ${(error as Error).message}`;
    const remedy =
      'let this program write, read and delete there, or name another place (TROUPE_DATA_DIR, TROUPE_S3_…)';
    return { status: 'broken', message, remedy };
  }
  const db = await database();
  const kept = db === null ? null : await findStorageIdentity(db).catch(() => null);
  if (kept === null) return { status: 'ok', message: `${place} can be written and read` };
  if (kept.identity !== (await findStoredIdentity(storage)) && kept.is_stored) {
    const message = `${place} is not the storage that the database belongs to`;
    const remedy = "mount the right one, or see 'troupe help storage adopt'";
    return { status: 'broken', message, remedy };
  }
  if (kept.sweep_stopped !== null) {
    const message = `${place} can be used, and is not swept: ${kept.sweep_stopped}`;
    return { status: 'warning', message, remedy: "see 'troupe help storage adopt'" };
  }
  return { status: 'ok', message: `${place} can be written and read, and belongs to the database` };
}
