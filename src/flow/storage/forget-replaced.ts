import { forgetReplacedFiles, listElementUses, listReplacedOwners } from '../../elements/index.ts';
import { listEnds } from '../../tasks/index.ts';
import type { Context } from '../context.ts';

const batchSize = 500;

/**
 * Removes files of elements that were replaced before `before` by mended ones. Those of an element that an unfinished task names
 * stay: it may have begun with them. Throws the reason of `signal` between two elements.
 */
export async function forgetReplaced(context: Context, before: Date, signal: AbortSignal): Promise<number> {
  const { db } = context.database;
  let removed = 0;
  for (const id of await listReplacedOwners(db, before)) {
    signal.throwIfAborted();
    if (await isAtWork(context, id)) continue;
    // The record first: what a kill leaves behind is unknown then, and the sweep takes it.
    for (const key of await forgetReplacedFiles(db, id, before)) {
      await context.storage.delete(key);
      removed += 1;
    }
  }
  return removed;
}

async function isAtWork({ database: { db } }: Context, elementId: number): Promise<boolean> {
  for (let after: string | undefined; ; ) {
    const ids = await listElementUses(db, elementId, batchSize, after);
    if ((await listEnds(db, ids)).some(({ has_ended }) => !has_ended)) return true;
    if (ids.length < batchSize) return false;
    after = ids.at(-1);
  }
}
