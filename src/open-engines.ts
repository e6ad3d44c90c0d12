import { resolve } from 'node:path';
import type { Logger } from 'pino';
import { type Config, chooseNetworkOptions } from './config.ts';
import type { Db } from './db/index.ts';
import {
  createAnimaticEngine,
  createEngines,
  createLocalEngine,
  createNothingEngine,
  type EngineReports,
  type Engines,
} from './engines/index.ts';
import { findModelsFolder } from './folders.ts';
import {
  createKling,
  createKlingNetwork,
  hasKlingCredentials,
  judgePublicUrl,
  klingRecords,
  listAccounts,
} from './kling/index.ts';
import { checkFaceComparison, createMedia, type Media, openPlugins } from './media/index.ts';
import type { Metrics } from './metrics/index.ts';
import type { Tracing } from './tracing/index.ts';

export interface EngineSurroundings {
  config: Config;
  db: Db;
  clock: { now(): Date };
  log: Logger;
  metrics: Metrics;
  tracing?: Tracing;
  roles: readonly string[];
}

/** Where the Kling API is asked to call back; the route of the same name listens there. */
const callbackPath = '/v1/kling/callbacks';

/**
 * Every engine that the settings allow, those for new tasks first: the Kling API when there are credentials for it, else
 * this machine; and what they work with, which they close. Starts no process and opens no connection yet. A process that works
 * looks at the added models at once: one that is damaged keeps it from starting, and so does what is missing to compare faces. Throws an Error when a setting names an engine without credentials.
 */
export async function openEngines({
  config,
  roles,
  metrics,
  ...rest
}: EngineSurroundings): Promise<{ engines: Engines; media: Media }> {
  const usesModels = roles.includes('worker') && config.engines.elementEngine !== 'nothing';
  const plugins = usesModels ? await openPlugins(findModelsFolder(config), config.media.onnxRuntime) : undefined;
  if (usesModels) await checkFaceComparison(config.media, findModelsFolder(config));
  const media = createMedia(config.media, {
    plugins,
    onChildLost: metrics.childLost,
    dataFolder: resolve(config.dataFolder),
    onEncoderChosen: (sentence) => rest.log.info(`animatics: ${sentence}`),
  });
  watchChildren(metrics, media);
  const local = createLocalEngine(media);
  const animatic = createAnimaticEngine(media);
  if (!hasKlingCredentials(config.kling)) {
    const engines = createEngines(config.engines, [local, createNothingEngine()], [animatic], [klingRecords]);
    return { engines, media };
  }
  const { publicUrl } = config.flow;
  const accounts = listAccounts(config.kling);
  const verdicts = accounts.map(({ klingBaseUrl }) => judgePublicUrl(publicUrl, klingBaseUrl));
  // Work may go to any of them, so all have to reach this server.
  const isReachable = verdicts.every((verdict) => verdict.isReachable);
  const warning = verdicts.find((verdict) => verdict.warning !== null)?.warning ?? null;
  const hasLinks = config.storage.linkEndpoint !== undefined;
  if (warning !== null && !hasLinks && usesKling(config)) rest.log.warn(warning);
  const onRefused = (reason: string) => rest.log.warn({ reason }, 'an address was refused');
  const kling = createKling({
    ...rest,
    settings: config.kling,
    localElements: local,
    media,
    network: createKlingNetwork(accounts, { ...chooseNetworkOptions(config), onRefused }),
    publicUrl,
    canPublish: isReachable || hasLinks,
    ...(isReachable ? { callbackUrl: `${publicUrl}${callbackPath}` } : {}),
  });
  if (roles.includes('api')) watchAccounts(metrics, kling.reports);
  // Nobody waits for it: a service elsewhere that is away keeps no server from its start.
  void kling.greet();
  const engines = createEngines(
    config.engines,
    [kling.elements, local, createNothingEngine()],
    [kling.videos, animatic],
    [klingRecords],
    kling.reports,
  );
  return { engines, media };
}

/** Whether new tasks of any model go to the Kling API, which has credentials. */
function usesKling({ engines: { elementEngine = 'kling', videoEngine = 'kling', engineByModel } }: Config): boolean {
  return [elementEngine, videoEngine, ...engineByModel.map(({ engine }) => engine)].includes('kling');
}

/** The accounts at the Kling API. One process tells of them, since they lie in the one database. */
function watchAccounts(metrics: Metrics, { listStates }: EngineReports): void {
  const labelNames = ['account', 'product'] as const;
  metrics.watch(
    {
      name: 'troupe_kling_stopped',
      help: '1 where an account of the Kling API, or a product of it, is held until its operator has mended something',
      labelNames: [...labelNames],
    },
    async () =>
      (await listStates()).flatMap(({ account, products }) =>
        products.map(({ product, is_stopped }) => ({ labels: { account, product }, value: is_stopped ? 1 : 0 })),
      ),
  );
  metrics.watch(
    {
      name: 'troupe_kling_tasks',
      help: 'What is in work at an account of the Kling API, and what waits to be sent there',
      labelNames: [...labelNames, 'state'],
    },
    async () =>
      (await listStates()).flatMap(({ account, products }) =>
        products.flatMap(({ product, in_work, waiting }) =>
          Object.entries({ in_work, waiting }).map(([state, value]) => ({
            labels: { account, product, state },
            value,
          })),
        ),
      ),
  );
  metrics.watch(
    {
      name: 'troupe_kling_remaining_units',
      help: 'Units left in the packs of an account of the Kling API, as it told last',
      labelNames: ['account'],
    },
    async () =>
      (await listStates()).flatMap(({ account, remaining_units: value }) =>
        value === null ? [] : [{ labels: { account }, value }],
      ),
  );
}

/** The child processes of media: how many there are and work, how many jobs wait for one, and what they hold. */
function watchChildren(metrics: Metrics, media: Media): void {
  metrics.watch(
    {
      name: 'troupe_media_children',
      help: 'Child processes of media, and jobs that wait for one',
      labelNames: ['state'],
    },
    async () => Object.entries(media.countChildren()).map(([state, value]) => ({ labels: { state }, value })),
  );
  metrics.watch(
    { name: 'troupe_media_children_memory_bytes', help: 'Resident memory of all child processes of media' },
    async () => [{ labels: {}, value: await media.readMemory() }],
  );
}
