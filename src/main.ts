import { flushCompileCache } from 'node:module';
import { runCommands } from '../cli/index.ts';
import { loadCommands } from './load-commands.ts';

// A reader that has seen enough, like `head`, is no fault.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});
const words = process.argv.slice(2);
const commands = await loadCommands(words);
// What was compiled for it is left to the next start (`bin/troupe.mjs`) at once: a server may run for months, and be killed then.
flushCompileCache();
process.exitCode = await runCommands(commands, words, process.env);
