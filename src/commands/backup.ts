import { join, resolve, sep } from 'node:path';
import { type Command, UsageError } from '../../cli/index.ts';
import { type Config, parseConfig } from '../config.ts';
import { findStorageFolder, findWorkFolder } from '../folders.ts';
import { armFailpoint } from '../lib/failpoint.ts';
import { openStorage } from '../storage/index.ts';
import { createBackup } from './backup/create-backup.ts';
import { openWay } from './open-way.ts';

export const backupCommand: Command = {
  summary:
    'Writes the database and the stored files, as of one moment, into a new folder; servers go on working meanwhile.',
  positionals: 'FOLDER',
  options: {
    'no-files': { type: 'boolean', describe: 'the database alone, for a bucket that keeps versions of its own' },
    json: { type: 'boolean', describe: 'print one JSON object' },
  },
  check: (_, words) => void readFolder(words),
  more:
    'The folder holds keys, pictures and everything else of all accounts: keep it as you keep the database. Settings and plug-ins are not in it. ' +
    "'troupe restore' puts it back.",
  async run(values, environment, words) {
    const folder = readFolder(words);
    const config = parseConfig(environment);
    refuseOwnFolders(folder, config);
    armFailpoint(config.failpoint);
    const { way, close } = await openWay(config);
    try {
      const storage = values['no-files'] ? null : await openStorage(config.storage, findStorageFolder(config));
      const { taken_at, tables, files } = await createBackup(way, storage, folder);
      const rows = tables.reduce((sum, table) => sum + table.rows, 0);
      const facts = { folder, taken_at, tables: tables.length, rows, files: files?.count ?? null };
      const stored = files === null ? 'no files' : `${files.count} files of ${files.size_bytes} bytes`;
      process.stdout.write(
        values.json
          ? `${JSON.stringify(facts)}\n`
          : `${rows} rows of ${tables.length} tables and ${stored}, as of ${taken_at}, are in ${folder}\n${keepsNote}\n`,
      );
      return 0;
    } finally {
      await close();
    }
  },
};

/** What an operator who promises deletion has to know of every backup. */
const keepsNote =
  'What is deleted from now on (elements, files, what a retention setting ends) stays in this backup: delete the backup when its time is over.';

/** The one folder that the words name. Absolute. Throws `UsageError`. */
export function readFolder(words: readonly string[]): string {
  const [folder, ...more] = words;
  if (folder === undefined || more.length > 0) throw new UsageError('name one folder');
  return resolve(folder);
}

/** A sweep would move a backup aside that lies among the stored files, and the next one would hold it. */
function refuseOwnFolders(folder: string, config: Config): void {
  const own = [findStorageFolder(config), findWorkFolder(config), join(resolve(config.dataFolder), 'postgres')];
  const around = own.find((one) => folder === one || folder.startsWith(one + sep));
  if (around !== undefined)
    throw new UsageError(
      `${folder} lies in ${around}, which the server keeps in order itself: name a folder outside of it`,
    );
}
