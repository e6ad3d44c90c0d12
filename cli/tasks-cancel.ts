import { cancelTask } from '../client/index.ts';
import { parseTaskId } from './arguments.ts';
import type { Command } from './command.ts';
import { openClient } from './open-client.ts';

export const cancelTaskCommand: Command = {
  summary: 'Cancels an unfinished task; its credits are given back.',
  positionals: 'TASK_ID',
  options: { json: { type: 'boolean', describe: 'print the task as JSON' } },
  async run(values, environment, words) {
    const task = await cancelTask(openClient(environment), parseTaskId(words));
    process.stdout.write(values.json ? `${JSON.stringify(task)}\n` : `${task.id} is cancelled, nothing was charged\n`);
    return 0;
  },
};
