import type { Command } from '../../cli/index.ts';

/** A command on the database that `--remote` does over the API instead. */
export function orRemote(command: Command, runRemote: Command['run']): Command {
  return {
    ...command,
    options: {
      ...command.options,
      remote: { type: 'boolean', describe: "ask a server's API with your key, not the database of this machine" },
    },
    run: (values, environment, words) => (values.remote ? runRemote : command.run)(values, environment, words),
  };
}
