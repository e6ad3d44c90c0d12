import {
  findStorageIdentity,
  findStoredIdentity,
  listQuarantine,
  noteSweep,
  quarantineFile,
  restoreQuarantined,
} from '../../storage/index.ts';
import type { Context } from '../context.ts';
import { type FileVerdict, judgeStoredFiles } from './judge-stored-files.ts';
import { publishedMs } from './publish.ts';
import { publishedPrefix, resultsPrefix, storedPrefixes } from './stored-prefixes.ts';

/** Up to so many unknown files a sweep moves aside whatever their share: a few killed builds leave as many. */
const unknownFilesFloor = 100;

const batchSize = 500;

const dayMs = 86_400_000;

export interface SweptFiles {
  stored: number;
  /** Known to the database, and their time is over. */
  deleted: number;
  /** Not known to the database: moved aside. */
  quarantined: number;
  /** Moved back, as the database knows them again. */
  restored: number;
  /** Lay aside for the configured days, and were deleted. */
  dropped: number;
}

const nothing: SweptFiles = { stored: 0, deleted: 0, quarantined: 0, restored: 0, dropped: 0 };

/**
 * Deletes stored files older than `before` whose time the database knows to be over, moves aside what it doesn't know, and
 * back what it knows again. Takes nothing at all, says so as an error and notes it for `/readyz` where the storage
 * isn't the database's own, or where more is unknown than the settings let one sweep take. Throws the reason of `signal`
 * between two files.
 */
export async function sweepStoredFiles(context: Context, before: Date, signal: AbortSignal): Promise<SweptFiles> {
  const foreign = await findForeignness(context);
  if (foreign !== null) return await stop(context, foreign, nothing);
  const restored = await restoreKnown(context, signal);
  const { stored, ended, unknown } = await judgeAll(context, before, signal);
  const { quarantineDays, sweepPercentMax } = context.config.storage;
  const unknownCount = countKeys(unknown);
  if (unknownCount > Math.max(unknownFilesFloor, (stored * sweepPercentMax) / 100)) {
    const reason =
      `the database knows nothing of ${unknownCount} of ${stored} stored files, more than TROUPE_SWEEP_PERCENT_MAX=${sweepPercentMax} ` +
      'lets one sweep move aside: is this the right database, and not an older copy? Nothing was removed';
    return await stop(context, reason, { ...nothing, stored, restored });
  }
  await noteSweep(context.database.db, null);
  const deleted = await take(context, ended, 'ended', signal, async (key) => {
    await context.storage.delete(key);
    return true;
  });
  const quarantined = await take(context, unknown, 'unknown', signal, (key) =>
    quarantineFile(context.storage, key, context.clock.now()),
  );
  const dropped = await dropQuarantined(context, quarantineDays * dayMs, signal);
  return { stored, deleted, quarantined, restored, dropped };
}

/** Why these files aren't the database's to sweep, null when they are. A folder may be unmounted while the server runs. */
async function findForeignness({ database, storage }: Context): Promise<string | null> {
  const row = await findStorageIdentity(database.db);
  const stored = await findStoredIdentity(storage);
  if (row !== null && row.identity === stored) return null;
  const what = stored === null ? 'has lost its identity' : "has another database's identity";
  return `the storage ${what}; nothing is removed until 'troupe storage adopt' or a restart with the right settings`;
}

async function stop({ database, log }: Context, reason: string, swept: SweptFiles): Promise<SweptFiles> {
  log.error({ ...swept, reason }, 'the sweep of stored files stopped');
  await noteSweep(database.db, reason);
  return swept;
}

type KeysByPrefix = Map<string, string[]>;

const countKeys = (keys: KeysByPrefix) => [...keys.values()].reduce((sum, some) => sum + some.length, 0);

async function judgeAll(context: Context, before: Date, signal: AbortSignal) {
  const ended: KeysByPrefix = new Map();
  const unknown: KeysByPrefix = new Map();
  let stored = 0;
  for (const prefix of storedPrefixes) {
    const [endedHere, unknownHere]: [string[], string[]] = [[], []];
    const endsBefore = endOfLife(context, prefix, before);
    let batch: string[] = [];
    const judge = async () => {
      for (const [key, verdict] of await judgeStoredFiles(context.database.db, prefix, batch, context.clock.now())) {
        if (verdict === 'ended') endedHere.push(key);
        if (verdict === 'unknown') unknownHere.push(key);
      }
      batch = [];
    };
    for await (const file of context.storage.list(prefix)) {
      signal.throwIfAborted();
      stored += 1;
      if (file.modifiedAt < endsBefore && batch.push(file.key) >= batchSize) await judge();
    }
    if (batch.length > 0) await judge();
    ended.set(prefix, endedHere);
    unknown.set(prefix, unknownHere);
  }
  return { stored, ended, unknown };
}

/** A file that was stored after this is left alone, whatever the database says. */
function endOfLife({ clock, config }: Context, prefix: string, before: Date): Date {
  // A video is stored before its task is finished, and lives as long as the links from then on.
  if (prefix === resultsPrefix) return new Date(before.getTime() - config.flow.resultHours * 3_600_000);
  return prefix === publishedPrefix ? new Date(clock.now().getTime() - publishedMs) : before;
}

/** Asks once more before it takes: a large storage was read for minutes. */
async function take(
  context: Context,
  keys: KeysByPrefix,
  wanted: FileVerdict,
  signal: AbortSignal,
  takeOne: (key: string) => Promise<boolean>,
): Promise<number> {
  let taken = 0;
  for (const [prefix, all] of keys) {
    for (let first = 0; first < all.length; first += batchSize) {
      const verdicts = await judgeStoredFiles(
        context.database.db,
        prefix,
        all.slice(first, first + batchSize),
        context.clock.now(),
      );
      for (const [key, verdict] of verdicts) {
        signal.throwIfAborted();
        if (verdict === wanted && (await takeOne(key))) taken += 1;
      }
    }
  }
  return taken;
}

async function restoreKnown({ clock, database, storage }: Context, signal: AbortSignal): Promise<number> {
  let restored = 0;
  for await (const file of listQuarantine(storage)) {
    signal.throwIfAborted();
    const prefix = storedPrefixes.find((one) => file.former.startsWith(one));
    if (prefix === undefined) continue;
    const verdict = (await judgeStoredFiles(database.db, prefix, [file.former], clock.now())).get(file.former);
    if (verdict === 'used' && (await restoreQuarantined(storage, file))) restored += 1;
  }
  return restored;
}

async function dropQuarantined({ clock, storage }: Context, ageMs: number, signal: AbortSignal): Promise<number> {
  const before = new Date(clock.now().getTime() - ageMs);
  let dropped = 0;
  for await (const { key, since } of listQuarantine(storage)) {
    signal.throwIfAborted();
    if (since >= before) continue;
    await storage.delete(key);
    dropped += 1;
  }
  return dropped;
}
