import { type ElementLine, type ListElementsQuery, listElements } from '../client/index.ts';
import { parseNumber } from './arguments.ts';
import type { Command } from './command.ts';
import { openClient } from './open-client.ts';

export const listElementsCommand: Command = {
  summary: "Lists and searches the account's elements.",
  options: {
    query: { type: 'string', describe: 'words of name, description or tags, each by its beginning' },
    tag: { type: 'string', describe: 'a tag, whole' },
    'reference-type': { type: 'string', describe: 'image_refer or video_refer' },
    order: { type: 'string', describe: 'newest (default), oldest or name' },
    page: { type: 'string', describe: 'which page (default 1)', check: (text) => parseNumber('page', text) },
    'page-size': {
      type: 'string',
      describe: 'elements on a page, 1 to 50 (default 20)',
      check: (text) => parseNumber('page-size', text),
    },
    json: { type: 'boolean', describe: 'print the page as JSON' },
  },
  async run(values, environment) {
    const query = {
      query: values.query,
      tag: values.tag,
      reference_type: values['reference-type'],
      order: values.order,
      page: parseNumber('page', values.page),
      page_size: parseNumber('page-size', values['page-size']),
    };
    const page = await listElements(openClient(environment), query as ListElementsQuery);
    const last = Math.max(1, Math.ceil(page.total / page.page_size));
    process.stdout.write(
      values.json
        ? `${JSON.stringify(page)}\n`
        : `${page.data.map(presentLine).join('')}${page.total} element(s), page ${page.page} of ${last}\n`,
    );
    return 0;
  },
};

function presentLine({ element_id, element_name, element_description, reference_type, created }: ElementLine): string {
  const time = new Date(created * 1000).toISOString().replace('.000', '');
  return `${time}  ${element_id}  ${reference_type}  ${element_name}: ${element_description}\n`;
}
