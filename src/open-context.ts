import { mkdir } from 'node:fs/promises';
import type { Logger } from 'pino';
import { createKeyCache, createPairs, createRateLimiter, keysChanged } from './accounts/index.ts';
import { deliverQueue } from './callbacks/index.ts';
import { type Config, chooseNetworkOptions } from './config.ts';
import { createPatient, openKling } from './create-patient.ts';
import {
  chooseWay,
  connect,
  type Database,
  type EmbeddedPostgres,
  explainFailure,
  migrate,
  retryWhileAway,
  startPostgres,
  type Way,
  type Ways,
} from './db/index.ts';
import { examine } from './doctor/index.ts';
import { bindStorage, type Context, createConclusions, createInsertions, watchState } from './flow/index.ts';
import { findStorageFolder, findWorkFolder, migrationsFolder } from './folders.ts';
import { callbackForms } from './http/forms/callback-forms.ts';
import { openJobs } from './jobs/index.ts';
import { createVendor } from './kling/index.ts';
import { createQuietNote } from './lib/create-quiet-note.ts';
import { createNetwork } from './lib/safe-fetch/index.ts';
import { createMetrics } from './metrics/index.ts';
import { openEngines } from './open-engines.ts';
import { prepareDataFolder } from './prepare-data-folder.ts';
import { createLinks, holdDeletions, loadLinkSecret, loadPairSecret, openStorage } from './storage/index.ts';
import {
  createDurationEstimates,
  createFeed,
  createTaskFinder,
  createUnfinishedLimit,
  nameChanges,
  workQueues,
} from './tasks/index.ts';
import { noTracing, type Tracing } from './tracing/index.ts';

export type Role = 'api' | 'worker';

/**
 * Opens what the roles of this process need. A role that isn't asked for costs nothing: an `api` process has no media
 * children and supervises no jobs.
 */
export async function openContext(
  config: Config,
  log: Logger,
  roles: readonly Role[],
  tracing: Tracing = noTracing,
): Promise<Context> {
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
    await prepareDataFolder(config.dataFolder);
    const workFolder = findWorkFolder(config);
    await mkdir(workFolder, { recursive: true, mode: 0o700 });
    const { database, sessions, way } = await openDatabases(config, log, closers);
    const jobs = await retryWhileAway(() => {
      return openJobs({
        database: sessions,
        engineDatabase: connectTo(way, log, engineConnectionsMax),
        queues: [...Object.values(workQueues), deliverQueue],
        supervise: roles.includes('worker'),
        onError: createQuietNote(quietMs, ({ message: reason }, repeated) =>
          log.warn({ reason, repeated }, 'the job engine reports an error'),
        ),
      });
    }, noteAway(log));
    closers.push(() => jobs.close());
    const insertions = createInsertions({ database, jobs });
    // Of requests whose clients are gone.
    closers.push(() => insertions.settled());
    const conclusions = createConclusions({ database, jobs });
    closers.push(() => conclusions.settled());
    const taskFinder = createTaskFinder(database.db);
    closers.push(() => taskFinder.settled());
    const network = createNetwork({
      ...chooseNetworkOptions(config),
      connectionsPerOriginMax: config.callbacks.attemptsPerHostMax,
      onRefused: (reason) => log.warn({ reason }, 'an address was refused'),
    });
    closers.push(() => network.close());
    const noteUnused = createQuietNote(quietMs, ({ message: reason }) =>
      log.warn({ reason }, 'could not note the use of a key'),
    );
    const keyCache = createKeyCache({
      ttlMs: config.accounts.keyCacheMs,
      sizeMax: 10_000,
      clock: () => clock.now().getTime(),
      onError: (error) => noteUnused(error as Error),
    });
    closers.push(() => keyCache.settled());
    // A worker listens from its start on; this is for the processes that authenticate.
    jobs.wakeUp.listen(keysChanged, () => {
      keyCache.clear();
      return false;
    });
    if (roles.includes('api')) jobs.wakeUp.startListening();
    const feed = createFeed({
      db: database.db,
      listen: (accountId, onChange) =>
        jobs.wakeUp.listen(nameChanges(accountId), () => {
          onChange();
          return false; // the other processes are told as well
        }),
      onError: (error) =>
        log.warn({ reason: (error as Error).message }, 'changes of tasks could not be read, trying again'),
    });
    closers.push(() => feed.close());
    const metrics = createMetrics();
    const { engines, media } = await openEngines({ config, db: database.db, clock, log, metrics, tracing, roles });
    closers.push(() => engines.close());
    const [first, ...others] = openKling(config, clock);
    const vendor = first === undefined ? null : createVendor([first, ...others]);
    closers.push(() => vendor?.close());
    const storage = holdDeletions(await openStorage(config.storage, findStorageFolder(config)), database.db);
    await retryWhileAway(() => bindStorage(sessions.db, storage), noteAway(log));
    const links = createLinks(await retryWhileAway(() => loadLinkSecret(database.db), noteAway(log)));
    const pairs = createPairs(() => loadPairSecret(storage));
    const context: Context = {
      config,
      log,
      clock,
      database,
      jobs,
      storage,
      network,
      engines,
      media,
      vendor,
      links,
      keyCache,
      pairs,
      metrics,
      tracing,
      ...createLimiters(config.accounts),
      estimates: createDurationEstimates(database.db, clock),
      feed,
      insertions,
      conclusions,
      taskFinder,
      unfinishedLimit: createUnfinishedLimit(config.accounts.unfinishedTasksMax, clock),
      workFolder,
      callbackForms,
      localUrl: `http://localhost:${config.http.port}`,
      examine: () =>
        examine(createPatient(config, { database: async () => database.db, storage: async () => storage, clock })),
      close,
    };
    watchState(context);
    return context;
  } catch (error) {
    await close();
    throw error;
  }
}

