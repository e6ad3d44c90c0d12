import type { Db } from '../../db/index.ts';
import { listDeletedElementIds, listKnownStorageKeys } from '../../elements/index.ts';
import { listFileEnds } from '../../files/index.ts';
import { listEnds, listUsedKeys } from '../../tasks/index.ts';
import { fileIdOfKey } from './file-keys.ts';
import { elementsPrefix, filesPrefix, inputsPrefix } from './stored-prefixes.ts';

/**
 * What the database says of a stored file: that somebody needs it; that it knows it (or its task, or its element) and its
 * time is over; or that it has never heard of it, which may be the database's fault as well as the file's.
 */
export type FileVerdict = 'used' | 'ended' | 'unknown';

/**
 * Judges files under `prefix`, each by its key. Results and published copies end by their age alone, which the caller
 * looks at: here they have `ended` when their task is known. Uploaded files end at their time as of `now`.
 */
export async function judgeStoredFiles(
  db: Db,
  prefix: string,
  keys: readonly string[],
  now: Date,
): Promise<Map<string, FileVerdict>> {
  const judge = await chooseJudge(db, prefix, keys, now);
  return new Map(keys.map((key) => [key, judge(key)]));
}

async function chooseJudge(
  db: Db,
  prefix: string,
  keys: readonly string[],
  now: Date,
): Promise<(key: string) => FileVerdict> {
  if (prefix === elementsPrefix) return await judgeElements(db, keys);
  if (prefix === filesPrefix) return await judgeFiles(db, keys, now);
  return await judgeByTask(db, prefix, keys);
}

/** A file that has ended is used as long as a task that was given it is unfinished. None can begin to use it then. */
async function judgeFiles(db: Db, keys: readonly string[], now: Date): Promise<(key: string) => FileVerdict> {
  const ends = new Map((await listFileEnds(db, keys.map(fileIdOfKey), now)).map((end) => [end.id, end.has_ended]));
  const used = new Set(await listUsedKeys(db, keys));
  return (key) => {
    const hasEnded = ends.get(fileIdOfKey(key));
    if (used.has(key) || hasEnded === false) return 'used';
    return hasEnded === undefined ? 'unknown' : 'ended';
  };
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
