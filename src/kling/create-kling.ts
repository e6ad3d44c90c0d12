import type { Logger } from 'pino';
import type { Db } from '../db/index.ts';
import type { ElementAdoption, ElementEngine, EngineReports, EngineTools, VideoEngine } from '../engines/index.ts';
import type { Network } from '../lib/safe-fetch/index.ts';
import type { Media } from '../media/index.ts';
import { createAccountState } from './account/account-state.ts';
import { judgePublicUrl } from './account/judge-public-url.ts';
import { type KlingSession, openSession } from './account/kling-session.ts';
import { type PollingIntervals, intervals as usualIntervals } from './account/polling-intervals.ts';
import { createSlotQueue } from './account/slot-queue.ts';
import { watchBalance } from './account/watch-balance.ts';
import { createKlingClient } from './api/create-kling-client.ts';
import { createCredential } from './api/credential.ts';
import { elementProduct } from './api/endpoints.ts';
import { checkAccount } from './check-account.ts';
import { engineName, type KlingSettings } from './config.ts';
import { createAdoption } from './elements/adopt-element.ts';
import { listBoundElements } from './elements/binding-queries.ts';
import { buildElement } from './elements/build-element.ts';
import { deleteElementAtKling } from './elements/delete-element.ts';
import { greetAccount } from './elements/greet-account.ts';
import { removeUnwanted } from './elements/remove-unwanted.ts';
import { noPublicAddress } from './errors.ts';
import { showStatus } from './show-status.ts';
import { settleOrphan } from './tasks/settle-orphan.ts';
import { checkBudget } from './videos/check-budget.ts';
import { checkVideo } from './videos/check-video.ts';
import { makeVideo, prepareVideo, resumeVideo } from './videos/make-video.ts';
import { findProduct, videoProducts } from './videos/products.ts';
import { followsFirstFrame } from './videos/translation.ts';
import { createVoiceGuard } from './voices/voice-guard.ts';

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
  /** Stands for the account in what is recorded of elements. */
  readonly credential: string;
  adoption: ElementAdoption;
  readonly reports: EngineReports;
  /** Asks once whether the account answers; the log says what came of it. Never rejects. */
  greet(): Promise<void>;
  close(): Promise<void>;
}

/**
 * The official API as an engine. Throws without credentials (`hasKlingCredentials`). Opens no connection before the first
 * call; `elements.close`, `videos.close` and `close` are the same: running work rejects and goes on in a later call.
 */
export function createKling(options: KlingOptions): Kling {
  const { db, media, canPublish, localElements, network } = options;
  const { download } = network;
  const stop = new AbortController();
  const session = createSession(options, stop.signal);
  let greeting = Promise.resolve();
  const opened = remember(async () => {
    // What the account knows under another name must not be made there again.
    await greeting;
    await openSession(session, [elementProduct, ...videoProducts]);
  });
  const state = createAccountState(session);
  const voices = createVoiceGuard(session);
  const close = async () => {
    stop.abort(new Error('the engine was closed'));
    session.slotQueue.close();
    await session.client.close();
  };
  const watched = <T extends EngineTools>(tools: T): T => ({
    ...tools,
    signal: AbortSignal.any([tools.signal, stop.signal]),
  });
  return {
    credential: session.credential,
    elements: {
      name: engineName,
      place: 'remote',
      usesFiles: true,
      async buildElement(order, tools) {
        if (!order.dry_run) await opened();
        return await buildElement(session, { localElements, media }, order, watched(tools));
      },
      async checkElement({ account_id, reference_type, param, voice, dry_run = false }) {
        state.check(elementProduct);
        if (reference_type === 'video_refer' && !canPublish) throw noPublicAddress(param);
        if (voice !== undefined) await voices.check({ account_id, ...voice }, { mayAsk: !dry_run });
      },
      async tidy(signal) {
        const either = AbortSignal.any([signal, stop.signal]);
        await watchBalance(session, options.clock.now(), either);
        await removeUnwanted(session, either);
      },
      forgetElement: (elementId) => deleteElementAtKling(session, elementId, stop.signal),
      close,
    },
    videos: {
      name: engineName,
      place: 'remote',
      async checkVideo(precheck) {
        // A model that isn't made there is refused by the check below.
        state.check(findProduct(precheck.spec.model)?.product ?? '');
        const ids = precheck.cast.map((element) => element.element_id);
        const bound = ids.length === 0 ? [] : await listBoundElements(db, session.credential, ids);
        checkVideo(precheck, { canPublish, bound });
        await checkBudget(session, precheck);
        // Those that the account has already have been judged before.
        for (const { element_id, voice_id, param } of precheck.cast) {
          if (voice_id === null || bound.includes(element_id)) continue;
          await voices.check({ account_id: precheck.account_id, voice_id, param }, { mayAsk: !precheck.dry_run });
        }
      },
      listIgnoredFields: (asked) =>
        followsFirstFrame(asked) && asked.spec.aspect_ratio !== undefined ? ['aspect_ratio'] : [],
      async makeVideo(order, tools) {
        await opened();
        return await makeVideo(session, { media, download }, order, watched(tools));
      },
      prepareVideo: (order, tools) => prepareVideo(session, { media }, order, watched(tools)),
      async resumeVideo(order, tools) {
        await opened();
        return await resumeVideo(session, { media, download }, order, watched(tools));
      },
      close,
    },
    reports: createReports(options, session, stop.signal),
    greet() {
      greeting = greetAccount(session, stop.signal).catch((error) => {
        if (!stop.signal.aborted) options.log.warn({ err: error }, 'could not ask the Kling API at the start');
      });
      return greeting;
    },
    adoption: createAdoption(session, { localElements, download }),
    close,
  };
}

