import type { Config } from '../config.ts';
import {
  chooseWay,
  connect,
  type Database,
  findRunningPostgres,
  migrate,
  startPostgres,
  type Way,
} from '../db/index.ts';
import { migrationsFolder } from '../folders.ts';
import { prepareDataFolder } from '../prepare-data-folder.ts';

/**
 * The database for a command that runs beside the server or alone: the named one; else the embedded one, which is used
 * as it runs, or started for this command and stopped again after it.
 */
export async function openDatabase(config: Config): Promise<Database> {
  if (config.databaseUrl === undefined) await prepareDataFolder(config.dataFolder);
  const onError = () => undefined; // a broken connection fails the statement that uses it
  const running = config.databaseUrl === undefined ? await findRunningPostgres(config.dataFolder) : null;
  const own = config.databaseUrl === undefined && running === null ? await startPostgres(config) : null;
  const embedded: Way = { url: running?.url ?? own?.url ?? '', pooling: 'none' };
  const { databaseUrl, databaseDirectUrl } = config;
  // A command's few statements may all go where sessions last.
  const way = databaseUrl === undefined ? embedded : (await chooseWay(databaseUrl, databaseDirectUrl)).sessions;
  const database = connect({ ...way, connectionsMax: 2, onError });
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
