import type { Command } from '../../cli/index.ts';
import { createPairs, type KeyPair } from '../accounts/index.ts';
import { parseConfig } from '../config.ts';
import { grantKey } from '../flow/index.ts';
import { findStorageFolder } from '../folders.ts';
import { loadPairSecret, openStorage } from '../storage/index.ts';
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
    pair: {
      type: 'boolean',
      describe: 'give it an access key and a secret key too, for clients of the official Kling API',
    },
    ...keyFieldOptions,
    json: { type: 'boolean', describe: 'print one JSON object' },
  },
  async run(values, environment) {
    const text = (name: string) => values[name] as string | undefined;
    const request = { account: text('account') ?? 'default', name: text('name') as string, ...readKeyFields(values) };
    const credits = text('credits') === undefined ? 0 : parseCreditsOption('credits', text('credits') as string);
    const pair = values.pair === true ? await createPair(environment) : null;
    return await withDatabase(environment, async (db) => {
      const wanted = { ...request, access_key: pair?.access_key };
      const created = await grantKey(db, wanted, credits, new Date(), findOperator(environment));
      const { key, key_id, name, account_name: account, callback_secret } = created;
      process.stdout.write(
        values.json
          ? `${JSON.stringify({ key, key_id, name, account, callback_secret, ...pair })}\n`
          : `API key (shown this once):   ${key}\nId of the key:               ${key_id}\n` +
              `Account:                     ${account}\nCallback signing secret:     ${callback_secret}\n${describePair(pair)}`,
      );
      return 0;
    });
  },
};

/** Of the server whose settings these are: its secret lies in its storage. */
async function createPair(environment: Readonly<Record<string, string | undefined>>): Promise<KeyPair> {
  const config = parseConfig(environment);
  const storage = await openStorage(config.storage, findStorageFolder(config));
  return await createPairs(() => loadPairSecret(storage)).create();
}

function describePair(pair: KeyPair | null): string {
  if (pair === null) return '';
  return `Access key:                  ${pair.access_key}\nSecret key (shown this once): ${pair.secret_key}\n`;
}
