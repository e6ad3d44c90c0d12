import { type Command, exitCodes, presentDiagnosis } from '../../cli/index.ts';
import { type Config, listUnknownSettings, parseConfig } from '../config.ts';
import { createPatient } from '../create-patient.ts';
import { chooseWay, connect, type Database, explainFailure, findRunningPostgres, type Way } from '../db/index.ts';
import { type Check, type Diagnosis, examine } from '../doctor/index.ts';
import { findStorageFolder } from '../folders.ts';
import { openStorage } from '../storage/index.ts';

type Environment = Readonly<Record<string, string | undefined>>;

export const doctorCommand: Command = {
  summary: 'Says what is missing or wrong on this machine, and how to mend it; exit code 1 when a part is broken.',
  more: 'Starts nothing and changes nothing. Each part is ok, warning, broken, or off where it is not set up.',
  options: { json: { type: 'boolean', describe: 'print one JSON object' } },
  async run(values, environment) {
    const diagnosis = await diagnose(environment);
    process.stdout.write(values.json ? `${JSON.stringify(diagnosis)}\n` : presentDiagnosis(diagnosis));
    return diagnosis.healthy ? exitCodes.done : exitCodes.failed;
  },
};

async function diagnose(environment: Environment): Promise<Diagnosis> {
  let config: Config;
  try {
    config = parseConfig(environment);
  } catch (error) {
    const check = { part: 'settings', status: 'broken', message: (error as Error).message } as const;
    return { healthy: false, checks: [{ ...check, remedy: 'mend them; .env.example lists all settings' }] };
  }
  const opened: Database[] = [];
  const open = remember(() => openDatabase(config, opened));
  try {
    const { healthy, checks } = await examine(
      createPatient(config, {
        database: open,
        storage: () => openStorage(config.storage, findStorageFolder(config)),
        clock: { now: () => new Date() },
      }),
    );
    return { healthy, checks: [judgeSettings(environment), ...checks] };
  } finally {
    await Promise.all(opened.map((database) => database.close()));
  }
}

function judgeSettings(environment: Environment): Check {
  const unknown = listUnknownSettings(environment);
  if (unknown.length === 0) return { part: 'settings', status: 'ok', message: 'all are read' };
  const message = `${unknown.join(', ')}: no setting of this version, without effect`;
  return { part: 'settings', status: 'warning', message, remedy: 'leave it out; .env.example lists all settings' };
}

/** The named server, or the embedded one if it runs: looking at it starts none. */
async function openDatabase(config: Config, opened: Database[]) {
  const { databaseUrl, databaseDirectUrl } = config;
  let way: Way;
  if (databaseUrl === undefined) {
    const running = await findRunningPostgres(config.dataFolder);
    if (running === null) {
      return { none: "this program's own PostgreSQL is not running", remedy: 'it comes with the server: npm start' };
    }
    way = { url: running.url, pooling: 'none' };
  } else {
    way = await chooseWay(databaseUrl, databaseDirectUrl).then(
      ({ sessions }) => sessions,
      (error) => {
        throw explainFailure(error, databaseUrl);
      },
    );
  }
  const database = connect({ ...way, connectionsMax: 2, onError: () => undefined });
  opened.push(database);
  return database.db;
}

function remember<T>(work: () => Promise<T>): () => Promise<T> {
  let answer: Promise<T> | undefined;
  return () => {
    answer ??= work();
    return answer;
  };
}
