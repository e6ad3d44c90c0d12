import type { Config } from '../config.ts';
import { connect, type Database, findRunningPostgres, migrate, startPostgres } from '../db/index.ts';
import { migrationsFolder } from '../folders.ts';

/**
 * The database for a command that runs beside the server or alone: the named one; else the embedded one, which is used
 * as it runs, or started for this command and stopped again after it.
 */
export async function openDatabase(config: Config): Promise<Database> {
  const onError = () => undefined; // a broken connection fails the statement that uses it
  const running = config.databaseUrl === undefined ? await findRunningPostgres(config.dataFolder) : null;
  const own = config.databaseUrl === undefined && running === null ? await startPostgres(config) : null;
  const url = config.databaseUrl ?? running?.url ?? own?.url ?? '';
  const database = connect({ url, connectionsMax: 2, onError });
  try {
    await migrate(database.db, migrationsFolder);
  } catch (error) {
    await database.close();
    await own?.stop();
    throw error;
  }
  return {
    ...database,
    async close() {
      await database.close();
      await own?.stop();
    },
  };
}
