import { availableParallelism } from 'node:os';
import type { EncoderSettings } from './animatic/encode/find-encoder.ts';
import type { AnimaticResult } from './animatic/render-animatic.ts';
import type { StillsResult } from './animatic/render-stills.ts';
import { type AnimaticScript, countMemoryShares } from './animatic/script.ts';
import type { BuildResult } from './child/jobs/build.ts';
import { ChildFailure } from './child/pool/child-failure.ts';
import { createPool } from './child/pool/create-pool.ts';
import type { JobHooks } from './child/pool/run-job.ts';
import { runMediaJob } from './child/run-media-job.ts';
import { chooseLimits, limitTime } from './choose-limits.ts';
import type { MediaSettings } from './config.ts';
import { createEncoderChoice } from './encoder-choice/create-encoder-choice.ts';
import { mediaChildLost, mediaStalled, needsTooMuchMemory, needsTooMuchTime } from './errors.ts';
import { readHead } from './inspect/read-head.ts';
import { modelFailed, noPlugins, type Plugins } from './plugins/index.ts';
import type { ElementManifest, SourceHeader } from './schema.ts';
import { sniffFormat } from './sniff-format.ts';
import type { GivenFile, MediaFile, MediaSource } from './sources.ts';
import type { ConversionOptions } from './video/convert-clip.ts';

/** What strokes are to make of a matte. */
type MendingOrder = Omit<Parameters<typeof import('./child/jobs/mend-matte.ts')['default']>[0], 'settings'>;
type MendMatteResult = Awaited<ReturnType<typeof import('./child/jobs/mend-matte.ts')['default']>>;
/** What becomes of the cut-out of one view, and of all that follows from it. */
type Remaking = Omit<
  Parameters<typeof import('./child/jobs/remake.ts')['default']>[0],
  'settings' | 'workFolder' | 'plugins'
>;

/** Everything the room does with files. All of it happens in child processes. */
export interface Media {
  /** The added models it works with. */
  readonly models: Plugins['models'];
  /** Facts from the headers of sources, and every rule checked that needs no decoding. Throws as {@link Media.build}. */
  inspect(sources: readonly (MediaSource | MediaFile)[], hooks?: JobHooks): Promise<SourceHeader[]>;
  /**
   * Makes everything there is to make of the sources of one element (images with the frontal one first, or one clip)
   * and writes it into `workFolder`, which must exist and be fresh.
   *
   * Throws `AppError`: `image_processing_error`, `image_dimension_mismatch`, `invalid_parameters` for faults of a file;
   * `generation_timeout` when it needs too much processor time; retryable `service_error` when a child process was lost, and
   * without a field when it didn't get to start or to go on in time. Throws the signal's reason on abort;
   * by then nothing writes into the folder any more.
   */
  build(sources: readonly MediaSource[], workFolder: string, hooks?: JobHooks): Promise<BuildResult>;
  /**
   * Writes the clip anew as an MP4 of H.264 and AAC as the options say, with even sides and its sound; `path` must not exist.
   *
   * Throws `invalid_parameters` for a clip that can't be decoded, `service_error` where no ffmpeg that writes H.264 is
   * installed, and as {@link Media.build} for a lost child.
   */
  convertClip(
    source: Omit<MediaSource, 'role'>,
    path: string,
    options: ConversionOptions,
    hooks?: JobHooks,
  ): Promise<void>;
  /**
   * Writes the picture anew as others take it: upright, in sRGB, without EXIF, as large and as good as `bytesMax` allows; JPEG, or PNG where it
   * has alpha. `path` must not exist. Throws as {@link Media.build}.
   */
  rewriteImage(
    source: Omit<MediaSource, 'role'>,
    path: string,
    options: { bytesMax: number },
    hooks?: JobHooks,
  ): Promise<void>;
  /**
   * Writes a WebP, HEIC or AVIF picture at `path`, which must not exist, as a JPEG or PNG within the rules for pictures, upright
   * and in sRGB, and answers it in the place of the source with what was done; a file of any other format is answered as it is.
   * What stands beside it under names that begin with `path` is of no use afterwards.
   *
   * Throws as {@link Media.build}, and retryable `resource_exhausted` when the disk is full.
   */
  convertPicture<Source extends Omit<MediaSource, 'role'>>(
    source: Source,
    path: string,
    hooks?: JobHooks,
  ): Promise<Source>;
  /**
   * Renders an animatic into `animatic.mp4` in `workFolder`, which must exist and be fresh. Throws as {@link Media.build},
   * and retryable `resource_exhausted` when the disk is full. On abort nothing writes into the folder any more.
   */
  renderAnimatic(script: AnimaticScript, workFolder: string, hooks?: JobHooks): Promise<AnimaticResult>;
  /** Draws one picture of each shot of a script without a clip. Throws as {@link Media.renderAnimatic}. */
  renderStills(script: AnimaticScript, workFolder: string, hooks?: JobHooks): Promise<StillsResult>;
  /**
   * Whether the files of an element that comes from elsewhere are what its manifest says: formats, sizes, whole, and its
   * views within the rules of creation. Throws as {@link Media.build}, with the given `param`s.
   */
  verifyFiles(files: readonly GivenFile[], hooks?: JobHooks): Promise<void>;
  /**
   * Writes the matte of a picture after strokes. Null where the picture was to be prepared already and isn't. What is prepared stays
   * in one process for the next strokes, the pictures mended last, until nobody has mended for a while. A signal ends the wait for
   * its turn, not a matte that is being drawn. Throws as {@link Media.build}.
   */
  mendMatte(order: MendingOrder, hooks?: JobHooks): Promise<MendMatteResult>;
  /**
   * Makes everything anew that follows from the cut-out of one view: its new files in `workFolder`, which must exist and be
   * fresh, and the manifest with them. Throws as {@link Media.build}.
   */
  remakeElement(remaking: Remaking, workFolder: string, hooks?: JobHooks): Promise<ElementManifest>;
  /**
   * Two pictures of a finished video, written into `workFolder`, which must exist: its first frame, and four frames in one
   * picture, each at most 1,024 px on the longer side ({@link stillNames}). Throws as {@link Media.build}.
   */
  drawStills(source: Omit<MediaSource, 'role'>, workFolder: string, hooks?: JobHooks): Promise<void>;
  /** A picture of our own making as a JPEG of at most that longer side, at the path `into`. Throws as {@link Media.build}. */
  shrinkPicture(path: string, into: string, sideMaxPx: number, hooks?: JobHooks): Promise<void>;
  /** Process ids of the living children, for measurements. */
  childIds(): number[];
  /** Children that work, children that idle, and jobs that wait for a child. */
  countChildren(): { working: number; idle: number; waited_for: number };
  /** Bytes of resident memory of all children, with what they started. */
  readMemory(): Promise<number>;
  /** Kills the children; running calls reject. Safe to repeat. */
  close(): Promise<void>;
}

