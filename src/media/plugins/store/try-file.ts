import type { Architecture } from '../architecture.ts';
import { failedTrial } from '../errors.ts';
import { findRuntime, type RuntimePackage } from '../inference/find-runtime.ts';
import { loadModel, type ModelFile } from '../inference/load-model.ts';
import { ModelFault } from '../inference/model-fault.ts';
import { tryModel } from '../inference/run-model.ts';
import { drawTrialPicture } from './draw-trial-picture.ts';

export interface TrialInput extends ModelFile {
  readonly runtime: RuntimePackage | 'auto';
  /** Folder of the models, where the runtime may lie. */
  readonly folder: string;
  readonly threads: number;
}

/** What a model is and took, on a small picture. */
export interface Trial {
  /** Id of the architecture that fits. */
  readonly architecture: string;
  /** Growth of this process, runtime included, in MiB. */
  readonly memory_mib: number;
  readonly load_seconds: number;
  readonly run_seconds: number;
}

/**
 * Opens a model and runs it on a picture that has a subject. For a fresh process: memory is measured as its growth. Throws
 * `service_error` when it can't be opened, fits no architecture, or answers with anything but what that promises.
 */
export async function tryFile(input: TrialInput): Promise<Trial> {
  const before = process.memoryUsage.rss();
  const startedAt = performance.now();
  const runtime = await findRuntime(input.runtime, input.folder);
  const model = await loadModel(input, runtime, input.threads);
  const loadedAt = performance.now();
  let architecture: Architecture;
  try {
    architecture = await tryModel(model, drawTrialPicture());
  } catch (error) {
    throw failedTrial(error instanceof ModelFault ? error.message : `failed (${(error as Error).message})`);
  }
  const seconds = (ms: number) => Math.round(ms) / 1000;
  // Kibibytes everywhere in Node.
  const peak = process.resourceUsage().maxRSS * 1024;
  return {
    architecture: architecture.id,
    memory_mib: Math.max(0, Math.ceil((peak - before) / 2 ** 20)),
    load_seconds: seconds(loadedAt - startedAt),
    run_seconds: seconds(performance.now() - loadedAt),
  };
}