function createReports(
  { settings, clock, publicUrl, network: { agent } }: KlingOptions,
  session: KlingSession,
  stopped: AbortSignal,
): EngineReports {
  const { klingBaseUrl: baseUrl, klingUnitMicrousd } = settings;
  const keySetting = settings.klingApiKey === undefined ? 'TROUPE_KLING_ACCESS_KEY' : 'TROUPE_KLING_API_KEY';
  return {
    showStatus: () =>
      showStatus(session, { baseUrl, unitUsd: Number(klingUnitMicrousd) / 1e6, now: clock.now() }, stopped),
    checkAccount: () => {
      const verdict = judgePublicUrl(publicUrl, baseUrl);
      return checkAccount(session, { baseUrl, keySetting, publicUrl, verdict, agent, now: clock.now() }, stopped);
    },
  };
}

function createSession(
  { db, clock, settings, log, callbackUrl, network, ...rest }: KlingOptions,
  stopped: AbortSignal,
): KlingSession {
  const intervals = { ...usualIntervals, ...rest.intervals };
  const timeoutMs = settings.klingTimeoutSeconds * 1000;
  const client = createKlingClient({
    baseUrl: settings.klingBaseUrl,
    credential: createCredential(settings, clock),
    timeoutMs,
    network,
  });
  const credential = client.credential.fingerprint;
  const parallelMax = settings.klingParallelVideos;
  const budget = {
    unitsPerDay: settings.klingUnitsPerDay || Number.POSITIVE_INFINITY,
    accountUnitsPerDay: settings.klingAccountUnitsPerDay || Number.POSITIVE_INFINITY,
  };
  const slotQueue = createSlotQueue({
    db,
    credential,
    parallelMax,
    budget,
    log,
    everyMs: intervals.slotMs,
    silentMs: intervals.silentMs,
    onFull: () => settleOrphan(session, stopped),
  });
  const session: KlingSession = {
    db,
    client,
    credential,
    log,
    intervals,
    slotQueue,
    limits: {
      parallelMax,
      timeoutMs,
      deadlineMs: settings.klingDeadlineSeconds * 1000,
      resultBytesMax: settings.klingResultBytesMax,
      budget,
    },
    elementIdForm: settings.klingElementIdForm,
    balanceWarning: settings.klingBalanceWarning,
    ...(callbackUrl === undefined ? {} : { callbackUrl }),
  };
  return session;
}

/** Runs `work` once for all callers; after a failure the next one tries again. */
function remember(work: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined;
  return () => {
    running ??= work().catch((error) => {
      running = undefined;
      throw error;
    });
    return running;
  };
}
