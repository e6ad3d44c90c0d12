import { type Commands, clientCommands, runCommands } from '../cli/index.ts';
import { topUpCommand } from './commands/credits-top-up.ts';
import { createKeyCommand } from './commands/keys-create.ts';
import { migrateCommand } from './commands/migrate.ts';
import { serve } from './commands/serve.ts';

/** Commands that need the server's own machine. Everything else goes through the API, like any other client. */
const serverCommands: Commands = {
  serve: serve(['api', 'worker']),
  api: serve(['api']),
  worker: serve(['worker']),
  migrate: migrateCommand,
  'keys create': createKeyCommand,
  'credits top-up': topUpCommand,
};

process.exitCode = await runCommands({ ...serverCommands, ...clientCommands }, process.argv.slice(2), process.env);
