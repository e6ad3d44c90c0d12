import type { Command } from '../../cli/index.ts';
import { grantKey } from '../flow/index.ts';
import { findOperator } from './find-operator.ts';
import { keyFieldOptions, readKeyFields } from './key-fields.ts';
import { parseCreditsOption } from './parse-credits-option.ts';
import { withDatabase } from './with-database.ts';

export const createKeyCommand: Command = {
  summary: 'Makes an API key and shows it this once.',
  options: {
    name: { type: 'string', required: true, describe: 'name of the key' },
    account: { type: 'string', describe: "account it belongs to, made when missing (default 'default')" },
    credits: {
      type: 'string',
      describe: 'credits to top the account up with (default 0)',
      check: (text) => parseCreditsOption('credits', text),
    },
    ...keyFieldOptions,
    json: { type: 'boolean', describe: 'print one JSON object' },
  },
  async run(values, environment) {
    const text = (name: string) => values[name] as string | undefined;
    const request = { account: text('account') ?? 'default', name: text('name') as string, ...readKeyFields(values) };
    const credits = text('credits') === undefined ? 0 : parseCreditsOption('credits', text('credits') as string);
    return await withDatabase(environment, async (db) => {
      const created = await grantKey(db, request, credits, new Date(), findOperator(environment));
      const { key, key_id, name, account_name: account, callback_secret } = created;
      process.stdout.write(
        values.json
          ? `${JSON.stringify({ key, key_id, name, account, callback_secret })}\n`
          : `API key (shown this once):   ${key}\nId of the key:               ${key_id}\n` +
              `Account:                     ${account}\nCallback signing secret:     ${callback_secret}\n`,
      );
      return 0;
    });
  },
};
