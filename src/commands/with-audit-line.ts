import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Change, noteChange } from '../audit/index.ts';
import type { Config } from '../config.ts';
import { findOperator } from './find-operator.ts';
import { openDatabase } from './open-database.ts';

type Noted = Pick<Change, 'action' | 'subject' | 'details'>;

/**
 * Does `work`, which changes something that no transaction holds (files of this machine, things at the Kling API), and writes
 * the audit line that `describe` makes of its outcome; null for none. The database is opened first, so that nothing is changed
 * where no line can be written. On a machine that has no database yet there is nothing to write into: only `work` is done.
 */
export async function withAuditLine<T>(
  config: Config,
  environment: Readonly<Record<string, string | undefined>>,
  work: () => Promise<T>,
  describe: (outcome: T) => Noted | null,
): Promise<T> {
  if (!hasDatabase(config)) return await work();
  const database = await openDatabase(config);
  try {
    const outcome = await work();
    const change = describe(outcome);
    if (change !== null) {
      await noteChange(database.db, { ...change, actor: findOperator(environment), account_id: null });
    }
    return outcome;
  } finally {
    await database.close();
  }
}

/** A named one, or the embedded one that an earlier start has made. */
function hasDatabase({ databaseUrl, dataFolder }: Config): boolean {
  return databaseUrl !== undefined || existsSync(join(resolve(dataFolder), 'postgres'));
}
