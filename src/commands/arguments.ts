import { parseArgs } from 'node:util';
import type { Command, OptionValues } from './command.ts';

/** The words of a command are wrong; the message says how, the usage is shown below it. */
export class UsageError extends Error {}

export function parseArguments(command: Command, words: readonly string[]): OptionValues {
  const options = Object.fromEntries(Object.entries(command.options).map(([name, { type }]) => [name, { type }]));
  try {
    const { values } = parseArgs({ args: [...words], options, strict: true, allowPositionals: false });
    const missing = Object.keys(command.options).find((name) => command.options[name]?.required && !values[name]);
    if (missing !== undefined) throw new Error(`--${missing} is required`);
    return values as OptionValues;
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

export function usage(name: string, command: Command): string {
  const lines = Object.entries(command.options).map(
    ([option, { type, describe }]) => `  --${option}${type === 'string' ? ' VALUE' : ''}`.padEnd(26) + describe,
  );
  return [`usage: troupe ${name} [options]`, command.summary, ...lines, ''].join('\n');
}
