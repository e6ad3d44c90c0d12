import { type Command, describeAccount } from '../../cli/index.ts';
import { listAccounts } from '../accounts/index.ts';
import type { AccountRecord } from '../credits/index.ts';
import { openAccount, showAccount } from '../flow/index.ts';
import { findOperator } from './find-operator.ts';
import { withDatabase } from './with-database.ts';

const json: Command['options'] = { json: { type: 'boolean', describe: 'print one JSON object' } };

export const listAccountsCommand: Command = {
  summary: 'Lists the accounts with their credits.',
  options: json,
  async run(values, environment) {
    return await withDatabase(environment, async (db) => {
      const records: AccountRecord[] = [];
      for (const { id } of await listAccounts(db)) records.push(await showAccount(db, id));
      process.stdout.write(
        values.json
          ? `${JSON.stringify({ data: records })}\n`
          : `${records.map(describeAccount).join('')}${records.length} account(s)\n`,
      );
      return 0;
    });
  },
};

export const createAccountCommand: Command = {
  summary: "Makes an account without any key; 'keys create --account' makes one with its first key.",
  options: { name: { type: 'string', required: true, describe: 'its name, 1 to 64 characters' }, ...json },
  async run(values, environment) {
    return await withDatabase(environment, async (db) => {
      const { id } = await openAccount(db, findOperator(environment), values.name as string);
      const record = await showAccount(db, id);
      process.stdout.write(values.json ? `${JSON.stringify(record)}\n` : describeAccount(record));
      return 0;
    });
  },
};
