import { type Command, UsageError } from '../../cli/index.ts';
import { getAccountByName } from '../accounts/index.ts';
import { presentCredits } from '../credits/index.ts';
import { moveCredits } from '../flow/index.ts';
import { findOperator } from './find-operator.ts';
import { parseCreditsOption } from './parse-credits-option.ts';
import { withDatabase } from './with-database.ts';

const options: Command['options'] = {
  account: { type: 'string', required: true, describe: 'name of the account' },
  credits: { type: 'string', required: true, describe: 'how many, at most six decimals', check: readAmount },
  note: { type: 'string', describe: 'a note kept with the transfer' },
  json: { type: 'boolean', describe: 'print one JSON object' },
};

export const topUpCommand: Command = {
  summary: "Adds credits to an account's balance.",
  options,
  run: move(1),
};

export const withdrawCommand: Command = {
  summary: 'Takes credits back that no task has reserved or used.',
  options,
  run: move(-1),
};

function move(sign: 1 | -1): Command['run'] {
  return async (values, environment) => {
    const amount = readAmount(values.credits as string);
    return await withDatabase(environment, async (db) => {
      const account = await getAccountByName(db, values.account as string);
      const note = values.note as string | undefined;
      const booking = { account_id: account.id, amount_microcredits: sign * amount, note };
      const balance = await moveCredits(db, findOperator(environment), booking);
      const available = presentCredits(balance.available_microcredits);
      process.stdout.write(
        values.json
          ? `${JSON.stringify({ account: account.name, remaining_credits: available })}\n`
          : `${account.name} has ${available} credits to spend\n`,
      );
      return 0;
    });
  };
}

function readAmount(text: string): number {
  const amount = parseCreditsOption('credits', text);
  if (amount === 0) throw new UsageError('--credits must be more than 0');
  return amount;
}
