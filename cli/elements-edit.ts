import { changeElement, type ElementChange } from '../client/index.ts';
import { parseElementId, UsageError } from './arguments.ts';
import type { Command, OptionValues } from './command.ts';
import { openClient } from './open-client.ts';

export const editElementCommand: Command = {
  summary: 'Changes the name, the description or the tags of an element.',
  positionals: 'ELEMENT_ID',
  options: {
    name: { type: 'string', describe: 'its name, at most 20 characters' },
    description: { type: 'string', describe: 'what it looks like, at most 100 characters' },
    tag: { type: 'string', multiple: true, describe: 'a tag; all that are given take the place of those it has' },
    'no-tags': { type: 'boolean', describe: 'take all its tags away' },
    json: { type: 'boolean', describe: 'print the element as JSON' },
  },
  check(values) {
    if (values.tag !== undefined && values['no-tags']) throw new UsageError('give either --tag or --no-tags, not both');
    if (Object.keys(readChange(values)).length === 0) {
      throw new UsageError('name what to change: --name, --description, --tag or --no-tags');
    }
  },
  async run(values, environment, words) {
    const element = await changeElement(openClient(environment), parseElementId(words), readChange(values));
    const { element_id, element_name, element_description, tags } = element;
    const shown = tags.length === 0 ? '' : ` [${tags.join(', ')}]`;
    process.stdout.write(
      values.json ? `${JSON.stringify(element)}\n` : `${element_id}  ${element_name}: ${element_description}${shown}\n`,
    );
    return 0;
  },
};

function readChange({ name, description, tag, 'no-tags': noTags }: OptionValues): ElementChange {
  return {
    ...(typeof name === 'string' ? { element_name: name } : {}),
    ...(typeof description === 'string' ? { element_description: description } : {}),
    ...(Array.isArray(tag) ? { tags: tag } : {}),
    ...(noTags ? { tags: [] } : {}),
  };
}
