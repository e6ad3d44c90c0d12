import type { Db } from '../../db/index.ts';
import { listDeletedElementIds, listKnownStorageKeys } from '../../elements/index.ts';
import { listEnds } from '../../tasks/index.ts';
import { elementsPrefix, inputsPrefix } from './stored-prefixes.ts';

/**
 * What the database says of a stored file: that somebody needs it; that it knows it (or its task, or its element) and its
 * time is over; or that it has never heard of it, which may be the database's fault as well as the file's.
 */
export type FileVerdict = 'used' | 'ended' | 'unknown';

/**
 * Judges files under `prefix`, each by its key. Results and published copies end by their age alone, which the caller
 * looks at: here they have `ended` when their task is known.
 */
export async function judgeStoredFiles(
  db: Db,
  prefix: string,
  keys: readonly string[],
): Promise<Map<string, FileVerdict>> {
  const judge = prefix === elementsPrefix ? await judgeElements(db, keys) : await judgeByTask(db, prefix, keys);
  return new Map(keys.map((key) => [key, judge(key)]));
}

/** The part of a key behind its prefix: the element's or task's id. */
const ownerOf = (key: string) => key.split('/')[1] ?? '';

async function judgeElements(db: Db, keys: readonly string[]): Promise<(key: string) => FileVerdict> {
  const used = new Set(await listKnownStorageKeys(db, keys));
  const ids = keys.map(ownerOf).filter((id) => /^[1-9]\d{0,15}$/.test(id));
  const deleted = new Set((await listDeletedElementIds(db, ids.map(Number))).map(String));
  return (key) => (used.has(key) ? 'used' : deleted.has(ownerOf(key)) ? 'ended' : 'unknown');
}

async function judgeByTask(db: Db, prefix: string, keys: readonly string[]): Promise<(key: string) => FileVerdict> {
  const ends = new Map((await listEnds(db, keys.map(ownerOf))).map(({ id, has_ended }) => [id, has_ended]));
  return (key) => {
    const hasEnded = ends.get(ownerOf(key));
    if (hasEnded === undefined) return 'unknown';
    return hasEnded || prefix !== inputsPrefix ? 'ended' : 'used';
  };
}
