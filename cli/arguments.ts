import { parseArgs } from 'node:util';
import type { Command, OptionValues } from './command.ts';

/** The words of a command are wrong; the message says how, the usage is shown below it. */
export class UsageError extends Error {}

export interface Arguments {
  values: OptionValues;
  /** Words without a name, in their order. */
  words: readonly string[];
}

export function parseArguments(command: Command, words: readonly string[]): Arguments {
  const options = Object.fromEntries(
    Object.entries(command.options).map(([name, { type, short, multiple = false }]) => [
      name,
      short === undefined ? { type, multiple } : { type, short, multiple },
    ]),
  );
  try {
    const allowPositionals = command.positionals !== undefined;
    const { values, positionals } = parseArgs({ args: [...words], options, strict: true, allowPositionals });
    const missing = Object.keys(command.options).find((name) => command.options[name]?.required && !values[name]);
    if (missing !== undefined) throw new Error(`--${missing} is required`);
    return { values: values as OptionValues, words: positionals };
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

export function usage(name: string, command: Command): string {
  const words = command.positionals === undefined ? '' : ` ${command.positionals}`;
  const lines = Object.entries(command.options).map(([option, { type, short, required, describe }]) => {
    const names = `${short === undefined ? '' : `-${short}, `}--${option}${type === 'string' ? ' VALUE' : ''}`;
    return `  ${names.padEnd(26)}${describe}${required ? ' (required)' : ''}`;
  });
  const more = command.more === undefined ? [] : ['', command.more];
  return [`usage: troupe ${name} [options]${words}`, command.summary, ...lines, ...more, ''].join('\n');
}

/** The one task id that a command takes. */
export function readTaskId(words: readonly string[]): string {
  const [taskId, ...others] = words;
  if (taskId === undefined || others.length > 0)
    throw new UsageError('name one task id, like task-unified-1757169743-8dxnm6yz');
  return taskId;
}

/** The one element id that a command takes. */
export function readElementId(words: readonly string[]): string {
  const [elementId, ...others] = words;
  if (elementId === undefined || others.length > 0) throw new UsageError('name one element id, like 4129876500123456');
  return elementId;
}
