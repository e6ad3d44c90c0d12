import { type Command, UsageError } from '../../cli/index.ts';
import { findAccountByName } from '../accounts/index.ts';
import { readConfig } from '../config.ts';
import { presentCredits, topUp } from '../credits/index.ts';
import { openDatabase } from './open-database.ts';
import { readCredits } from './read-credits.ts';

export const topUpCommand: Command = {
  summary: "Adds credits to an account's balance.",
  options: {
    account: { type: 'string', required: true, describe: 'name of the account' },
    credits: { type: 'string', required: true, describe: 'how many, at most six decimals' },
    note: { type: 'string', describe: 'a note kept with the transfer' },
    json: { type: 'boolean', describe: 'print one JSON object' },
  },
  async run(values, environment) {
    const amount = readCredits('credits', values.credits as string);
    if (amount === 0) throw new UsageError('--credits must be more than 0');
    const database = await openDatabase(readConfig(environment));
    try {
      const account = await findAccountByName(database.db, values.account as string);
      if (account === null) throw new Error(`there is no account '${values.account}'`);
      const note = typeof values.note === 'string' ? { note: values.note } : {};
      const balance = await topUp(database.db, { account_id: account.id, amount_microcredits: amount, ...note });
      const available = presentCredits(balance.available_microcredits);
      process.stdout.write(
        values.json
          ? `${JSON.stringify({ account: account.name, remaining_credits: available })}\n`
          : `${account.name} has ${available} credits to spend\n`,
      );
      return 0;
    } finally {
      await database.close();
    }
  },
};