/** What a process that works on media may bring. */
export interface MediaOptions {
  plugins?: Plugins | undefined;
  /** Told why a child was lost or killed in the middle of a job. */
  onChildLost?: (reason: string) => void;
  /** Absolute; which encoder is the quicker one here is kept there. Undefined: that isn't found out. */
  dataFolder?: string;
  /** Told in a sentence which encoder is the quicker one, once that has been found out. */
  onEncoderChosen?: (sentence: string) => void;
}

/** Starts no process yet: children come with the first call and leave when they have been idle for a while. */
export function createMedia(
  settings: MediaSettings,
  { plugins = noPlugins, onChildLost = () => undefined, dataFolder, onEncoderChosen }: MediaOptions = {},
): Media {
  const pool = createPool({
    childCount: settings.childCount === 0 ? availableParallelism() : settings.childCount,
    idleMs: settings.childIdleSeconds * 1000,
  });
  // One process, so that every stroke finds what the one before has prepared.
  const mendingPool = createPool({ childCount: 1, idleMs: settings.mendingIdleSeconds * 1000 });
  const limits = chooseLimits(settings, plugins.models);
  const choice = createEncoderChoice({ settings, limits, dataFolder, onChosen: onEncoderChosen });
  const memoryBytesMax = settings.childMemoryMib * 2 ** 20;
  // What it keeps is bounded by itself and is why it is kept.
  const mendingLimits = { ...limits, memoryBytesMax, keptBytesMax: memoryBytesMax };
  return {
    models: plugins.models,
    inspect: (sources, hooks) => run('inspect', { sources, settings }, sources, hooks),
    build: (sources, workFolder, hooks) => run('build', { sources, settings, workFolder, plugins }, sources, hooks),
    async convertClip(source, path, options, hooks) {
      await run('convert', { source, path, settings, options }, [source], hooks);
    },
    async rewriteImage(source, path, { bytesMax }, hooks) {
      await run('rewrite-image', { source, path, bytesMax, settings }, [source], hooks);
    },
    async convertPicture(source, path, hooks) {
      const sniffed = sniffFormat(await readHead(source.path));
      if (sniffed.kind !== 'other' || sniffed.convertible === undefined) return source;
      const { param, path: from, bytes } = source;
      const input = { source: { param, path: from, bytes, format: sniffed.convertible }, path, settings };
      // One step decodes it all: it can't tell how far it is.
      const time = limitTime(settings.buildSeconds, settings.buildSeconds, settings);
      const { size, conversion } = await run('convert-picture', input, [source], hooks, { ...limits, ...time });
      return { ...source, path, bytes: size, conversion };
    },
    async renderAnimatic(script, workFolder, hooks) {
      const quickerEncoder = await choice.quicker();
      const result = await draw('render-animatic', script, workFolder, hooks, { quickerEncoder });
      // nobody waits for it
      void choice.review();
      return result;
    },
    renderStills: (script, workFolder, hooks) => draw('render-stills', script, workFolder, hooks),
    async verifyFiles(files, hooks) {
      await run('verify', { files, settings }, files, hooks);
    },
    // The next stroke of somebody who didn't wait for this one would find nothing prepared in a new child.
    mendMatte: (order, { signal, ...hooks } = {}) => {
      const patience = { ...hooks, waitSignal: signal };
      return run('mend-matte', { ...order, settings }, [{ param: 'strokes' }], patience, mendingLimits, mendingPool);
    },
    remakeElement: (remaking, workFolder, hooks) =>
      run('remake', { ...remaking, settings, workFolder, plugins }, [{ param: 'strokes' }], hooks),
    childIds: () => [...pool.childIds(), ...mendingPool.childIds()],
    countChildren() {
      const [one, other] = [pool.count(), mendingPool.count()];
      return {
        working: one.working + other.working,
        idle: one.idle + other.idle,
        waited_for: one.waited_for + other.waited_for,
      };
    },
    readMemory: async () => (await pool.readMemory()) + (await mendingPool.readMemory()) + (await choice.readMemory()),
    async close() {
      await Promise.all([pool.close(), mendingPool.close(), choice.close()]);
    },
    async shrinkPicture(path, into, sideMaxPx, hooks) {
      await run('shrink-picture', { path, into, sideMaxPx }, [], hooks);
    },
    async drawStills(source, workFolder, hooks) {
      await run('draw-stills', { source, workFolder, settings }, [source], hooks);
    },
  };

  function draw<Name extends 'render-animatic' | 'render-stills'>(
    job: Name,
    script: AnimaticScript,
    workFolder: string,
    hooks?: JobHooks,
    own: Pick<EncoderSettings, 'quickerEncoder'> = {},
  ) {
    const input = { script, settings: { ...settings, ...own }, workFolder } as Parameters<typeof runMediaJob<Name>>[2];
    return run(job, input, [...(script.clip === null ? [] : [script.clip]), ...script.images], hooks, {
      ...limits,
      memoryBytesMax: limits.memoryBytesMax * countMemoryShares(script),
      ...limitTime(settings.childStallSeconds, settings.renderSeconds, settings),
    });
  }

  async function run<Name extends Parameters<typeof runMediaJob>[1]>(
    job: Name,
    input: Parameters<typeof runMediaJob<Name>>[2],
    sources: readonly Pick<MediaSource, 'param'>[],
    hooks?: JobHooks,
    own = limits,
    where = pool,
  ): ReturnType<typeof runMediaJob<Name>> {
    try {
      return await runMediaJob(where, job, input, own, hooks);
    } catch (error) {
      if (!(error instanceof ChildFailure)) throw error;
      onChildLost(error.reason);
      throw childFailed(error, sources, settings);
    }
  }
}

