import type { Config } from '../config.ts';
import { connect, type Database, migrate } from '../db/index.ts';
import { migrationsFolder } from '../folders.ts';
import { openWay } from './open-way.ts';

/** The database of the settings for a command, at the newest schema. */
export async function openDatabase(config: Config): Promise<Database> {
  const { way, close } = await openWay(config);
  const onError = () => undefined; // a broken connection fails the statement that uses it
  const database = connect({ ...way, connectionsMax: 2, onError });
  try {
    await migrate(database.db, migrationsFolder);
  } catch (error) {
    await database.close();
    await close();
    throw error;
  }
  return {
    ...database,
    async close() {
      await database.close();
      await close();
    },
  };
}
