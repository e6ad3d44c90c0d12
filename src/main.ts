import { flushCompileCache } from 'node:module';
import { type Commands, clientCommands, findCommand, runCommands } from '../cli/index.ts';

const words = process.argv.slice(2);

/**
 * A client's command doesn't wait for the server's code to be loaded, nor one on the database for what only a server needs. A
 * word that a client's command doesn't take may belong to a longer name: `models` asks the API, `models add` is an old name of
 * one of the server's own.
 */
async function loadCommands(): Promise<Commands> {
  if (words[0] === '--version' || words[0] === '-V') return clientCommands;
  const found = findCommand(clientCommands, words);
  const takesNext = found?.command.positionals !== undefined || (found?.rest[0] ?? '-').startsWith('-');
  if (found !== undefined && takesNext) return clientCommands;
  const { serverCommands } = await import('./commands/index.ts');
  // Its words are looked for among all commands only when they name none of these.
  if (findCommand(serverCommands, words) !== undefined) return { ...serverCommands, ...clientCommands };
  return { ...(await import('./serve.ts')).serveCommands, ...serverCommands, ...clientCommands };
}

// A reader that has seen enough, like `head`, is no fault.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});
const commands = await loadCommands();
// What was compiled for it is left to the next start (`bin/troupe.mjs`) at once: a server may run for months, and be killed then.
flushCompileCache();
process.exitCode = await runCommands(commands, words, process.env);
