import { openAsBlob } from 'node:fs';
import { resolve } from 'node:path';
import { importElement } from '../client/index.ts';
import { findCallersFolder, UsageError } from './arguments.ts';
import type { Command } from './command.ts';
import { openClient } from './open-client.ts';

export const importElementCommand: Command = {
  summary: 'Makes an element of a file that an export saved. Charges nothing.',
  positionals: 'FILE',
  options: { json: { type: 'boolean', describe: 'print the element as JSON' } },
  async check(_, words, environment) {
    await openArchive(words, environment);
  },
  async run(values, environment, words) {
    const archive = await openArchive(words, environment);
    const element = await importElement(openClient(environment), archive);
    const { element_id, element_name, imported_from, left_out = [] } = element;
    const lines = [
      `${element_id}  ${element_name}`,
      ...(imported_from === undefined ? [] : [`its id where it was exported is not free here: ${imported_from}`]),
      ...left_out.map((what) => `left out: ${what}`),
    ];
    process.stdout.write(values.json ? `${JSON.stringify(element)}\n` : `${lines.join('\n')}\n`);
    return 0;
  },
};

async function openArchive(
  words: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): Promise<Blob> {
  const [name, ...others] = words;
  if (name === undefined || others.length > 0) throw new UsageError('name one file that an export saved');
  const path = resolve(findCallersFolder(environment), name);
  return await openAsBlob(path).catch(() => {
    throw new UsageError(`${name}: can not be read`);
  });
}
