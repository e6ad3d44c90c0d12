import { type Commands, clientCommands, findCommand } from '../cli/index.ts';

/**
 * All commands among which that of `words` is to be looked for. A client's command doesn't wait for the server's code to be
 * loaded, nor one on the database for what only a server needs. A word that a client's command doesn't take may belong to a
 * longer name: `models` asks the API, `models add` is an old name of one of the server's own.
 */
export async function loadCommands(words: readonly string[]): Promise<Commands> {
  if (words[0] === '--version' || words[0] === '-V') return clientCommands;
  const found = findCommand(clientCommands, words);
  const takesNext = found?.command.positionals !== undefined || (found?.rest[0] ?? '-').startsWith('-');
  if (found !== undefined && takesNext) return clientCommands;
  const { serverCommands } = await import('./commands/index.ts');
  // Its words are looked for among all commands only when they name none of these.
  if (findCommand(serverCommands, words) !== undefined) return { ...serverCommands, ...clientCommands };
  return { ...(await import('./serve.ts')).serveCommands, ...serverCommands, ...clientCommands };
}
