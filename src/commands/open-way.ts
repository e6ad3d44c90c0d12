import type { Config } from '../config.ts';
import { chooseWay, findRunningPostgres, startPostgres, type Way } from '../db/index.ts';
import { prepareDataFolder } from '../prepare-data-folder.ts';

/**
 * The way to the database for a command that runs beside the server or alone: to the named one; else to the embedded one, which is
 * used as it runs, or started for this command and stopped again by `close`.
 * `isToBeFilled`: as `startPostgres` takes it.
 */
export async function openWay(
  config: Pick<Config, 'databaseUrl' | 'databaseDirectUrl' | 'dataFolder'>,
  { isToBeFilled = false } = {},
): Promise<{ way: Way; close(): Promise<void> }> {
  const { databaseUrl, databaseDirectUrl, dataFolder } = config;
  if (databaseUrl !== undefined) {
    // A command's few statements may all go where sessions last.
    return { way: (await chooseWay(databaseUrl, databaseDirectUrl)).sessions, close: async () => undefined };
  }
  await prepareDataFolder(dataFolder);
  const running = await findRunningPostgres(dataFolder);
  const own = running === null ? await startPostgres({ dataFolder, isToBeFilled }) : null;
  return {
    way: { url: running?.url ?? own?.url ?? '', pooling: 'none' },
    close: async () => await own?.stop(),
  };
}
