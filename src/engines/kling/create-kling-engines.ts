import type { Logger } from 'pino';
import type { Db } from '../../db/index.ts';
import type { Network } from '../../lib/safe-fetch/index.ts';
import type { Media } from '../../media/index.ts';
import type { ElementDraft, ElementEngine, EngineTools } from '../engine.ts';
import type { VideoEngine } from '../video-engine.ts';
import { createAccountState } from './account-state.ts';
import { buildElement } from './build-element.ts';
import { createKlingClient } from './call-kling.ts';
import { checkVideo, engineName } from './check-video.ts';
import type { KlingSettings } from './config.ts';
import { createCredential } from './credential.ts';
import { deleteElementUpstream } from './delete-element-upstream.ts';
import { type Desk, openDesk } from './desk.ts';
import { listBoundElements } from './element-queries.ts';
import { noPublicAddress } from './errors.ts';
import { makeVideo, resumeVideo } from './make-video.ts';
import { downloadUpstreamElement, readUpstreamElement } from './manage-elements.ts';
import { type Pace, pace as usualPace } from './pace.ts';
import { removeUnwanted } from './remove-unwanted.ts';
import { settleOrphan } from './settle-orphan.ts';
import { createTurnstile } from './turnstile.ts';
import type { UpstreamElement } from './upstream-task.ts';
import { createVoiceGuard } from './voice-guard.ts';

export interface KlingOptions {
  db: Db;
  clock: { now(): Date };
  settings: KlingSettings;
  log: Logger;
  /** Builds our own files of an element. Not closed here. */
  localElements: ElementEngine;
  /** Not closed here. */
  media: Pick<Media, 'inspect' | 'convertClip'>;
  /** The guarded way to addresses that came from outside, as finished videos' do. */
  download: Network['download'];
  /** Whether this server can give the Kling API an address to fetch a video from. */
  canPublish: boolean;
  /** Where the Kling API may call back; absent: it is only asked. */
  callbackUrl?: string;
  pace?: Partial<Pace>;
}

export interface Kling {
  elements: ElementEngine;
  videos: VideoEngine;
  /** Stands for the account in what is recorded of elements. */
  readonly credential: string;
  /** An element that exists upstream, built here from copies of its material; to be recorded with origin `adopted`. */
  adoptElement(upstreamElementId: string, workFolder: string, tools: EngineTools): Promise<AdoptedElement>;
  close(): Promise<void>;
}

export interface AdoptedElement {
  upstream: UpstreamElement;
  draft: ElementDraft;
}

/**
 * The official API as an engine. Throws without credentials (`hasKlingCredentials`). Opens no connection before the first
 * call; `elements.close`, `videos.close` and `close` are the same: running work rejects and goes on in a later call.
 */
export function createKling(options: KlingOptions): Kling {
  const { db, media, canPublish, download, localElements } = options;
  const stop = new AbortController();
  const desk = createDesk(options, stop.signal);
  const opened = remember(() => openDesk(desk));
  const state = createAccountState(desk);
  const voices = createVoiceGuard(desk);
  const close = async () => {
    stop.abort(new Error('the engine was closed'));
    desk.turnstile.close();
    await desk.client.close();
  };
  const watched = <T extends EngineTools>(tools: T): T => ({
    ...tools,
    signal: AbortSignal.any([tools.signal, stop.signal]),
  });
  return {
    credential: desk.credential,
    elements: {
      name: engineName,
      place: 'elsewhere',
      usesFiles: true,
      async buildElement(order, tools) {
        await opened();
        return await buildElement(desk, { localElements, media }, order, watched(tools));
      },
      async checkElement({ account_id, reference_type, param, voice }) {
        state.check();
        if (reference_type === 'video_refer' && !canPublish) throw noPublicAddress(param);
        if (voice !== undefined) await voices.check({ account_id, ...voice });
      },
      tidy: (signal) => removeUnwanted(desk, AbortSignal.any([signal, stop.signal])),
      forgetElement: (elementId) => deleteElementUpstream(desk, elementId),
      close,
    },
    videos: {
      name: engineName,
      place: 'elsewhere',
      async checkVideo(enquiry) {
        state.check();
        const ids = enquiry.cast.map((element) => element.element_id);
        const bound = ids.length === 0 ? [] : await listBoundElements(db, desk.credential, ids);
        checkVideo(enquiry, { canPublish, bound });
        // Those that the account has already have been judged before.
        for (const { element_id, voice_id, param } of enquiry.cast) {
          if (voice_id === null || bound.includes(element_id)) continue;
          await voices.check({ account_id: enquiry.account_id, voice_id, param });
        }
      },
      async makeVideo(order, tools) {
        await opened();
        return await makeVideo(desk, { media, download }, order, watched(tools));
      },
      async resumeVideo(order, tools) {
        await opened();
        return await resumeVideo(desk, { media, download }, order, watched(tools));
      },
      close,
    },
    async adoptElement(upstreamElementId, workFolder, tools) {
      const upstream = await readUpstreamElement(desk.client, upstreamElementId);
      const sources = await downloadUpstreamElement(upstream, workFolder, download, tools.signal);
      const { reference_type } = upstream;
      const built = await localElements.buildElement({ reference_type, sources, workFolder }, tools);
      const manifest = { ...built.manifest, engine: { ...built.manifest.engine, name: engineName } };
      const draft = {
        ...built,
        manifest,
        upstream: { credential: desk.credential, upstream_element_id: upstreamElementId },
      };
      return { upstream, draft };
    },
    close,
  };
}

function createDesk({ db, clock, settings, log, callbackUrl, ...rest }: KlingOptions, stopped: AbortSignal): Desk {
  const pace = { ...usualPace, ...rest.pace };
  const timeoutMs = settings.klingTimeoutSeconds * 1000;
  const client = createKlingClient({
    baseUrl: settings.klingBaseUrl,
    credential: createCredential(settings, clock),
    timeoutMs,
  });
  const credential = client.credential.fingerprint;
  const parallelMax = settings.klingParallelVideos;
  const turnstile = createTurnstile({
    ...{ db, credential, parallelMax, log },
    ...{ everyMs: pace.slotMs, silentMs: pace.silentMs },
    onFull: () => settleOrphan(desk, stopped),
  });
  const desk: Desk = {
    ...{ db, client, credential, log, pace, turnstile },
    limits: {
      ...{ parallelMax, timeoutMs },
      deadlineMs: settings.klingDeadlineSeconds * 1000,
      resultBytesMax: settings.klingResultBytesMax,
    },
    elementIdForm: settings.klingElementIdForm,
    ...(callbackUrl === undefined ? {} : { callbackUrl }),
  };
  return desk;
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
