import { deleteElement } from '../client/index.ts';
import { parseElementId } from './arguments.ts';
import type { Command } from './command.ts';
import { openClient } from './open-client.ts';

export const deleteElementCommand: Command = {
  summary: 'Deletes an element for good. Videos made of it stay.',
  positionals: 'ELEMENT_ID',
  options: { json: { type: 'boolean', describe: 'print one JSON object' } },
  async run(values, environment, words) {
    const elementId = parseElementId(words);
    await deleteElement(openClient(environment), elementId);
    process.stdout.write(
      values.json ? `${JSON.stringify({ element_id: elementId, status: 'deleted' })}\n` : `${elementId} is deleted\n`,
    );
    return 0;
  },
};
