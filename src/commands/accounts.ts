import type { Command } from '../../cli/index.ts';
import { type Account, listAccounts } from '../accounts/index.ts';
import { getBalance, presentCredits } from '../credits/index.ts';
import type { Db } from '../db/index.ts';
import { openAccount } from '../flow/index.ts';
import { findOperator } from './find-operator.ts';
import { withDatabase } from './with-database.ts';

const json: Command['options'] = { json: { type: 'boolean', describe: 'print one JSON object' } };

export const listAccountsCommand: Command = {
  summary: 'Lists the accounts with their credits.',
  options: json,
  async run(values, environment) {
    return await withDatabase(environment, async (db) => {
      const records = [];
      for (const account of await listAccounts(db)) records.push(await readRecord(db, account));
      process.stdout.write(
        values.json
          ? `${JSON.stringify({ data: records })}\n`
          : `${records.map(describe).join('')}${records.length} account(s)\n`,
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
      const account = await openAccount(db, findOperator(environment), values.name as string);
      const record = await readRecord(db, account);
      process.stdout.write(values.json ? `${JSON.stringify(record)}\n` : describe(record));
      return 0;
    });
  },
};

type AccountRecord = Awaited<ReturnType<typeof readRecord>>;

async function readRecord(db: Db, { id, name, created_at }: Account) {
  const balance = await getBalance(db, id);
  return {
    account_id: id,
    name,
    remaining_credits: presentCredits(balance.available_microcredits),
    reserved_credits: presentCredits(balance.reserved_microcredits),
    used_credits: presentCredits(balance.spent_microcredits),
    created_at,
  };
}

function describe({ account_id, name, remaining_credits, reserved_credits, used_credits }: AccountRecord): string {
  return `${String(account_id).padStart(4)}  ${name}  ${remaining_credits} to spend, ${reserved_credits} reserved, ${used_credits} used\n`;
}
