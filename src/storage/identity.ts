import { buffer } from 'node:stream/consumers';
import { sql } from 'kysely';
import type { Db } from '../db/index.ts';
import { createRandomText } from '../lib/random.ts';
import type { Storage } from './storage.ts';

/** Where a storage keeps the identity that its database has too. */
export const identityKey = 'troupe-identity';

/** A database's side: `is_stored` once the storage was seen with it; why the last sweep stopped, null while none has. */
export interface StorageIdentity {
  identity: string;
  is_stored: boolean;
  sweep_stopped: string | null;
  sweep_stopped_at: Date | null;
}

/** 128 bits in hexadecimal: drawn anew each time, the same for no two storages. */
export function createIdentity(): string {
  return createRandomText(32, '0123456789abcdef');
}

/** The identity that lies in the storage, null where none does. */
export async function findStoredIdentity(storage: Storage): Promise<string | null> {
  try {
    return (await buffer(await storage.get(identityKey))).toString().trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

/** Puts the identity into a storage that has none, and returns the one that lies there then: of several at once, one wins. */
export async function keepStoredIdentity(storage: Storage, identity: string): Promise<string | null> {
  await storage.putNew(identityKey, Buffer.from(`${identity}\n`));
  return await findStoredIdentity(storage);
}

/** Puts the identity into the storage, whatever lay there. */
export async function replaceStoredIdentity(storage: Storage, identity: string): Promise<void> {
  await storage.put(identityKey, { bytes: Buffer.from(`${identity}\n`) });
}

/** The database's side, null before the first start. */
export async function findStorageIdentity(db: Db): Promise<StorageIdentity | null> {
  const { rows } = await sql<StorageIdentity>`
    select identity, is_stored, sweep_stopped, sweep_stopped_at from storage_identity`.execute(db);
  return rows[0] ?? null;
}

/** Writes the database's side, whatever it was. */
export async function writeStorageIdentity(db: Db, identity: string, is_stored: boolean): Promise<void> {
  await sql`insert into storage_identity (identity, is_stored) values (${identity}, ${is_stored})
    on conflict (only_one) do update set identity = excluded.identity, is_stored = excluded.is_stored`.execute(db);
}

/** Notes why sweeps stop, or with null that they go on. */
export async function noteSweep(db: Db, stopped: string | null): Promise<void> {
  await sql`update storage_identity set sweep_stopped = ${stopped}::text,
      sweep_stopped_at = case when ${stopped}::text is null then null else coalesce(sweep_stopped_at, now()) end
    where sweep_stopped is distinct from ${stopped}::text`.execute(db);
}
