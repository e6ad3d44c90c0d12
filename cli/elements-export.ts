import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { exportElement } from '../client/index.ts';
import { findCallersFolder, parseElementId } from './arguments.ts';
import type { Command } from './command.ts';
import { openClient } from './open-client.ts';

export const exportElementCommand: Command = {
  summary: 'Saves an element as one file, from which it can be made again here or elsewhere.',
  positionals: 'ELEMENT_ID',
  options: {
    output: { type: 'string', short: 'o', describe: 'the file, which must not exist (default: element-ID.zip)' },
    json: { type: 'boolean', describe: 'print one JSON object' },
  },
  async run(values, environment, words) {
    const elementId = parseElementId(words);
    const name = typeof values.output === 'string' ? values.output : `element-${elementId}.zip`;
    const path = resolve(findCallersFolder(environment), name);
    const bytes = await exportElement(openClient(environment), elementId);
    const file = createWriteStream(path, { flags: 'wx' });
    let isOurs = false;
    file.once('open', () => {
      isOurs = true;
    });
    try {
      await pipeline(Readable.fromWeb(bytes), file);
    } catch (error) {
      // Half an archive would be taken for a whole one; a file that was there before stays.
      if (isOurs) await rm(path, { force: true });
      throw error;
    }
    const size = file.bytesWritten;
    process.stdout.write(
      values.json
        ? `${JSON.stringify({ element_id: elementId, path, bytes: size })}\n`
        : `saved ${path} (${size} bytes)\n`,
    );
    return 0;
  },
};
