import type { Config } from '../config.ts';
import {
  chooseTls,
  connect,
  type Database,
  explainTls,
  findRunningPostgres,
  migrate,
  startPostgres,
} from '../db/index.ts';
import { migrationsFolder } from '../folders.ts';

/**
 * The database for a command that runs beside the server or alone: the named one; else the embedded one, which is used
 * as it runs, or started for this command and stopped again after it.
 */
export async function openDatabase(config: Config): Promise<Database> {
  const onError = () => undefined; // a broken connection fails the statement that uses it
  const running = config.databaseUrl === undefined ? await findRunningPostgres(config.dataFolder) : null;
  const own = config.databaseUrl === undefined && running === null ? await startPostgres(config) : null;
  const named = config.databaseUrl && (await chooseTls(config.databaseUrl));
  const url = named ?? running?.url ?? own?.url ?? '';
  const database = connect({ url, connectionsMax: 2, onError });
  try {
    await migrate(database.db, migrationsFolder);
  } catch (error) {
    await database.close();
    await own?.stop();
    throw explainTls(error);
  }
  return {
    ...database,
    async close() {
      await database.close();
      await own?.stop();
    },
  };
}
