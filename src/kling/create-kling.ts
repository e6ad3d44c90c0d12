import type { Logger } from 'pino';
import type { Db } from '../db/index.ts';
import type { ElementAdoption, ElementEngine, EngineReports, EngineTools, VideoEngine } from '../engines/index.ts';
import type { Network } from '../lib/safe-fetch/index.ts';
import type { Media } from '../media/index.ts';
import type { Tracing } from '../tracing/index.ts';
import type { KlingSession } from './account/kling-session.ts';
import type { PollingIntervals } from './account/polling-intervals.ts';
import { watchBalance } from './account/watch-balance.ts';
import { elementProduct } from './api/endpoints.ts';
import { traceDownloads } from './api/trace-call.ts';
import { checkAccounts } from './check-account.ts';
import { engineName, type KlingSettings } from './config.ts';
import { createPool } from './create-pool.ts';
import { createPrecheck } from './create-precheck.ts';
import { createAdoption } from './elements/adopt-element.ts';
import { buildElement } from './elements/build-element.ts';
import { deleteElementAtKling } from './elements/delete-element.ts';
import { removeUnwanted } from './elements/remove-unwanted.ts';
import { noPublicAddress } from './errors.ts';
import { makeImages, prepareImages, resumeImages } from './images/make-images.ts';
import { listStates, showStatus } from './show-status.ts';
import type { Pool } from './tasks/at-its-account.ts';
import { makeVideo, prepareVideo, resumeVideo } from './videos/make-video.ts';
import { followsFirstFrame } from './videos/translation.ts';

export interface KlingOptions {
  db: Db;
  clock: { now(): Date };
  settings: KlingSettings;
  log: Logger;
  /** Builds our own files of an element. Not closed here. */
  localElements: ElementEngine;
  /** Not closed here. */
  media: Pick<Media, 'inspect' | 'convertClip' | 'rewriteImage'>;
  /** From `createKlingNetwork`: the way to the API and to what its answers link to. Closed here. */
  network: Pick<Network, 'agent' | 'download' | 'close'>;
  /** Told of each call and download that belongs to traced work. */
  tracing?: Tracing | undefined;
  /** Whether this server can give the Kling API an address to fetch a video from. */
  canPublish: boolean;
  /** The address of this server for others, as set. */
  publicUrl?: string | undefined;
  /** Where the Kling API may call back; absent: it is only asked. */
  callbackUrl?: string;
  intervals?: Partial<PollingIntervals>;
}

/**
 * The Kling API as the flow meets it: an engine for elements, one for videos, and the adoption of elements made
 * elsewhere.
 */
export interface Kling {
  elements: ElementEngine;
  videos: VideoEngine;
  /** Stands for the first account in what is recorded of elements. */
  readonly credential: string;
  adoption: ElementAdoption;
  readonly reports: EngineReports;
  /** Asks each account once whether it answers; the log says what came of it. Never rejects. */
  greet(): Promise<void>;
  close(): Promise<void>;
}

/**
 * The official API as an engine, with one account or several. Throws without credentials (`hasKlingCredentials`). Opens no connection
 * before the first call; `elements.close`, `videos.close` and `close` are the same: running work rejects and goes on in a later call.
 */
export function createKling(options: KlingOptions): Kling {
  const { media, canPublish, localElements, network } = options;
  const download = traceDownloads(options.tracing, network.download);
  const stop = new AbortController();
  const pool = createPool(options, stop.signal);
  const [first] = pool;
  const precheck = createPrecheck(pool);
  const close = async () => {
    stop.abort(new Error('the engine was closed'));
    for (const { slotQueue, client } of pool) {
      slotQueue.close();
      await client.close();
    }
    await network.close();
  };
  const watched = <T extends EngineTools>(tools: T): T => ({
    ...tools,
    signal: AbortSignal.any([tools.signal, stop.signal]),
  });
  return {
    credential: first.credential,
    elements: {
      name: engineName,
      place: 'remote',
      usesFiles: true,
      buildElement: (order, tools) => buildElement(pool, { localElements, media }, order, watched(tools)),
      async checkElement({ account_id, reference_type, param, voice, dry_run = false }) {
        precheck.checkStops(elementProduct);
        if (reference_type === 'video_refer' && !canPublish) throw noPublicAddress(param);
        if (voice !== undefined) await precheck.checkVoice({ account_id, ...voice }, { mayAsk: !dry_run });
      },
      async tidy(signal) {
        const either = AbortSignal.any([signal, stop.signal]);
        await eachOf(pool, async (session) => {
          await watchBalance(session, options.clock.now(), either);
          await removeUnwanted(session, either);
        });
      },
      forgetElement: (elementId) => deleteElementAtKling(pool, elementId, stop.signal),
      close,
    },
    videos: {
      name: engineName,
      place: 'remote',
      checkVideo: precheck.checkVideo,
      images: {
        checkImages: precheck.checkImages,
        makeImages: (order, tools) => makeImages(pool, { media, download }, order, watched(tools)),
        prepareImages: (order, tools) => prepareImages(first, { media }, order, watched(tools)),
        resumeImages: (order, tools) => resumeImages(pool, { media, download }, order, watched(tools)),
      },
      listIgnoredFields: (asked) =>
        followsFirstFrame(asked) && asked.spec.aspect_ratio !== undefined ? ['aspect_ratio'] : [],
      makeVideo: (order, tools) => makeVideo(pool, { media, download }, order, watched(tools)),
      prepareVideo: (order, tools) => prepareVideo(first, { media }, order, watched(tools)),
      resumeVideo: (order, tools) => resumeVideo(pool, { media, download }, order, watched(tools)),
      close,
    },
    reports: createReports(options, pool, stop.signal),
    async greet() {
      await Promise.all(pool.map((session) => session.greet()));
    },
    adoption: createAdoption(pool, { localElements, download }),
    close,
  };
}

/** Does the same for every account: what goes wrong with one is thrown when the others are done. */
async function eachOf(pool: Pool, work: (session: KlingSession) => Promise<void>): Promise<void> {
  const failures: unknown[] = [];
  for (const session of pool) await work(session).catch((error) => failures.push(error));
  if (failures.length > 0) throw failures[0];
}

function createReports(
  { settings, clock, publicUrl, network: { agent } }: KlingOptions,
  pool: Pool,
  stopped: AbortSignal,
): EngineReports {
  const unitUsd = Number(settings.klingUnitMicrousd) / 1e6;
  return {
    showStatus: () => showStatus(pool, { unitUsd, now: clock.now() }, stopped),
    checkAccount: () => checkAccounts(pool, { publicUrl, agent, now: clock.now() }, stopped),
    listStates: () => listStates(pool),
  };
}
