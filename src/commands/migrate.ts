import type { Command } from '../../cli/index.ts';
import { parseConfig } from '../config.ts';
import { openDatabase } from './open-database.ts';

export const migrateCommand: Command = {
  summary: 'Brings the database to the newest schema. The server does the same at each start.',
  options: {},
  async run(_, environment) {
    const database = await openDatabase(parseConfig(environment));
    await database.close();
    process.stdout.write('the database is up to date\n');
    return 0;
  },
};
