import { parseArguments, UsageError, usage } from './commands/arguments.ts';
import type { Command } from './commands/command.ts';
import { topUpCommand } from './commands/credits-top-up.ts';
import { createKeyCommand } from './commands/keys-create.ts';
import { migrateCommand } from './commands/migrate.ts';
import { serve } from './commands/serve.ts';

/** Commands that need the server's own machine. Everything else goes through the API, like any other client. */
const commands: Readonly<Record<string, Command>> = {
  serve: serve(['api', 'worker']),
  api: serve(['api']),
  worker: serve(['worker']),
  migrate: migrateCommand,
  'keys create': createKeyCommand,
  'credits top-up': topUpCommand,
};

async function main(words: readonly string[]): Promise<number> {
  const [first = 'help', second = ''] = words;
  const name = [`${first} ${second}`, first].find((one) => one in commands);
  if (name === undefined) {
    const { runClientCommand } = await import('../cli/main.ts');
    return await runClientCommand(words);
  }
  const rest = words.slice(name.split(' ').length);
  try {
    const command = commands[name] as Command;
    return await command.run(parseArguments(command, rest), process.env);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    process.stderr.write(`${error.message}\n${usage(name, commands[name] as Command)}`);
    return 2;
  }
}

main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error: Error) => {
    process.stderr.write(`troupe: ${error.message}\n`);
    process.exitCode = 1;
  },
);
