#!/usr/bin/env node
import { clientCommands, findCommand, runCommands } from '../cli/index.ts';

const words = process.argv.slice(2);

/** A client's command doesn't wait for the server's code to be loaded. */
async function loadCommands() {
  if (findCommand(clientCommands, words) !== undefined) return clientCommands;
  const { serverCommands } = await import('./commands/index.ts');
  return { ...serverCommands, ...clientCommands };
}

process.exitCode = await runCommands(await loadCommands(), words, process.env);
