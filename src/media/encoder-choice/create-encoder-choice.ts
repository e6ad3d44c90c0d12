import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EncoderName, EncoderSettings } from '../animatic/encode/find-encoder.ts';
import { createPool } from '../child/pool/create-pool.ts';
import type { JobLimits } from '../child/pool/watch-job.ts';
import { runMediaJob } from '../child/run-media-job.ts';
import { findVersions } from './find-versions.ts';
import { keepVerdict, loadVerdict } from './keep-verdict.ts';
import { describeVerdict, isLasting, judge, type Outcome, type Verdict, type Versions } from './verdict.ts';

export interface EncoderChoiceOptions {
  settings: Pick<EncoderSettings, 'ffmpeg' | 'videoEncoder'>;
  limits: JobLimits;
  /** Where the verdict is kept; undefined: nothing is compared. */
  dataFolder: string | undefined;
  /** Told in one sentence what a trial has found. */
  onChosen?: ((sentence: string) => void) | undefined;
  /** Milliseconds by the clock that one encoder may take for its trial. */
  patienceMs?: number;
}

/** Which encoder is the quicker one here, found out beside the work and kept for the next start. */
export interface EncoderChoice {
  /** The quicker one as far as that is known by now; asks nobody. Never throws. */
  quicker(): Promise<EncoderName | undefined>;
  /**
   * Has the encoders compared where two are there, none is named by a setting, and what is known is not of these versions: once in
   * a process, each in a child of its own. Resolves when that is done; to be called when a video is made, for nobody waits. Never throws.
   */
  review(): Promise<void>;
  /** Bytes of resident memory that a trial takes now. */
  readMemory(): Promise<number>;
  /** Ends a trial. Safe to repeat. */
  close(): Promise<void>;
}

/** Starts nothing yet. */
export function createEncoderChoice({
  settings,
  limits,
  dataFolder,
  onChosen = () => undefined,
  patienceMs = 120_000,
}: EncoderChoiceOptions): EncoderChoice {
  const isOpen = dataFolder !== undefined && settings.ffmpeg === undefined && settings.videoEncoder === 'auto';
  // not one of those that work: what fails here takes none of them along, and node-av stays in none that does without
  const pool = createPool({ childCount: 1, idleMs: 0 });
  let verdict: Promise<Verdict | null> | undefined;
  let review: Promise<void> | undefined;
  /** Ends soon after the pool is closed, and its files with it. */
  let trial: Promise<Verdict | null> | undefined;
  let isClosed = false;
  return {
    async quicker() {
      if (!isOpen) return undefined;
      verdict ??= loadVerdict(dataFolder);
      return (await verdict)?.taken;
    },
    review: () => {
      if (isOpen) review ??= reviewOnce(dataFolder).catch(() => undefined);
      return review ?? Promise.resolve();
    },
    readMemory: () => pool.readMemory(),
    async close() {
      isClosed = true;
      await pool.close();
      await trial;
    },
  };

  async function reviewOnce(folder: string): Promise<void> {
    const versions = await findVersions();
    // another process of the same folder may have been quicker
    const kept = await loadVerdict(folder);
    if (versions === null) return;
    if (kept !== null && isOf(kept, versions)) {
      verdict = Promise.resolve(kept);
      return;
    }
    if (isClosed) return;
    trial = tryBoth(versions);
    const judged = await trial;
    if (judged === null || isClosed) return;
    verdict = Promise.resolve(judged);
    onChosen(describeVerdict(judged));
    // where it can't be kept, it is found out again after the next start
    if (isLasting(judged)) await keepVerdict(folder, judged);
  }

  async function tryBoth(versions: Versions): Promise<Verdict | null> {
    return judge(versions, await tryOne('ffmpeg'), await tryOne('node-av'));
  }

  async function tryOne(name: EncoderName): Promise<Outcome> {
    let workFolder: string | undefined;
    try {
      workFolder = await mkdtemp(join(tmpdir(), 'troupe-trial-'));
      const signal = AbortSignal.timeout(patienceMs);
      return { seconds: await runMediaJob(pool, 'try-encoder', { name, workFolder }, limits, { signal }) };
    } catch (error) {
      return { failed: (error as Error).message };
    } finally {
      if (workFolder !== undefined) await rm(workFolder, { recursive: true, force: true }).catch(() => undefined);
    }
  }
}

function isOf({ of }: Verdict, { ffmpeg, node_av, processor }: Versions): boolean {
  return of.ffmpeg === ffmpeg && of.node_av === node_av && of.processor === processor;
}
