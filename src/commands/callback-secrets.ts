import type { Command } from '../../cli/index.ts';
import { type CallbackSecret, getAccountByName, listCallbackSecrets } from '../accounts/index.ts';
import { rotateSecret } from '../flow/index.ts';
import { findOperator } from './find-operator.ts';
import { withDatabase } from './with-database.ts';

const options: Command['options'] = {
  account: { type: 'string', describe: "name of the account (default 'default')" },
  json: { type: 'boolean', describe: 'print one JSON object' },
};

export const listCallbackSecretsCommand: Command = {
  summary: "Shows the secrets that an account's callbacks are signed with, the newest first.",
  options,
  async run(values, environment) {
    return await withDatabase(environment, async (db) => {
      const { id } = await getAccountByName(db, (values.account as string | undefined) ?? 'default');
      const secrets = (await listCallbackSecrets(db, [id], new Date())).get(id) ?? [];
      process.stdout.write(present(secrets, values.json === true));
      return 0;
    });
  },
};

export const rotateCallbackSecretCommand: Command = {
  summary: 'Makes a new secret for signing callbacks; the old one signs beside it for 24 hours.',
  options: {
    ...options,
    now: { type: 'boolean', describe: 'for a secret that has leaked: the old ones sign no more from now on' },
  },
  async run(values, environment) {
    return await withDatabase(environment, async (db) => {
      const { id } = await getAccountByName(db, (values.account as string | undefined) ?? 'default');
      const at_once = values.now === true;
      const secrets = await rotateSecret(db, findOperator(environment), id, new Date(), { at_once });
      process.stdout.write(present(secrets, values.json === true));
      return 0;
    });
  },
};

function present(secrets: readonly CallbackSecret[], asJson: boolean): string {
  if (asJson) return `${JSON.stringify({ data: secrets })}\n`;
  return secrets
    .map(
      ({ secret, expires_at }) =>
        `${secret}  ${expires_at === null ? 'newest' : `until ${expires_at.toISOString()}`}\n`,
    )
    .join('');
}
