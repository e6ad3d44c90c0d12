import { mkdir } from 'node:fs/promises';
import type { Logger } from 'pino';
import { createKeyCache, createRateLimiter, keysChanged } from './accounts/index.ts';
import { deliverQueue } from './callbacks/index.ts';
import type { Config } from './config.ts';
import {
  chooseTls,
  connect,
  type Database,
  type EmbeddedPostgres,
  explainTls,
  migrate,
  retryWhileAway,
  startPostgres,
} from './db/index.ts';
import { bindStorage, type Context } from './flow/index.ts';
import { findStorageFolder, findWorkFolder, migrationsFolder } from './folders.ts';
import { openJobs } from './jobs/index.ts';
import { createNetwork } from './lib/safe-fetch/index.ts';
import { openEngines } from './open-engines.ts';
import { createLinks, openStorage, readLinkSecret } from './storage/index.ts';
import { createDurationEstimates, createUnfinishedLimit, workQueues } from './tasks/index.ts';

export type Role = 'api' | 'worker';

/**
 * Opens what the roles of this process need. A role that isn't asked for costs nothing: an `api` process has no media
 * children and supervises no jobs.
 */
export async function openContext(config: Config, log: Logger, roles: readonly Role[]): Promise<Context> {
  const closers: (() => Promise<void> | void)[] = [];
  const close = async () => {
    const failures: unknown[] = [];
    for (const closer of closers.splice(0).reverse()) {
      // One that fails must not keep the rest open, least of all the database server.
      await Promise.resolve()
        .then(closer)
        .catch((error) => failures.push(error));
    }
    if (failures.length > 0) throw new AggregateError(failures, 'not everything could be closed');
  };
  try {
    const clock = { now: () => new Date() };
    const workFolder = findWorkFolder(config);
    await mkdir(workFolder, { recursive: true, mode: 0o700 });
    const { database, url } = await openDatabase(config, log, closers);
    const jobs = await retryWhileAway(() => {
      return openJobs({
        database,
        engineDatabase: connectTo(url, log, engineConnectionsMax),
        queues: [...Object.values(workQueues), deliverQueue],
        supervise: roles.includes('worker'),
        onError: ({ message }) => log.warn({ reason: message }, 'the job engine reports an error'),
      });
    }, noteAway(log));
    closers.push(() => jobs.close());
    const network = createNetwork({
      allowAddresses: config.safeFetch.allowAddresses,
      userAgent: 'Troupe',
      connectionsPerOriginMax: config.callbacks.attemptsPerHostMax,
    });
    closers.push(() => network.close());
    const keyCache = createKeyCache({
      ttlMs: config.accounts.keyCacheMs,
      sizeMax: 10_000,
      clock: () => clock.now().getTime(),
      onError: (error) => log.warn({ err: error }, 'could not note the use of a key'),
    });
    closers.push(() => keyCache.settled());
    // A worker hears from its start on; here it is for the processes that authenticate.
    jobs.wakeUp.listen(keysChanged, () => {
      keyCache.clear();
      return false;
    });
    if (roles.includes('api')) jobs.wakeUp.hear();
    const engines = await openEngines({ config, db: database.db, clock, log, network, roles });
    closers.push(() => engines.close());
    const storage = await openStorage(config.storage, findStorageFolder(config));
    await retryWhileAway(() => bindStorage(database.db, storage), noteAway(log));
    const links = createLinks(await retryWhileAway(() => readLinkSecret(database.db), noteAway(log)));
    return {
      config,
      log,
      clock,
      database,
      jobs,
      storage,
      network,
      engines,
      links,
      keyCache,
      ...createLimiters(config.accounts),
      estimates: createDurationEstimates(database.db, clock),
      unfinishedLimit: createUnfinishedLimit(config.accounts.unfinishedTasksMax, clock),
      workFolder,
      localUrl: `http://localhost:${config.http.port}`,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

function createLimiters(settings: Config['accounts']) {
  const clock = () => performance.now();
  const { requestsPerMinute, requestsBurst, wrongKeysPerMinute } = settings;
  const { queriesPerMinute = 10 * requestsPerMinute } = settings;
  const create = <Key>(perMinute: number, burst: number) =>
    createRateLimiter<Key>({ clock, requestsPerMinute: perMinute, requestsBurst: burst });
  return {
    rateLimiter: create<number>(requestsPerMinute, requestsBurst),
    // What may come at once is a sixth of a minute's, as it is of the tasks' by default.
    queryLimiter: create<number>(queriesPerMinute, Math.max(1, Math.ceil(queriesPerMinute / 6))),
    wrongKeyLimiter: create<string>(wrongKeysPerMinute, wrongKeysPerMinute),
  };
}

/** The named server, or this program's own. Brings it to the newest schema. */
async function openDatabase(config: Config, log: Logger, closers: (() => Promise<void> | void)[]) {
  const { databaseUrl } = config;
  let url = databaseUrl && (await retryWhileAway(() => chooseTls(databaseUrl), noteAway(log)));
  if (url === undefined) {
    const postgres: EmbeddedPostgres = await startPostgres({
      dataFolder: config.dataFolder,
      onNotice: (notice) => log.warn({ notice }, 'about the embedded database'),
      onRestart: (reason) => log.error({ reason }, 'starting PostgreSQL again'),
    });
    closers.push(() => postgres.stop());
    url = postgres.url;
  }
  const known = url;
  await retryWhileAway(() => migrateFirst(known), noteAway(log)).catch((error) => {
    throw explainTls(error);
  });
  const database = connectTo(url, log, config.databaseConnectionsMax);
  closers.push(() => database.close());
  return { database, url };
}

/** The job engine looks after its queues every few seconds and keeps one statement waiting at most. */
const engineConnectionsMax = 2;

function connectTo(url: string, log: Logger, connectionsMax: number): Database {
  return connect({
    url,
    connectionsMax,
    answerMs,
    // The error carries its whole connection, which no log needs.
    onError: ({ message }) => log.warn({ reason: message }, 'a database connection broke'),
  });
}

/**
 * Milliseconds: longer than the server leaves a silent session its locks (`connect`), so that a statement which waits for
 * such a lock still gets it; short enough for a caller to wait for.
 */
const answerMs = 15_000;

function noteAway(log: Logger): (error: Error) => void {
  return ({ message }) => log.warn({ reason: message }, 'the database is away, trying again');
}

/** On a connection of its own, since a migration may take as long as it needs. */
async function migrateFirst(url: string): Promise<void> {
  const database = connect({ url, connectionsMax: 1, onError: () => undefined });
  try {
    await migrate(database.db, migrationsFolder);
  } finally {
    await database.close();
  }
}
