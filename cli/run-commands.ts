import { TroupeError } from '../client/index.ts';
import { parseArguments, UsageError, usage } from './arguments.ts';
import type { Command, Commands } from './command.ts';
import { exitCodes } from './exit-codes.ts';
import { findNearest } from './find-nearest.ts';
import { presentHelp } from './present-help.ts';
import { readVersion } from './read-version.ts';

/**
 * Runs the command that `words` name and returns its exit code. Wrong words, refusals and a server that doesn't answer
 * are told in a sentence on standard error, or with `--json` as the API's error object on standard output.
 */
export async function runCommands(
  commands: Commands,
  words: readonly string[],
  environment: NodeJS.ProcessEnv,
): Promise<number> {
  const asJson = words.includes('--json');
  if (words[0] === '--version' || words[0] === '-V') return tellVersion(asJson);
  const asked = words.filter((word) => word !== '--help' && word !== '-h');
  if (asked.length === 0 || asked[0] === 'help' || asked.length < words.length) {
    return help(commands, asked[0] === 'help' ? asked.slice(1) : asked, asJson);
  }
  const found = findCommand(commands, words);
  if (found === undefined) return tellUnknown(commands, words, asJson);
  const { name, command, rest } = found;
  if (command.positionals === undefined && rest[0] !== undefined && !rest[0].startsWith('-')) {
    // Not a word of this command, so more likely a longer name misspelt: `models ad`.
    if (findNearestCommand(commands, words) !== undefined) return tellUnknown(commands, words, asJson);
  }
  try {
    const { values, words: named } = await parseArguments(command, rest, environment);
    return await command.run(values, environment, named);
  } catch (error) {
    if (error instanceof UsageError)
      return tellMistakes(error.mistakes, `'troupe help ${name}' tells its options`, asJson);
    return tell(error as Error, asJson);
  }
}

function tellVersion(asJson: boolean): number {
  const version = readVersion();
  process.stdout.write(asJson ? `${JSON.stringify({ version })}\n` : `troupe ${version}\n`);
  return exitCodes.done;
}

function help(commands: Commands, words: readonly string[], asJson: boolean): number {
  const found = findCommand(commands, words);
  const group = Object.fromEntries(Object.entries(commands).filter(([name]) => name.startsWith(`${words.join(' ')} `)));
  if (found === undefined && words.length > 0 && Object.keys(group).length === 0) {
    return tellUnknown(commands, words, asJson);
  }
  const several = presentHelp(words.length === 0 ? commands : group);
  process.stdout.write(found === undefined ? several : usage(found.name, found.command));
  return exitCodes.done;
}

function tellUnknown(commands: Commands, words: readonly string[], asJson: boolean): number {
  const nearest = findNearestCommand(commands, words);
  const names =
    words
      .filter((word) => !word.startsWith('-'))
      .slice(0, 2)
      .join(' ') || words[0];
  const suggestion = nearest === undefined ? '' : `; did you mean 'troupe ${nearest}'?`;
  return tellMistakes([`there is no command '${names}'${suggestion}`], "'troupe help' lists them all", asJson);
}

/** By the first words before any option, as many as each name has. */
function findNearestCommand(commands: Commands, words: readonly string[]): string | undefined {
  const end = words.findIndex((word) => word.startsWith('-'));
  const typed = end === -1 ? words : words.slice(0, end);
  for (const count of [3, 2, 1]) {
    if (typed.length < count) continue;
    const names = Object.keys(commands).filter((name) => name.split(' ').length === count);
    const nearest = findNearest(typed.slice(0, count).join(' '), names);
    if (nearest !== undefined && nearest !== typed.slice(0, count).join(' ')) return nearest;
  }
  return undefined;
}

function tellMistakes(mistakes: readonly string[], hint: string, asJson: boolean): number {
  if (asJson) {
    const error = { code: 'invalid_request', message: mistakes.join('; '), mistakes };
    process.stdout.write(`${JSON.stringify({ error })}\n`);
  } else process.stderr.write([...mistakes.map((mistake) => `troupe: ${mistake}`), hint, ''].join('\n'));
  return exitCodes.usage;
}

/** The command that the first one to three words name, by its name or an old one, and the words after it. */
export function findCommand(
  commands: Commands,
  words: readonly string[],
): { name: string; command: Command; rest: readonly string[] } | undefined {
  for (const count of [3, 2, 1]) {
    const name = words.slice(0, count).join(' ');
    const found = Object.entries(commands).find(([now, { oldNames }]) => now === name || oldNames?.includes(name));
    if (found !== undefined) return { name: found[0], command: found[1], rest: words.slice(count) };
  }
  return undefined;
}

function tell(error: Error, asJson: boolean): number {
  const { code, param, requestId } = findDetails(error);
  if (asJson) {
    process.stdout.write(
      `${JSON.stringify({ error: { code, message: error.message, param, request_id: requestId } })}\n`,
    );
  } else {
    const hint = findHint(error);
    process.stderr.write(`troupe: ${error.message}\n${hint === undefined ? '' : `${hint}\n`}`);
  }
  if (code === 'server_unreachable') return exitCodes.unreachable;
  return code === 'invalid_client_options' || error.name === 'SettingsError' ? exitCodes.usage : exitCodes.failed;
}

/** The server's own refusals carry their code on this machine as they do over the API. */
function findDetails(error: Error): Pick<TroupeError, 'code' | 'param' | 'requestId'> {
  if (error instanceof TroupeError) return error;
  const { name, code, param } = error as Error & { code?: string; param?: string };
  if (name === 'AppError' && code !== undefined) return { code, param, requestId: undefined };
  if (name === 'SettingsError') return { code: 'invalid_request', param: undefined, requestId: undefined };
  const isAway = code !== undefined && /^(ECONN|ENOTFOUND|ETIMEDOUT|EPIPE|08|57P0)/.test(code);
  return { code: isAway ? 'service_unavailable' : 'failed', param: undefined, requestId: undefined };
}

function findHint(error: Error): string | undefined {
  if (!(error instanceof TroupeError)) return undefined;
  if (error.code === 'server_unreachable')
    return 'Is it running? Start it with: npm start. Another address goes into TROUPE_URL.';
  if (error.status === 401)
    return 'Make a key on the machine of the server with: npm run -s troupe -- keys create --name NAME --credits 100';
  if (error.status !== undefined && error.status >= 500 && error.requestId)
    return `Request id for the log of the server: ${error.requestId}`;
  return undefined;
}
