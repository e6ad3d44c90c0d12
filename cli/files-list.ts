import { getFileQuota, type ListFilesQuery, listFiles, type StoredFile } from '../client/index.ts';
import { parseNumber } from './arguments.ts';
import type { Command } from './command.ts';
import { openClient } from './open-client.ts';

export const listFilesCommand: Command = {
  summary: "Lists the account's files, newest first, and what room is left.",
  options: {
    page: { type: 'string', describe: 'which page (default 1)', check: (text) => parseNumber('page', text) },
    'page-size': {
      type: 'string',
      describe: 'files on a page, 1 to 100 (default 20)',
      check: (text) => parseNumber('page-size', text),
    },
    json: { type: 'boolean', describe: 'print the page and the quota as JSON' },
  },
  async run(values, environment) {
    const client = openClient(environment);
    const query = { page: parseNumber('page', values.page), pageSize: parseNumber('page-size', values['page-size']) };
    const page = await listFiles(client, query as ListFilesQuery);
    const quota = await getFileQuota(client);
    const { used_files, max_files, used_bytes, max_bytes } = quota;
    process.stdout.write(
      values.json
        ? `${JSON.stringify({ ...page, quota })}\n`
        : `${page.files.map(presentLine).join('')}${used_files} of ${max_files} files, ${used_bytes} of ${max_bytes} bytes\n`,
    );
    return 0;
  },
};

function presentLine({ upload_time, file_id, mime_type, file_size, file_name }: StoredFile): string {
  return `${upload_time.replace(/\.\d+/, '')}  ${file_id}  ${mime_type.padEnd(15)}  ${file_size}  ${file_name}\n`;
}
