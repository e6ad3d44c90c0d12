import { resendCallback } from '../client/index.ts';
import { parseTaskId } from './arguments.ts';
import { presentCallbacks } from './callbacks-list.ts';
import type { Command } from './command.ts';
import { openClient } from './open-client.ts';

export const resendCallbackCommand: Command = {
  summary: "Has a finished task's callback sent again, in a new round of attempts.",
  positionals: 'TASK_ID',
  options: { json: { type: 'boolean', describe: 'print one JSON object' } },
  async run(values, environment, words) {
    const callbacks = await resendCallback(openClient(environment), parseTaskId(words));
    process.stdout.write(values.json ? `${JSON.stringify(callbacks)}\n` : presentCallbacks(callbacks));
    return 0;
  },
};