/** Names the source the child was working on when it was lost, where that may be the cause. */
function childFailed(failure: ChildFailure, sources: readonly Pick<MediaSource, 'param'>[], settings: MediaSettings) {
  const { progress, reason } = failure;
  if (reason === 'not_started') return mediaStalled(`not started: ${failure.message}`);
  const param = progress.param ?? sources[0]?.param ?? 'model_params';
  const detail = `${reason} in ${progress.step}: ${failure.message}`;
  if (progress.model !== undefined) return modelLost(failure, param, detail);
  switch (reason) {
    case 'out_of_memory':
      return needsTooMuchMemory(param, settings.childMemoryMib, detail);
    case 'overworked':
      // Between the sources' own steps nothing but this machine is to blame.
      if (progress.param === undefined) return mediaStalled(detail);
      return needsTooMuchTime(param, failure.limitSeconds ?? 0, detail);
    case 'stalled':
    case 'overran':
      return mediaStalled(detail);
    case 'crashed':
      return mediaChildLost(param, detail);
  }
}

/** The model was at work: the file is not to blame. Too little memory stays too little; the rest may be a bad moment. */
function modelLost({ progress, reason }: ChildFailure, param: string, detail: string) {
  const { task, name } = progress.model as NonNullable<typeof progress.model>;
  const why = {
    out_of_memory: 'needs too much memory',
    not_started: 'is too slow',
    overworked: 'is too slow',
    stalled: 'is too slow',
    overran: 'is too slow',
    crashed: 'crashed',
  };
  return modelFailed(param, task, name, why[reason], { detail, retryable: reason !== 'out_of_memory' });
}