function createLimiters(settings: Config['accounts']) {
  const clock = () => performance.now();
  const { requestsPerMinute, requestsBurst, callbacksPerMinute, wrongKeysPerMinute, signInsPerMinute } = settings;
  const { queriesPerMinute = 10 * requestsPerMinute } = settings;
  const create = <Key>(perMinute: number, burst: number) =>
    createRateLimiter<Key>({ clock, requestsPerMinute: perMinute, requestsBurst: burst });
  return {
    rateLimiter: create<number>(requestsPerMinute, requestsBurst),
    // What may come at once is a sixth of a minute's, as it is of the tasks' by default.
    queryLimiter: create<number>(queriesPerMinute, Math.ceil(queriesPerMinute / 6)),
    sendingLimiter: create<number>(callbacksPerMinute, Math.ceil(callbacksPerMinute / 6)),
    wrongKeyLimiter: create<string>(wrongKeysPerMinute, wrongKeysPerMinute),
    signInLimiter: create<string>(signInsPerMinute, signInsPerMinute),
  };
}

/** The named server, or this program's own, at the newest schema. `sessions` is for what must own one. */
async function openDatabases(config: Config, log: Logger, closers: (() => Promise<void> | void)[]) {
  const ways = await findWays(config, log, closers);
  await retryWhileAway(() => migrateFirst(ways.sessions), noteAway(log));
  const database = connectTo(ways.main, log, config.databaseConnectionsMax);
  closers.push(() => database.close());
  const { sessions: way } = ways;
  if (way === ways.main) return { database, sessions: database, way };
  const sessions = connectTo(way, log, sessionsMax);
  closers.push(() => sessions.close());
  return { database, sessions, way };
}

async function findWays(config: Config, log: Logger, closers: (() => Promise<void> | void)[]): Promise<Ways> {
  const { databaseUrl, databaseDirectUrl } = config;
  if (databaseUrl !== undefined) {
    return await retryWhileAway(() => chooseWay(databaseUrl, databaseDirectUrl), noteAway(log));
  }
  const postgres: EmbeddedPostgres = await startPostgres({
    dataFolder: config.dataFolder,
    onNotice: (notice) => log.warn({ notice }, 'about the embedded database'),
    onRestart: (reason) => log.error({ reason }, 'starting PostgreSQL again'),
  });
  closers.push(() => postgres.stop());
  const way: Way = {
    get url() {
      return postgres.url;
    },
    pooling: 'none',
  };
  return { main: way, sessions: way };
}

/** Milliseconds in which what goes on going wrong is told once. */
const quietMs = 60_000;

/** One listens, one holds the lock of a start. */
const sessionsMax = 2;

/** The job engine looks after its queues every few seconds and keeps one statement waiting at most. */
const engineConnectionsMax = 2;

function connectTo(way: Way, log: Logger, connectionsMax: number): Database {
  return connect({
    url: () => way.url,
    pooling: way.pooling,
    connectionsMax,
    answerMs,
    // The error carries its whole connection, which no log needs.
    onError: createQuietNote(quietMs, ({ message: reason }, repeated) =>
      log.warn({ reason, repeated }, 'a database connection broke'),
    ),
  });
}

/**
 * Milliseconds: longer than the server leaves a silent session its locks (`connect`), so that a statement which waits for
 * such a lock still gets it; short enough for a caller to wait for.
 */
const answerMs = 15_000;

/** One line in ten seconds: a start asks twice a second. */
function noteAway(log: Logger): (error: Error) => void {
  return createQuietNote(10_000, ({ message }) => log.warn({ reason: message }, 'the database is away, trying again'));
}

/** On a connection of its own, since a migration may take as long as it needs. */
async function migrateFirst(way: Way): Promise<void> {
  const database = connect({ ...way, connectionsMax: 1, onError: () => undefined });
  try {
    await migrate(database.db, migrationsFolder);
  } catch (error) {
    throw explainFailure(error, way.url);
  } finally {
    await database.close();
  }
}
