import { followTask, followTasks, type Task } from '../client/index.ts';
import { UsageError } from './arguments.ts';
import type { Command } from './command.ts';
import { exitCodes } from './exit-codes.ts';
import { listenForInterrupt } from './listen-for-interrupt.ts';
import { openClient } from './open-client.ts';
import { describeProgress } from './present-task.ts';

export const watchTasksCommand: Command = {
  summary: "Tells every change of the account's tasks, or of one until its end.",
  positionals: '[TASK_ID]',
  options: { json: { type: 'boolean', describe: 'print each task as one line of JSON' } },
  async run(values, environment, words) {
    if (words.length > 1) throw new UsageError('name one task id, or none for all tasks');
    const client = openClient(environment);
    const [taskId] = words;
    const tell = (task: Task) => {
      process.stdout.write(values.json ? `${JSON.stringify(task)}\n` : `${task.id}  ${describeChange(task)}\n`);
    };
    if (taskId !== undefined) {
      let last: Task | undefined;
      for await (const task of followTask(client, taskId)) {
        tell(task);
        last = task;
      }
      return last?.status === 'completed' ? exitCodes.done : exitCodes.taskFailed;
    }
    const { signal } = listenForInterrupt();
    try {
      const onMissed = () => void process.stderr.write('some changes were missed: troupe tasks list shows all\n');
      for await (const { task } of followTasks(client, { signal, onMissed })) tell(task);
    } catch (error) {
      if (!signal.aborted) throw error;
    }
    return exitCodes.done;
  },
};

function describeChange(task: Task): string {
  return task.error === undefined
    ? describeProgress(task)
    : `${task.status}, ${task.error.code}: ${task.error.message}`;
}
