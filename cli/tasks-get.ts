import { getTask, getTaskRequest } from '../client/index.ts';
import { parseTaskId } from './arguments.ts';
import type { Command } from './command.ts';
import { followTask } from './follow-task.ts';
import { openClient } from './open-client.ts';
import { presentTask } from './present-task.ts';

export const getTaskCommand: Command = {
  summary: 'Shows a task, with --wait once it is finished.',
  positionals: 'TASK_ID',
  options: {
    wait: { type: 'boolean', describe: 'wait until it is finished, with progress on standard error' },
    request: { type: 'boolean', describe: 'print what it was asked for as JSON, a body to send again or changed' },
    json: { type: 'boolean', describe: 'print the task as JSON' },
  },
  async run(values, environment, words) {
    const taskId = parseTaskId(words);
    const client = openClient(environment);
    if (values.request) {
      const { request, left_out } = await getTaskRequest(client, taskId);
      process.stdout.write(`${JSON.stringify(request, null, 2)}\n`);
      for (const path of left_out) process.stderr.write(`${path}: its picture stood in the request and isn't kept\n`);
      return 0;
    }
    if (values.wait) return await followTask(client, taskId, { json: values.json === true });
    const task = await getTask(client, taskId);
    process.stdout.write(values.json ? `${JSON.stringify(task)}\n` : presentTask(task));
    return 0;
  },
};
