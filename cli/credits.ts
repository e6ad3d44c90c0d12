import { getCredits } from '../client/index.ts';
import type { Command } from './command.ts';
import { openClient } from './open-client.ts';

export const creditsCommand: Command = {
  summary: 'Shows what the account and the key may spend.',
  options: { json: { type: 'boolean', describe: 'print one JSON object' } },
  async run(values, environment) {
    const credits = await getCredits(openClient(environment));
    const { user, token } = credits;
    const keyLine = token.unlimited_credits ? 'no limit of its own' : `${token.remaining_credits} left`;
    process.stdout.write(
      values.json
        ? `${JSON.stringify(credits)}\n`
        : `account  ${user.remaining_credits} left, ${user.reserved_credits} reserved, ${user.used_credits} used\n` +
            `key      ${keyLine}, ${token.used_credits} used or reserved\n`,
    );
    return 0;
  },
};
