import { TroupeError } from '../client/index.ts';
import { parseArguments, UsageError, usage } from './arguments.ts';
import type { Command, Commands } from './command.ts';
import { exitCodes } from './exit-codes.ts';
import { presentHelp } from './present-help.ts';

/**
 * Runs the command that `words` name and returns its exit code. Wrong words, refusals and a server that doesn't answer
 * are told in a sentence on standard error, or with `--json` as the API's error object on standard output.
 */
export async function runCommands(
  commands: Commands,
  words: readonly string[],
  environment: NodeJS.ProcessEnv,
): Promise<number> {
  const asked = words.filter((word) => word !== '--help' && word !== '-h');
  if (asked.length === 0 || asked[0] === 'help' || asked.length < words.length) {
    return help(commands, asked[0] === 'help' ? asked.slice(1) : asked);
  }
  const found = findCommand(commands, words);
  if (found === undefined) return unknownCommand(words);
  const { name, command, rest } = found;
  try {
    const { values, words: named } = parseArguments(command, rest);
    return await command.run(values, environment, named);
  } catch (error) {
    if (error instanceof UsageError) {
      process.stderr.write(`${error.message}\n\n${usage(name, command)}`);
      return exitCodes.usage;
    }
    return tell(error as Error, rest.includes('--json'));
  }
}

function help(commands: Commands, words: readonly string[]): number {
  const found = findCommand(commands, words);
  if (found === undefined && words.length > 0) return unknownCommand(words);
  process.stdout.write(found === undefined ? presentHelp(commands) : usage(found.name, found.command));
  return exitCodes.done;
}

function unknownCommand(words: readonly string[]): number {
  process.stderr.write(`troupe: there is no command '${words.slice(0, 2).join(' ')}'; 'troupe help' lists them all\n`);
  return exitCodes.usage;
}

/** The command that the first one to three words name, and the words after it. */
export function findCommand(
  commands: Commands,
  words: readonly string[],
): { name: string; command: Command; rest: readonly string[] } | undefined {
  for (const count of [3, 2, 1]) {
    const name = words.slice(0, count).join(' ');
    if (Object.hasOwn(commands, name)) return { name, command: commands[name] as Command, rest: words.slice(count) };
  }
  return undefined;
}

function tell(error: Error, asJson: boolean): number {
  const { code, param, requestId } = error instanceof TroupeError ? error : ({ code: 'failed' } as TroupeError);
  if (asJson) {
    process.stdout.write(
      `${JSON.stringify({ error: { code, message: error.message, param, request_id: requestId } })}\n`,
    );
  } else {
    const hint = findHint(error);
    process.stderr.write(`troupe: ${error.message}\n${hint === undefined ? '' : `${hint}\n`}`);
  }
  if (code === 'server_unreachable') return exitCodes.unreachable;
  return code === 'invalid_client_options' ? exitCodes.usage : exitCodes.failed;
}

function findHint(error: Error): string | undefined {
  if (!(error instanceof TroupeError)) return undefined;
  if (error.code === 'server_unreachable')
    return 'Is it running? Start it with: npm start. Another address goes into TROUPE_URL.';
  if (error.status === 401)
    return 'Make a key on the machine of the server with: npm run -s troupe -- keys create --name NAME --credits 10';
  if (error.status !== undefined && error.status >= 500 && error.requestId)
    return `Request id for the log of the server: ${error.requestId}`;
  return undefined;
}
