import { resolve } from 'node:path';
import { downloadFile } from '../client/index.ts';
import { findCallersFolder, UsageError } from './arguments.ts';
import type { Command } from './command.ts';
import { openClient } from './open-client.ts';
import { saveStream } from './save-stream.ts';

export const downloadFileCommand: Command = {
  summary: 'Saves a file that is kept at the server.',
  positionals: 'FILE_ID',
  options: {
    output: { type: 'string', short: 'o', required: true, describe: 'the file to write' },
    json: { type: 'boolean', describe: 'print one JSON object' },
  },
  check(_, words) {
    if (words.length !== 1) throw new UsageError('name one file, like file_5k2m8q0w3x7z1a9b4c6d8e0f');
  },
  async run(values, environment, [word = '']) {
    const fileId = word.replace(/^file:/, '');
    const output = String(values.output);
    const stream = await downloadFile(openClient(environment), fileId);
    await saveStream(stream, resolve(findCallersFolder(environment), output));
    process.stdout.write(values.json ? `${JSON.stringify({ file_id: fileId, output })}\n` : `saved       ${output}\n`);
    return 0;
  },
};
