import type { Command } from '../../cli/index.ts';
import { parseConfig } from '../config.ts';
import { findStorageFolder } from '../folders.ts';
import { armFailpoint } from '../lib/failpoint.ts';
import { openStorage } from '../storage/index.ts';
import { restoreBackup } from './backup/restore-backup.ts';
import { readFolder } from './backup.ts';
import { openWay } from './open-way.ts';

export const restoreCommand: Command = {
  summary:
    "Puts a backup of 'troupe backup' into the database and the storage of the settings, which must both be empty.",
  positionals: 'FOLDER',
  options: { json: { type: 'boolean', describe: 'print one JSON object' } },
  check: (_, words) => void readFolder(words),
  more:
    'Each file is compared by its SHA-256, each table by its count and a digest of its rows. Cut off, it is simply begun again. Never let a restored ' +
    'server and the one that it was taken from work at the same time: they would share one Kling account and send callbacks twice.',
  async run(values, environment, words) {
    const folder = readFolder(words);
    const config = parseConfig(environment);
    armFailpoint(config.failpoint);
    const { way, close } = await openWay(config, { isToBeFilled: true });
    try {
      const storage = await openStorage(config.storage, findStorageFolder(config));
      const { taken_at, version, tables, files } = await restoreBackup(folder, way, storage);
      const rows = tables.reduce((sum, table) => sum + table.rows, 0);
      const stored = files === null ? 'no files' : `${files.count} files`;
      process.stdout.write(
        values.json
          ? `${JSON.stringify({ taken_at, version, tables: tables.length, rows, files: files?.count ?? null })}\n`
          : `${rows} rows of ${tables.length} tables and ${stored} are back as they were at ${taken_at}\n` +
              "Next: start the servers; 'troupe doctor' and 'troupe ledger check' look at what is there.\n",
      );
      return 0;
    } finally {
      await close();
    }
  },
};
