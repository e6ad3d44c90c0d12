import { constants, openAsBlob } from 'node:fs';
import { access } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { type Client, type StoredFile, type UploadOptions, uploadFile, uploadFileFromUrl } from '../client/index.ts';
import { findCallersFolder, readTogether, UsageError } from './arguments.ts';
import type { Command } from './command.ts';
import { openClient } from './open-client.ts';

export const uploadFileCommand: Command = {
  summary: 'Keeps files at the server for a while, to use them in requests.',
  positionals: 'FILE…',
  options: {
    name: { type: 'string', describe: 'what to call it; with one file only' },
    path: { type: 'string', describe: 'an order of your own, like cars/red' },
    json: { type: 'boolean', describe: 'print one JSON object, or a list for several files' },
  },
  more: 'Each FILE is a local file or an http or https URL. What is printed as file_url, or file:FILE_ID, goes in the place of any\nURL of a request: troupe elements create … file:FILE_ID file:FILE_ID',
  async check(values, words, environment) {
    if (words.length === 0) throw new UsageError('name the files to upload');
    if (values.name !== undefined && words.length > 1) throw new UsageError('--name goes with one file only');
    const folder = findCallersFolder(environment);
    await readTogether(words.filter((word) => !isUrl(word)).map((word) => () => checkFile(word, folder)));
  },
  async run(values, environment, words) {
    const client = openClient(environment);
    const folder = findCallersFolder(environment);
    const options = {
      ...(values.name === undefined ? {} : { fileName: String(values.name) }),
      ...(values.path === undefined ? {} : { uploadPath: String(values.path) }),
    };
    const kept: StoredFile[] = [];
    for (const word of words) {
      const file = await send(client, word, folder, options);
      kept.push(file);
      if (!values.json) process.stdout.write(presentUpload(file));
    }
    if (values.json) process.stdout.write(`${JSON.stringify(kept.length === 1 ? kept[0] : kept)}\n`);
    return 0;
  },
};

async function send(client: Client, word: string, folder: string, options: UploadOptions): Promise<StoredFile> {
  if (isUrl(word)) return await uploadFileFromUrl(client, word, options);
  return await uploadFile(client, await openAsBlob(resolve(folder, word)), { fileName: basename(word), ...options });
}

const isUrl = (word: string) => /^(https?|file):/i.test(word);

/** A file that is only opened when it's sent would be missed in the middle of the upload. */
async function checkFile(word: string, folder: string): Promise<void> {
  await access(resolve(folder, word), constants.R_OK).catch((error: NodeJS.ErrnoException) => {
    throw new UsageError(`${word} can not be read (${error.code})`);
  });
}

function presentUpload({ file_id, file_name, file_size, mime_type, file_url, expires_at }: StoredFile): string {
  const lines = [
    ['file', `${file_id}  ${file_name}  ${mime_type}, ${file_size} bytes`],
    ['file_url', file_url],
    ['until', expires_at],
  ];
  return `${lines.map(([name = '', value]) => `${name.padEnd(12)}${value}`).join('\n')}\n`;
}
