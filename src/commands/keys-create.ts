import { type Command, UsageError } from '../../cli/index.ts';
import { readConfig } from '../config.ts';
import { grantKey } from '../flow/index.ts';
import { listModels } from '../models/index.ts';
import { openDatabase } from './open-database.ts';
import { readCredits } from './read-credits.ts';

export const createKeyCommand: Command = {
  summary: 'Makes an API key and shows it this once.',
  options: {
    name: { type: 'string', required: true, describe: 'name of the key' },
    account: { type: 'string', describe: "account it belongs to, made when missing (default 'default')" },
    credits: { type: 'string', describe: 'credits to top the account up with (default 0)' },
    'total-limit': { type: 'string', describe: 'credits the key may spend in all' },
    'daily-limit': { type: 'string', describe: 'credits the key may spend in a day (UTC)' },
    models: { type: 'string', describe: 'models the key may use, comma-separated (default all)' },
    expires: { type: 'string', describe: 'end of its life as an ISO 8601 time' },
    json: { type: 'boolean', describe: 'print one JSON object' },
  },
  async run(values, environment) {
    const text = (name: string) => values[name] as string | undefined;
    const credits = (name: string) => (text(name) === undefined ? null : readCredits(name, text(name) as string));
    const request = {
      account: text('account') ?? 'default',
      name: text('name') as string,
      allowed_models: text('models') === undefined ? null : readModels(text('models') as string),
      total_limit_microcredits: credits('total-limit'),
      daily_limit_microcredits: credits('daily-limit'),
      expires_at: text('expires') === undefined ? null : new Date(text('expires') as string),
    };
    const database = await openDatabase(readConfig(environment));
    try {
      const created = await grantKey(database.db, request, credits('credits') ?? 0, new Date());
      const { key, account_name: account, callback_secret } = created;
      process.stdout.write(
        values.json
          ? `${JSON.stringify({ key, name: created.name, account, callback_secret })}\n`
          : `API key (shown this once):   ${key}\nAccount:                     ${account}\n` +
              `Callback signing secret:     ${callback_secret}\n`,
      );
      return 0;
    } finally {
      await database.close();
    }
  },
};

/** A key for a model that nobody knows would be refused everything, and nobody would see why. */
function readModels(text: string): string[] {
  const names = text.split(',').map((name) => name.trim());
  const known = listModels().map(({ id }) => id);
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined) throw new UsageError(`--models must be of ${known.join(', ')}; is '${unknown}'`);
  return names;
}
