import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CreatedKey, KeyRequest } from '../../src/accounts/index.ts';
import { type Config, parseConfig } from '../../src/config.ts';
import type { VideoEngine } from '../../src/engines/index.ts';
import { type Context, grantKey } from '../../src/flow/index.ts';
import { createApp } from '../../src/http/app.ts';
import { openContext } from '../../src/open-context.ts';
import { openLog } from '../../src/open-log.ts';
import type { Pages } from '../../src/pages/index.ts';
import { startWorker, type Worker } from '../../src/worker/start-worker.ts';
import { type Answer, createCaller } from './call.ts';
import { openTestDatabase, type TestDatabase } from './test-database.ts';
import { until } from './until.ts';

export interface StartedTroupe extends AsyncDisposable {
  context: Context;
  config: Config;
  database: TestDatabase;
  url: string;
  port: number;
  /** A key of the account 'tester' with 1000 credits. */
  key: CreatedKey;
  /** What was logged, line by line. */
  log: string[];
  call: ReturnType<typeof createCaller>;
  /** POST of a generation. */
  submit(body: unknown, headers?: Record<string, string>): Promise<Answer>;
  /** Waits until the task has left `pending` and `processing`; answers it as the query shows it. */
  waitForEnd(taskId: string, limitMs?: number): Promise<Answer['body']>;
  grant(request: KeyRequest, credits: number): Promise<CreatedKey>;
  startWorker(): Worker;
  /** Ends all workers of this server; more may be started. */
  stopWorkers(): Promise<void>;
  /** Ends the worker and the server but keeps database and folder. */
  stop(): Promise<void>;
}

export interface StartTroupeOptions {
  worker?: boolean;
  /** Added to the least settings, or in their place. */
  environment?: Record<string, string>;
  /** The console's pages; none by default. */
  pages?: Pages;
  /** Makes all videos, in the place of the engines of the settings. */
  videoEngine?: VideoEngine;
  /** Reached instead of the database's own address, for a way that breaks. */
  databaseUrl?: (url: string) => string | Promise<string>;
}

/**
 * The whole server in this process: a real context on a database of its own, listening on a free port of 127.0.0.1, with
 * the engine that does nothing unless the environment says otherwise.
 */
export async function startTroupe(options: StartTroupeOptions = {}): Promise<StartedTroupe> {
  const database = await openTestDatabase(4);
  const folder = await mkdtemp(join(tmpdir(), 'troupe-flow-'));
  const config = parseConfig({
    DATABASE_URL: (await options.databaseUrl?.(database.url)) ?? database.url,
    TROUPE_DATABASE_CONNECTIONS: '12',
    TROUPE_DATA_DIR: folder,
    PORT: '0',
    TROUPE_ALLOW_ADDRESSES: '127.0.0.0/8',
    TROUPE_ELEMENT_ENGINE: 'nothing',
    // Half of what a build takes, for better cut-outs than a test of the flow looks at; builds have tests of their own.
    TROUPE_PEOPLE_NETWORKS: 'off',
    TROUPE_THINGS_NETWORK: 'off',
    TROUPE_STOP_SECONDS: '5',
    ...options.environment,
  });
  const log: string[] = [];
  const { log: logger, tracing } = await openLog({ ...config, logLevel: 'debug' }, ['api', 'worker'], {
    write: (line) => void log.push(line),
  });
  const context = await openContext(config, logger, ['api', 'worker'], tracing);
  // The engine that does nothing wants no sources either; here they're fetched as for any other.
  const nothing = { ...context.engines.getElementEngine('nothing'), usesFiles: true };
  const { getElementEngine } = context.engines;
  context.engines.getElementEngine = (name) => (name === 'nothing' ? nothing : getElementEngine(name));
  const { videoEngine } = options;
  if (videoEngine !== undefined) {
    context.engines.chooseVideoEngine = () => videoEngine;
    context.engines.getVideoEngine = () => videoEngine;
  }
  const app = await createApp(context, config, options.pages);
  const url = await app.listen({ host: config.http.host, port: config.http.port });
  const workers: Worker[] = [];
  const grant = (request: KeyRequest, credits: number) =>
    grantKey(database.db, request, credits * 1_000_000, new Date());
  const key = await grant({ account: 'tester', name: 'test key' }, 1000);
  const call = createCaller(url, key.key);
  let stopped = false;

  function addWorker(): Worker {
    const worker = startWorker(context, config.worker);
    workers.push(worker);
    return worker;
  }

  async function stop(): Promise<void> {
    if (stopped) return;
    stopped = true;
    await Promise.all([app.close(), ...workers.map((worker) => worker.close())]);
    await context.close();
  }

  if (options.worker ?? false) addWorker();
  return {
    context,
    config,
    database,
    url,
    port: Number(new URL(url).port),
    key,
    log,
    call,
    submit: (body, headers = {}) => call('POST', '/v1/videos/generations', { body, headers }),
    waitForEnd: (taskId, limitMs) => {
      const look = async () => {
        const { status, body } = await call('GET', `/v1/tasks/${taskId}`);
        if (status !== 200) throw new Error(`task ${taskId} can't be waited for: ${status} ${JSON.stringify(body)}`);
        return ['pending', 'processing'].includes(body.status) ? null : body;
      };
      return until(`the end of ${taskId}`, look, limitMs);
    },
    grant,
    startWorker: addWorker,
    async stopWorkers() {
      await Promise.all(workers.splice(0).map((worker) => worker.close()));
    },
    stop,
    async [Symbol.asyncDispose]() {
      await stop();
      await database.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
