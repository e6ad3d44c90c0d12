import { type ElementDetails, getElement } from '../client/index.ts';
import { findCallersFolder, parseElementId } from './arguments.ts';
import type { Command } from './command.ts';
import { openClient } from './open-client.ts';
import { saveElement } from './save-element.ts';

export const getElementCommand: Command = {
  summary: 'Shows an element with its quality report, and saves its files.',
  positionals: 'ELEMENT_ID',
  options: {
    output: { type: 'string', short: 'o', describe: 'save its files in this folder' },
    json: { type: 'boolean', describe: 'print the element as JSON' },
  },
  async run(values, environment, words) {
    const client = openClient(environment);
    const element = await getElement(client, parseElementId(words));
    process.stdout.write(values.json ? `${JSON.stringify(element)}\n` : presentElement(element));
    if (typeof values.output === 'string') {
      await saveElement(client, element, values.output, findCallersFolder(environment));
      if (!values.json) process.stdout.write(`saved       ${values.output}\n`);
    }
    return 0;
  },
};

function presentElement(element: ElementDetails): string {
  const lines = [
    `element_id  ${element.element_id}`,
    `element     ${element.element_name}, ${element.element_description}`,
    `task        ${element.task_id}, engine ${element.engine}`,
    `colors      ${element.colors.map((color) => color.hex).join(' ')}`,
    ...element.report.map(({ level, message }) => `${level.padEnd(12)}${message}`),
    ...element.files.map(({ role, name, url }) => `${role.padEnd(12)}${name}  ${url}`),
  ];
  return `${lines.join('\n')}\n`;
}
