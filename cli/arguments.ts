import { parseArgs } from 'node:util';
import type { Command, Option, OptionValues } from './command.ts';
import { findNearest } from './find-nearest.ts';

/** The words of a command are wrong: each mistake is one sentence. */
export class UsageError extends Error {
  readonly mistakes: readonly string[];

  constructor(...mistakes: string[]) {
    super(mistakes.join('; '));
    this.mistakes = mistakes;
  }
}

export interface Arguments {
  values: OptionValues;
  /** Words without a name, in their order. */
  words: readonly string[];
}

/** Reads a command's words and checks them by its options. Throws `UsageError` with all mistakes together. */
export async function parseArguments(
  command: Command,
  words: readonly string[],
  environment: Readonly<Record<string, string | undefined>> = {},
): Promise<Arguments> {
  const { mistakes, ...parsed } = readTokens(command, words);
  for (const [name, { required, check }] of Object.entries(command.options)) {
    const value = parsed.values[name];
    if (required && value === undefined && !mistakes.some((mistake) => mistake.startsWith(`--${name} `))) {
      mistakes.push(`--${name} is required`);
    } else if (required && value === '') mistakes.push(`--${name} must not be empty`);
    else if (check && typeof value !== 'boolean') {
      for (const [at, text] of [value ?? []].flat().entries()) await collect(mistakes, () => check(text, at));
    }
  }
  await collect(mistakes, () => command.check?.(parsed.values, parsed.words, environment));
  if (mistakes.length > 0) throw new UsageError(...new Set(mistakes));
  return parsed;
}

/** Runs each reader, and answers what they read. Throws `UsageError` with the mistakes of all of them together. */
export async function readTogether<T>(readers: readonly (() => T | Promise<T>)[]): Promise<T[]> {
  const mistakes: string[] = [];
  const read: T[] = [];
  for (const reader of readers) await collect(mistakes, async () => read.push(await reader()));
  if (mistakes.length > 0) throw new UsageError(...mistakes);
  return read;
}

async function collect(mistakes: string[], work: () => unknown): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    mistakes.push(...error.mistakes);
  }
}

function readTokens(command: Command, args: readonly string[]): Arguments & { mistakes: string[] } {
  const options = Object.fromEntries(
    Object.entries(command.options).map(([name, { type, short }]) => [
      name,
      short === undefined ? { type } : { type, short },
    ]),
  );
  const { tokens } = parseArgs({ args: [...args], options, strict: false, tokens: true });
  const values: Record<string, string | boolean | string[]> = {};
  const words: string[] = [];
  const mistakes: string[] = [];
  for (const token of tokens) {
    if (token.kind === 'positional') {
      words.push(token.value);
      if (command.positionals === undefined) mistakes.push(`the word '${token.value}' is not expected here`);
    } else if (token.kind === 'option') {
      const option = Object.hasOwn(command.options, token.name) ? command.options[token.name] : undefined;
      const mistake = findMistake(command, option, token);
      if (mistake !== undefined) mistakes.push(mistake);
      else if (option?.type === 'boolean') values[token.name] = true;
      else if (option?.multiple) values[token.name] = [...((values[token.name] ?? []) as string[]), token.value ?? ''];
      else values[token.name] = token.value ?? '';
    }
  }
  return { values, words, mistakes };
}

interface OptionToken {
  name: string;
  rawName: string;
  value?: string | undefined;
  inlineValue?: boolean | undefined;
}

function findMistake(command: Command, option: Option | undefined, token: OptionToken): string | undefined {
  const { name, rawName, value, inlineValue } = token;
  if (option === undefined) {
    const nearest = rawName.startsWith('--') ? findNearest(name, Object.keys(command.options)) : undefined;
    return `there is no option ${rawName}${nearest === undefined ? '' : `; did you mean --${nearest}?`}`;
  }
  if (option.type === 'boolean') return value === undefined ? undefined : `--${name} takes no value, has '${value}'`;
  if (value === undefined) return `--${name} needs a value`;
  // The next option was taken for the value; a value that does begin with a dash can be said with '='.
  if (!inlineValue && value.length > 1 && value.startsWith('-')) {
    return `--${name} needs a value; one that begins with a dash is written --${name}=${value}`;
  }
  return undefined;
}

/** The usage text of one command: its line, its options, what more it has to say. */
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
export function parseTaskId(words: readonly string[]): string {
  const [taskId, ...others] = words;
  if (taskId === undefined || others.length > 0)
    throw new UsageError('name one task id, like task-unified-1757169743-8dxnm6yz');
  return taskId;
}

/** The one element id that a command takes. */
export function parseElementId(words: readonly string[]): string {
  const [elementId, ...others] = words;
  if (elementId === undefined || others.length > 0) throw new UsageError('name one element id, like 4129876500123456');
  return elementId;
}

/** The whole number behind an option, undefined when it isn't given. Throws `UsageError`. */
export function parseNumber(name: string, text: string | boolean | string[] | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^\d{1,7}$/.test(String(text))) throw new UsageError(`--${name} must be a whole number, is '${text}'`);
  return Number(text);
}

/**
 * The folder that relative paths of the command line start from. npm runs scripts in the project's folder and keeps the
 * caller's in INIT_CWD.
 */
export function findCallersFolder(environment: Readonly<Record<string, string | undefined>>): string {
  return (environment.npm_lifecycle_event === 'troupe' ? environment.INIT_CWD : undefined) ?? process.cwd();
}
