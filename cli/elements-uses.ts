import { listElementUses, type TaskLine } from '../client/index.ts';
import { parseElementId, parseNumber } from './arguments.ts';
import type { Command } from './command.ts';
import { openClient } from './open-client.ts';

export const listElementUsesCommand: Command = {
  summary: 'Lists the tasks that named an element, newest first.',
  positionals: 'ELEMENT_ID',
  options: {
    limit: {
      type: 'string',
      describe: 'tasks on a page, 1 to 100 (default 20)',
      check: (text) => parseNumber('limit', text),
    },
    cursor: { type: 'string', describe: 'where the page before ended' },
    json: { type: 'boolean', describe: 'print the page as JSON' },
  },
  async run(values, environment, words) {
    const limit = parseNumber('limit', values.limit);
    const { cursor } = values;
    const page = await listElementUses(openClient(environment), parseElementId(words), {
      ...(limit === undefined ? {} : { limit }),
      ...(typeof cursor === 'string' ? { cursor } : {}),
    });
    if (values.json) process.stdout.write(`${JSON.stringify(page)}\n`);
    else {
      process.stdout.write(page.data.map(presentLine).join(''));
      process.stdout.write(page.next_cursor === null ? '' : `more: --cursor ${page.next_cursor}\n`);
    }
    return 0;
  },
};

function presentLine({ id, status, model, created_at }: TaskLine): string {
  return `${new Date(created_at * 1000).toISOString().replace('.000', '')}  ${id}  ${status}  ${model}\n`;
}
