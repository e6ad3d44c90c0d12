import type { Command } from '../../cli/index.ts';
import { noteChange } from '../audit/index.ts';
import { parseConfig } from '../config.ts';
import { adoptStorage, compareStorage, describeComparison } from '../flow/index.ts';
import { findStorageFolder } from '../folders.ts';
import { openStorage } from '../storage/index.ts';
import { findOperator } from './find-operator.ts';
import { openDatabase } from './open-database.ts';

export const adoptStorageCommand: Command = {
  summary: 'Shows whether the stored files and the database belong together; with --yes joins them.',
  options: {
    yes: { type: 'boolean', describe: 'do it; stop all servers before' },
    json: { type: 'boolean', describe: 'print one JSON object' },
  },
  more: 'for a start that was refused because one of the two was replaced or restored without the other.',
  async run(values, environment) {
    const config = parseConfig(environment);
    const storage = await openStorage(config.storage, findStorageFolder(config));
    const database = await openDatabase(config);
    try {
      const comparison = await compareStorage(database.db, storage);
      const { identity, known, stored } = comparison;
      const belong = identity.database !== null && identity.database === identity.storage;
      const adopts = !belong && values.yes === true;
      if (adopts) {
        await adoptStorage(database.db, storage);
        await noteChange(database.db, {
          actor: findOperator(environment),
          action: 'storage.adopt',
          subject: `storage:${comparison.place}`,
          account_id: null,
          details: { known, stored },
        });
      }
      const outcome = belong ? alreadyDone : adopts ? done : announce(config.storage.quarantineDays);
      process.stdout.write(
        values.json
          ? `${JSON.stringify({ belong_together: belong || adopts, is_adopted: adopts, known, stored })}\n`
          : `  ${describeComparison(comparison)}\n${outcome}\n`,
      );
      return 0;
    } finally {
      await database.close();
    }
  },
};

const alreadyDone = 'they belong together already; nothing was done';
const done = 'they belong together now';

function announce(quarantineDays: number): string {
  return (
    'With --yes both get one new identity. Servers that use another database with this storage, or another storage with this\n' +
    "database, are refused from then on. Files that the database doesn't know are moved aside by the next sweeps, to quarantine/,\n" +
    `and deleted after ${quarantineDays} days (TROUPE_QUARANTINE_DAYS). Nothing was done.`
  );
}
