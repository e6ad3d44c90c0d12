import { text } from 'node:stream/consumers';
import { type Command, UsageError } from '../../cli/index.ts';
import { type Config, parseConfig } from '../config.ts';
import { describePlace, parseDatabaseUrl } from '../db/index.ts';
import { armFailpoint } from '../lib/failpoint.ts';
import { moveDatabase } from './move-database.ts';
import { openWay } from './open-way.ts';

export const moveDatabaseCommand: Command = {
  summary: 'Copies the whole database into an empty one elsewhere, checks it, and closes the old one to servers.',
  options: {
    to: {
      type: 'string',
      required: true,
      describe:
        "the empty database as postgres://user:password@host:port/name, 'embedded', or - to read it from standard input",
      check: readTarget,
    },
    json: { type: 'boolean', describe: 'print one JSON object' },
  },
  more:
    'Stop all servers first. The copy is one transaction: a move that was cut off has left no row there and is simply begun again. The ' +
    'stored files stay where they are. A command line is seen by other users of the machine: a password is better read from standard input.',
  async run(values, environment) {
    const config = parseConfig(environment);
    armFailpoint(config.failpoint);
    const given = values.to as string;
    const target = readTarget(given === '-' ? (await text(process.stdin)).trim() : given);
    if (target === undefined && config.databaseUrl === undefined)
      throw new UsageError(
        "--to is 'embedded', and the settings name no other database: set DATABASE_URL to the one to move",
      );
    const source = await openWay(config);
    try {
      const place = await openTarget(config, target);
      try {
        const onTable = (name: string, rows: number) => {
          if (!values.json) process.stderr.write(`${name}: ${rows} rows\n`);
        };
        const moved = await moveDatabase(source.way, place.way, onTable);
        process.stdout.write(values.json ? `${JSON.stringify(moved)}\n` : present(moved, target));
        return 0;
      } finally {
        await place.close();
      }
    } finally {
      await source.close();
    }
  },
};

/** Undefined stands for the embedded one. */
function readTarget(given: string): string | undefined {
  if (given === 'embedded' || given === '-') return undefined;
  try {
    return parseDatabaseUrl(given);
  } catch (error) {
    throw new UsageError(`--to ${(error as Error).message}`);
  }
}

async function openTarget({ dataFolder }: Config, databaseUrl: string | undefined) {
  try {
    return await openWay({ databaseUrl, databaseDirectUrl: undefined, dataFolder }, { isToBeFilled: true });
  } catch (error) {
    throw new Error((error as Error).message.replaceAll('DATABASE_URL', '--to'), { cause: error });
  }
}

function present({ tables, rows }: { tables: number; rows: number }, target: string | undefined): string {
  const next =
    target === undefined
      ? 'unset DATABASE_URL (and TROUPE_DATABASE_DIRECT_URL)'
      : `set DATABASE_URL to the address that you gave (${describePlace(target)}), for every process`;
  return (
    `${rows} rows of ${tables} tables are there, and each table's count and digest are the same on both sides\n` +
    `Next: ${next}, and start the servers; the stored files stay where they are.\n` +
    'The old database keeps its rows and is closed: a server that is started on it is refused. Delete it once you have a backup of the new one;\n' +
    "to go back to it instead, start it with 'troupe storage adopt --yes'.\n"
  );
}
