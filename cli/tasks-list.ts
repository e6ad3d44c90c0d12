import { type ListTasksQuery, listTasks, type TaskLine } from '../client/index.ts';
import { parseNumber } from './arguments.ts';
import type { Command } from './command.ts';
import { openClient } from './open-client.ts';

export const listTasksCommand: Command = {
  summary: "Lists the account's tasks, newest first.",
  options: {
    status: { type: 'string', describe: 'only processing (includes waiting), completed, failed or cancelled ones' },
    model: { type: 'string', describe: 'only those of this model' },
    page: { type: 'string', describe: 'which page (default 1)', check: (text) => parseNumber('page', text) },
    'page-size': {
      type: 'string',
      describe: 'tasks on a page, 1 to 50 (default 20)',
      check: (text) => parseNumber('page-size', text),
    },
    json: { type: 'boolean', describe: 'print the page as JSON' },
  },
  async run(values, environment) {
    const { status, model } = values as { status?: string; model?: string };
    const query = {
      status: status as ListTasksQuery['status'],
      model,
      page: parseNumber('page', values.page),
      page_size: parseNumber('page-size', values['page-size']),
    };
    const page = await listTasks(openClient(environment), query as ListTasksQuery);
    const last = Math.max(1, Math.ceil(page.total / page.page_size));
    process.stdout.write(
      values.json
        ? `${JSON.stringify(page)}\n`
        : `${page.data.map(presentLine).join('')}${page.total} task(s), page ${page.page} of ${last}\n`,
    );
    return 0;
  },
};

function presentLine({ id, status, progress, model, credits_used, created_at }: TaskLine): string {
  const time = new Date(created_at * 1000).toISOString().replace('.000', '');
  return `${time}  ${id}  ${status.padEnd(10)} ${String(progress).padStart(3)} %  ${credits_used} credits  ${model}\n`;
}
