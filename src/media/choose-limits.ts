import type { JobLimits } from './child/pool/watch-job.ts';
import type { MediaSettings } from './config.ts';
import type { PluginModel } from './plugins/index.ts';

/** What the network for things keeps in a child that has used it: half more than was measured (65 MiB, what its sums leave to the collector included). */
const thingsNetworkMib = 96;

/** MiB that a media child process may take without models: the setting, and on top what the network for things keeps. */
export function countChildMib({ childMemoryMib, thingsNetwork }: ChildSettings): number {
  return childMemoryMib + (thingsNetwork === 'on' ? thingsNetworkMib : 0);
}

type ChildSettings = Pick<MediaSettings, 'childMemoryMib' | 'thingsNetwork'>;

/** How much more processor time than on a small picture a model may take. */
const slack = 4;

/**
 * What a build may take: the settings, and on top what the network for things keeps and its models took when they were added. Memory is theirs as long as
 * the child lives; each may be loaded once and run on every view.
 */
export function chooseLimits(settings: MediaSettings, models: readonly PluginModel[]): JobLimits {
  const add = (pick: (model: PluginModel) => number) => models.reduce((sum, model) => sum + pick(model), 0);
  const modelMib = add((model) => model.memory_mib);
  const viewsMax = Math.max(settings.clipFrames, imagesMax);
  const longestSeconds = Math.max(0, ...models.map((model) => model.load_seconds + model.run_seconds));
  const allSeconds = add((model) => model.load_seconds + viewsMax * model.run_seconds);
  return {
    memoryBytesMax: (countChildMib(settings) + modelMib) * 2 ** 20,
    keptBytesMax: (countChildMib(settings) - settings.childMemoryMib / 2 + modelMib) * 2 ** 20,
    startMs: settings.childStartSeconds * 1000,
    ...limitTime(
      settings.childStallSeconds + slack * longestSeconds,
      settings.buildSeconds + slack * allSeconds,
      settings,
    ),
  };
}

/** Limits of processor time in seconds, and the wider ones by the clock. */
export function limitTime(
  stallSeconds: number,
  runSeconds: number,
  { clockFactor }: Pick<MediaSettings, 'clockFactor'>,
): Pick<JobLimits, 'stallProcessorMs' | 'runProcessorMs' | 'stallClockMs' | 'runClockMs'> {
  const stallProcessorMs = stallSeconds * 1000;
  const runProcessorMs = runSeconds * 1000;
  return {
    stallProcessorMs,
    runProcessorMs,
    stallClockMs: stallProcessorMs * clockFactor,
    runClockMs: runProcessorMs * clockFactor,
  };
}

/** Reference images of one element, the frontal one included; contract: 4. */
const imagesMax = 4;
