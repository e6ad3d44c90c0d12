import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import sharp from 'sharp';
import type { Db } from '../../../src/db/index.ts';
import type { CastElement, ElementEngine, VideoOrder, VideoTools } from '../../../src/engines/index.ts';
import type { PollingIntervals } from '../../../src/kling/account/polling-intervals.ts';
import { createKlingNetwork } from '../../../src/kling/api/create-kling-network.ts';
import { section } from '../../../src/kling/config.ts';
import { createKling, type KlingOptions } from '../../../src/kling/create-kling.ts';
import { listAccounts } from '../../../src/kling/list-accounts.ts';
import { parseAddressRange } from '../../../src/lib/safe-fetch/index.ts';
import { parseSection } from '../../../src/lib/settings.ts';
import { createMedia, type ElementManifest, type Media, section as mediaSection } from '../../../src/media/index.ts';
import { standInCredentials } from './stand-in.ts';

/** A pace at which tests take no longer than they must. */
export const quickIntervals: PollingIntervals = {
  slotMs: 15,
  pollFirstMs: 10,
  pollMaxMs: 40,
  hintMs: 5,
  lookUpMs: [10, 20, 40],
  arrivalMs: 200,
  patienceMs: 600,
  backOffFirstMs: 20,
  backOffMaxMs: 100,
  orphanMs: 150,
  silentMs: 2_000,
  stopMs: 400,
  sendingGraceMs: 50,
};

export interface EngineOptions extends Partial<KlingOptions> {
  environment?: Record<string, string>;
}

let media: Media | undefined;

/** Ends the media children of all engines of a test file; the next file's engines have others. */
export async function closeMedia(): Promise<void> {
  await media?.close();
  media = undefined;
}

/** An engine on this database and stand-in, with its guarded network and everything else real. */
export function openEngine(db: Db, baseUrl: string, { environment, ...options }: EngineOptions = {}) {
  const settings = parseSection(
    section,
    {
      TROUPE_KLING_BASE_URL: baseUrl,
      TROUPE_KLING_API_KEY: standInCredentials.apiKey,
      TROUPE_KLING_TIMEOUT_SECONDS: '1',
      ...environment,
    },
    [],
  );
  media ??= createMedia(parseSection(mediaSection, {}, []));
  return createKling({
    db,
    clock: { now: () => new Date() },
    log: pino({ level: 'silent' }),
    canPublish: true,
    intervals: quickIntervals,
    settings,
    localElements: noLocalElements,
    media,
    network: createKlingNetwork(listAccounts(settings), { allowAddresses: [parseAddressRange('127.0.0.0/8')] }),
    ...options,
  });
}

const noLocalElements: ElementEngine = {
  name: 'local',
  place: 'local',
  usesFiles: true,
  buildElement: async () => {
    throw new Error('this test builds nothing here');
  },
  close: async () => undefined,
};

/** The least order of a video: text to video, in a fresh work folder. */
export async function orderVideo(taskId: string, change: Partial<VideoOrder> = {}): Promise<VideoOrder> {
  const workFolder = await mkdtemp(join(tmpdir(), 'troupe-kling-'));
  return {
    task_id: taskId,
    sources: [],
    cast: [],
    workFolder,
    ...change,
    spec: { ...specFor('kling-o3-text-to-video'), ...change.spec },
  };
}

export function specFor(model: string): VideoOrder['spec'] {
  return {
    model,
    prompt: 'a dog runs',
    duration_seconds: 5,
    aspect_ratio: '16:9',
    quality: '720p',
    sound: false,
    shots: [],
    watermark: false,
  };
}

/** Tools of one call; `published` collects what was made fetchable. */
export function tools(signal = new AbortController().signal, published: string[] = []): VideoTools {
  return {
    signal,
    onProgress: () => undefined,
    publish: async (path) => {
      published.push(path);
      return `https://troupe.example/media/${published.length}`;
    },
    withdraw: async () => undefined,
  };
}

/** An element of pictures whose files are made on the spot; `fetched` counts what was read of it. */
export function castOfPictures(elementId: string, fetched: string[] = []): CastElement {
  const names = ['frontal.jpg', 'refer-1.jpg'];
  const manifest: ElementManifest = {
    manifest_version: 1,
    engine: { name: 'local', version: '2' },
    reference_type: 'image_refer',
    frontal_image: 'frontal.jpg',
    sources: [],
    colors: [],
    placeholder_hash: '',
    report: [],
    files: names.map((name, source) => ({
      name,
      role: 'upright',
      media_type: 'image/jpeg',
      bytes: 1,
      sha256: '0'.repeat(64),
      source,
    })),
  };
  return {
    element_id: elementId,
    param: 'model_params.element_list[0].element_id',
    name: 'Rover',
    description: 'a dog',
    reference_type: 'image_refer',
    voice_id: null,
    tags: [],
    engine: 'local',
    manifest,
    async fetchFile(name) {
      fetched.push(name);
      const path = join(await mkdtemp(join(tmpdir(), 'troupe-cast-')), name);
      await writeFile(path, await drawPicture());
      return path;
    },
  };
}

/** A small JPEG that keeps the contract's limits. */
export async function drawPicture(): Promise<Buffer> {
  return await sharp({ create: { width: 400, height: 300, channels: 3, background: '#7799cc' } })
    .jpeg()
    .toBuffer();
}
