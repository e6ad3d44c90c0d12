import { join, resolve } from 'node:path';
import type { Command } from '../../cli/index.ts';
import { readConfig } from '../config.ts';
import { adoptStorage, compareStorage, describeComparison } from '../flow/index.ts';
import { openStorage } from '../storage/index.ts';
import { openDatabase } from './open-database.ts';

export const adoptStorageCommand: Command = {
  summary: 'Shows whether the stored files and the database belong together; with --yes joins them.',
  options: { yes: { type: 'boolean', describe: 'do it; stop all servers before' } },
  more: 'for a start that was refused because one of the two was replaced or restored without the other.',
  async run(values, environment) {
    const config = readConfig(environment);
    const storage = await openStorage(config.storage, join(resolve(config.dataFolder), 'storage'));
    const database = await openDatabase(config);
    const say = (text: string) => process.stdout.write(`${text}\n`);
    try {
      const comparison = await compareStorage(database.db, storage);
      const { identity } = comparison;
      say(`  ${describeComparison(comparison)}`);
      if (identity.database !== null && identity.database === identity.storage) {
        say('they belong together already; nothing was done');
      } else if (values.yes) {
        await adoptStorage(database.db, storage);
        say('they belong together now');
      } else {
        const { quarantineDays } = config.storage;
        say(
          'With --yes both get one new identity. Servers that use another database with this storage, or another storage with this\n' +
            `database, are refused from then on. Files that the database doesn't know are moved aside by the next sweeps, to quarantine/,\n` +
            `and deleted after ${quarantineDays} days (TROUPE_QUARANTINE_DAYS). Nothing was done.`,
        );
      }
      return 0;
    } finally {
      await database.close();
    }
  },
};
