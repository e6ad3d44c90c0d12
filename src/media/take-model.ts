import { ChildFailure } from './child/pool/child-failure.ts';
import { createPool } from './child/pool/create-pool.ts';
import { runMediaJob } from './child/run-media-job.ts';
import { limitTime } from './choose-limits.ts';
import type { MediaSettings } from './config.ts';
import { type AddModelOptions, type AddTools, addModel, failedTrial, type ModelEntry } from './plugins/index.ts';

/** Seconds of processor time a model may take to load and run once on a small picture. */
const trialSeconds = 300;

/**
 * Adds a model to `folder` as `addModel` does; it is tried in a child process of its own, which may have the memory of the
 * setting `modelMemoryMib`, so that no file can take this process with it.
 */
export async function takeModel(
  folder: string,
  options: AddModelOptions,
  settings: MediaSettings,
  tools: Pick<AddTools, 'now' | 'download' | 'takeFromPackage'>,
): Promise<ModelEntry> {
  const runtime = settings.onnxRuntime;
  const pool = createPool({ childCount: 1, idleMs: 0 });
  const limits = {
    memoryBytesMax: (bareChildMib + settings.modelMemoryMib) * 2 ** 20,
    startMs: settings.childStartSeconds * 1000,
    ...limitTime(trialSeconds, trialSeconds, settings),
  };
  const tryFile: AddTools['tryFile'] = async (path, sha256, { task, architecture }) => {
    const input = { path, sha256, task, architecture, runtime, folder, threads: 1 };
    try {
      return await runMediaJob(pool, 'try-model', input, limits);
    } catch (error) {
      throw error instanceof ChildFailure ? failedTrial(explain(error, settings)) : error;
    }
  };
  try {
    return await addModel(folder, options, { ...tools, runtime, tryFile });
  } finally {
    await pool.close();
  }
}

/** What a child has before it loads anything; measured 31 to 60 MiB. */
const bareChildMib = 64;

function explain({ reason, message }: ChildFailure, { modelMemoryMib }: MediaSettings): string {
  switch (reason) {
    case 'out_of_memory':
      return `needed more than the ${modelMemoryMib} MiB of TROUPE_MODEL_MEMORY_MIB`;
    case 'overworked':
      return `took longer than ${trialSeconds} s of processor time`;
    case 'not_started':
    case 'stalled':
    case 'overran':
      return `did not end in time (${message})`;
    case 'crashed':
      return `crashed (${message})`;
  }
}
