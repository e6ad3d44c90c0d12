import type { Db } from '../../db/index.ts';
import { withAdvisoryLock } from '../../db/index.ts';
import { listSomeElementFiles } from '../../elements/index.ts';
import {
  createIdentity,
  findStorageIdentity,
  findStoredIdentity,
  identityKey,
  keepStoredIdentity,
  replaceStoredIdentity,
  type Storage,
  writeStorageIdentity,
} from '../../storage/index.ts';
import { judgeStoredFiles } from './judge-stored-files.ts';
import { storedPrefixes } from './stored-prefixes.ts';

/** How many files of each side are looked for on the other. Ids are random: one that is found was made by this pair. */
const sampleSize = 50;

/** Whether a file is known doesn't depend on the time. */
const anyTime = new Date(0);

/** What both sides say of each other. */
export interface StorageComparison {
  /** Where the storage's identity lies, for a person. */
  place: string;
  /** Null where a side has none. */
  identity: { database: string | null; storage: string | null };
  /** The database saw the storage with its identity before. */
  wasStored: boolean;
  /** Of files that the database knows: how many were looked for, how many are there in their size. */
  known: { asked: number; found: number };
  /** Of files that lie in the storage: how many were looked at, how many the database knows. */
  stored: { asked: number; found: number };
}

/**
 * Makes sure that this storage and this database belong together, before anything is written to either: draws the
 * identity of a new pair, gives it to a pair from an older version whose contents know each other, and throws for any
 * other, with the way out. Safe in many processes at once. Throws `service_unavailable` where the store is away.
 */
export async function bindStorage(db: Db, storage: Storage): Promise<void> {
  await withAdvisoryLock(db, async (session) => {
    const row = await findStorageIdentity(session);
    const stored = await findStoredIdentity(storage);
    if (row !== null && stored === row.identity) {
      if (!row.is_stored) await writeStorageIdentity(session, stored, true);
      return;
    }
    const comparison = await compareStorage(session, storage);
    if (!mayBind(comparison)) throw storageMismatch(comparison);
    const identity = stored ?? row?.identity ?? createIdentity();
    // The database first: a kill in between leaves a pair that the next start joins, not a storage that looks taken.
    await writeStorageIdentity(session, identity, false);
    if ((await keepStoredIdentity(storage, identity)) !== identity)
      throw storageMismatch(await compareStorage(session, storage));
    await writeStorageIdentity(session, identity, true);
  });
}

/** Joins the two whatever they were: a new identity on both sides, so that whatever else had one of them is refused. */
export async function adoptStorage(db: Db, storage: Storage): Promise<void> {
  await withAdvisoryLock(db, async (session) => {
    const identity = createIdentity();
    await writeStorageIdentity(session, identity, false);
    await replaceStoredIdentity(storage, identity);
    await writeStorageIdentity(session, identity, true);
  });
}

/** Two identities that differ never go together. Else contents that know each other do, or two that are both new. */
function mayBind({ identity, wasStored, known, stored }: StorageComparison): boolean {
  if (identity.database !== null && identity.storage !== null) return identity.database === identity.storage;
  if (known.found > 0 || stored.found > 0) return true;
  const isNew = known.asked === 0 && stored.asked === 0;
  return isNew && identity.storage === null && !wasStored;
}

/** Looks at a sample of each side's files on the other side. Changes nothing. */
export async function compareStorage(db: Db, storage: Storage): Promise<StorageComparison> {
  const row = await findStorageIdentity(db);
  const known = { asked: 0, found: 0 };
  for (const { storage_key, size_bytes } of await listSomeElementFiles(db, sampleSize)) {
    known.asked += 1;
    if ((await storage.find(storage_key))?.sizeBytes === size_bytes) known.found += 1;
  }
  const stored = { asked: 0, found: 0 };
  for (const prefix of storedPrefixes) {
    const keys: string[] = [];
    for await (const { key } of storage.list(prefix)) if (keys.push(key) >= sampleSize) break;
    const verdicts = [...(await judgeStoredFiles(db, prefix, keys, anyTime)).values()];
    stored.asked += keys.length;
    stored.found += verdicts.filter((verdict) => verdict !== 'unknown').length;
  }
  return {
    place: storage.locate(identityKey).slice(0, -identityKey.length - 1),
    identity: { database: row?.identity ?? null, storage: await findStoredIdentity(storage) },
    wasStored: row?.is_stored ?? false,
    known,
    stored,
  };
}

/** One line for each difference, in words. */
export function describeComparison({ place, identity, known, stored }: StorageComparison): string {
  const name = (text: string | null) => (text === null ? 'none' : text.slice(0, 8));
  const files = (count: number) => (count >= sampleSize ? `${count} files looked at` : `${count} files`);
  return [
    `identity: the database has ${name(identity.database)}, the storage at ${place} has ${name(identity.storage)}`,
    `what the database knows: ${files(known.asked)}, ${known.found} of them in the storage`,
    `what lies in the storage: ${files(stored.asked)}, ${stored.found} of them known to the database`,
  ].join('\n  ');
}

function storageMismatch(comparison: StorageComparison): Error {
  return new Error(
    `the stored files and the database don't belong together; nothing was changed.\n  ${describeComparison(comparison)}\n` +
      'Most often one of DATABASE_URL, TROUPE_DATA_DIR, TROUPE_S3_BUCKET or TROUPE_S3_PREFIX names another place than before, a folder\n' +
      "isn't mounted, or one of the two was restored without the other: put that right and start again. If these two are meant to go\n" +
      "together from now on, 'troupe storage adopt' says what it would do, and 'troupe storage adopt --yes' does it.",
  );
}
