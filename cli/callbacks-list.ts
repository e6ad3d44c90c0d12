import { getTaskCallbacks, type TaskCallbacks } from '../client/index.ts';
import { parseTaskId } from './arguments.ts';
import type { Command } from './command.ts';
import { openClient } from './open-client.ts';

export const listCallbacksCommand: Command = {
  summary: "Shows every attempt of a task's callback.",
  positionals: 'TASK_ID',
  options: { json: { type: 'boolean', describe: 'print one JSON object' } },
  async run(values, environment, words) {
    const callbacks = await getTaskCallbacks(openClient(environment), parseTaskId(words));
    process.stdout.write(values.json ? `${JSON.stringify(callbacks)}\n` : presentCallbacks(callbacks));
    return 0;
  },
};

/** For people, a line for each attempt. */
export function presentCallbacks({ state, url, webhook_id, attempts }: TaskCallbacks): string {
  if (url === null) return 'the task named no callback_url\n';
  const lines = attempts.map(({ attempt, started_at, duration_ms, outcome, status_code, detail }) => {
    const took = duration_ms === null ? '' : ` in ${duration_ms} ms`;
    const what = [outcome ?? 'no outcome', status_code, detail].filter((part) => part !== null).join(', ');
    return `${String(attempt).padStart(8)}  ${started_at}  ${what}${took}`;
  });
  return [`state     ${state.replace('_', ' ')}`, `url       ${url}`, `id        ${webhook_id}`, ...lines, ''].join(
    '\n',
  );
}
