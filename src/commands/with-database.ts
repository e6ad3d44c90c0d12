import { parseConfig } from '../config.ts';
import type { Db } from '../db/index.ts';
import { openDatabase } from './open-database.ts';

/** Opens the database of the settings for `work` and closes it whatever happens. */
export async function withDatabase<T>(
  environment: Readonly<Record<string, string | undefined>>,
  work: (db: Db) => Promise<T>,
): Promise<T> {
  const database = await openDatabase(parseConfig(environment));
  try {
    return await work(database.db);
  } finally {
    await database.close();
  }
}
