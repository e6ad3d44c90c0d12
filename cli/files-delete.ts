import { deleteFile } from '../client/index.ts';
import { UsageError } from './arguments.ts';
import type { Command } from './command.ts';
import { openClient } from './open-client.ts';

export const deleteFileCommand: Command = {
  summary: 'Deletes files. Tasks that were given one keep it until they have ended.',
  positionals: 'FILE_ID…',
  options: { json: { type: 'boolean', describe: 'print one JSON object' } },
  check(_, words) {
    if (words.length === 0) throw new UsageError('name the files to delete, like file_5k2m8q0w3x7z1a9b4c6d8e0f');
  },
  async run(values, environment, words) {
    const client = openClient(environment);
    for (const fileId of words) {
      await deleteFile(client, fileId.replace(/^file:/, ''));
      if (!values.json) process.stdout.write(`${fileId} is deleted\n`);
    }
    if (values.json) process.stdout.write(`${JSON.stringify({ file_ids: words, status: 'deleted' })}\n`);
    return 0;
  },
};
