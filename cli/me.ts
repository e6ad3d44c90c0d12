import { getMe } from '../client/index.ts';
import type { Command } from './command.ts';
import { describeKey } from './describe-key.ts';
import { openClient } from './open-client.ts';

export const meCommand: Command = {
  summary: 'Shows the key that is used, with its account, role and limits.',
  options: { json: { type: 'boolean', describe: 'print one JSON object' } },
  async run(values, environment) {
    const me = await getMe(openClient(environment));
    process.stdout.write(values.json ? `${JSON.stringify(me)}\n` : describeKey(me, new Date()));
    return 0;
  },
};
