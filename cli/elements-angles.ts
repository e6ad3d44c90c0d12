import { chooseAngles, createAngles } from '../client/index.ts';
import { findCallersFolder, parseElementId, UsageError } from './arguments.ts';
import type { Command, OptionValues } from './command.ts';
import { followTask } from './follow-task.ts';
import { type Typed, withTyped } from './name-typed.ts';
import { openClient } from './open-client.ts';
import { saveImages } from './save-images.ts';

const shared: Command['options'] = {
  'callback-url': { type: 'string', describe: 'https URL that the server calls when the task is finished' },
  'idempotency-key': { type: 'string', describe: 'the same key and request charge only once (default: a new one)' },
  'dry-run': { type: 'boolean', describe: 'only check it: nothing is charged or made (waits for the answer)' },
  wait: { type: 'boolean', describe: 'wait until it is finished, with progress on standard error' },
  json: { type: 'boolean', describe: 'print the task as JSON' },
};

export const createAnglesCommand: Command = {
  summary: 'Has further views made of an element: three sets of three pictures.',
  positionals: 'ELEMENT_ID',
  options: {
    ...shared,
    output: {
      type: 'string',
      short: 'o',
      describe: 'wait, and save the pictures as NAME-0-1, NAME-0-2, … by their sets',
    },
  },
  more: 'Then one set becomes a new element: troupe elements choose ELEMENT_ID TASK_ID SET',
  async run(values, environment, words) {
    const client = openClient(environment);
    const elementId = parseElementId(words);
    const typed = { ...typedOptions, element_id: elementId };
    const task = await withTyped(typed, () => createAngles(client, elementId, readShared(values), readKey(values)));
    const how = { json: values.json === true, typed };
    if (typeof values.output === 'string' && !values['dry-run']) {
      return await saveImages(client, task.id, values.output, findCallersFolder(environment), how);
    }
    return await finish(values, task, () => followTask(client, task.id, how));
  },
};

export const chooseAnglesCommand: Command = {
  summary: 'Makes a new element of a set of further views and the frontal picture that they were made of.',
  positionals: 'ELEMENT_ID TASK_ID SET',
  options: {
    name: { type: 'string', describe: 'name of the new element (default: that of the first one)' },
    description: { type: 'string', describe: 'its description (default: that of the first one)' },
    ...shared,
  },
  check: (_, words) => void parseWords(words),
  async run(values, environment, words) {
    const client = openClient(environment);
    const { elementId, taskId, set } = parseWords(words);
    const { name, description } = values;
    const choice = {
      set,
      ...(typeof name === 'string' ? { element_name: name } : {}),
      ...(typeof description === 'string' ? { element_description: description } : {}),
      ...readShared(values),
    };
    const typed = { ...typedOptions, element_id: elementId, task_id: taskId, set: String(set) };
    const task = await withTyped(typed, () => chooseAngles(client, elementId, taskId, choice, readKey(values)));
    return await finish(values, task, () => followTask(client, task.id, { json: values.json === true, typed }));
  },
};

/** What stands for each field on the command line. */
const typedOptions: Typed = {
  element_name: '--name',
  element_description: '--description',
  callback_url: '--callback-url',
  'Idempotency-Key': '--idempotency-key',
};

function parseWords(words: readonly string[]): { elementId: string; taskId: string; set: number } {
  const [elementId, taskId, set, ...others] = words;
  if (elementId === undefined || taskId === undefined || set === undefined || others.length > 0) {
    throw new UsageError('name an element, the task of its angles and a set, like 4129876500123456 task-unified-… 0');
  }
  if (!/^\d{1,2}$/.test(set)) throw new UsageError(`SET must be the number of a set, from 0; is '${set}'`);
  return { elementId, taskId, set: Number(set) };
}

function readShared(values: OptionValues) {
  const url = values['callback-url'];
  return {
    ...(typeof url === 'string' ? { callback_url: url } : {}),
    ...(values['dry-run'] === true ? { dry_run: true } : {}),
  };
}

function readKey(values: OptionValues) {
  const key = values['idempotency-key'];
  return typeof key === 'string' ? { idempotencyKey: key } : {};
}

async function finish(values: OptionValues, task: { id: string }, follow: () => Promise<number>): Promise<number> {
  if (values.wait || values['dry-run']) return await follow();
  process.stdout.write(
    values.json
      ? `${JSON.stringify(task)}\n`
      : `${task.id} is accepted. Wait for it: troupe tasks get ${task.id} --wait\n`,
  );
  return 0;
}
