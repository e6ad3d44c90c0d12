import { type Command, describeKey } from '../../cli/index.ts';
import { getAccountByName, listKeys, presentKey } from '../accounts/index.ts';
import { withDatabase } from './with-database.ts';

export const listKeysCommand: Command = {
  summary: 'Lists the API keys with their ids, limits and use; no key can be read back.',
  options: {
    account: { type: 'string', describe: 'only those of this account (default all)' },
    json: { type: 'boolean', describe: 'print one JSON object' },
  },
  async run(values, environment) {
    return await withDatabase(environment, async (db) => {
      const name = values.account as string | undefined;
      const account = name === undefined ? null : (await getAccountByName(db, name)).id;
      const now = new Date();
      const keys = (await listKeys(db, account, now)).map(presentKey);
      process.stdout.write(
        values.json
          ? `${JSON.stringify({ data: keys })}\n`
          : `${keys.map((key) => describeKey(key, now)).join('')}${keys.length} key(s)\n`,
      );
      return 0;
    });
  },
};
