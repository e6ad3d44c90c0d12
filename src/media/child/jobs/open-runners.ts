import { availableParallelism } from 'node:os';
import type { MediaSettings } from '../../config.ts';
import type { ModelRunners, Plugins, RunnerSettings } from '../../plugins/index.ts';

/** The added models; `announce` is told which is at work. Without any nothing is loaded. */
export async function openRunners(
  plugins: Plugins,
  settings: MediaSettings,
  announce: RunnerSettings['announce'],
): Promise<ModelRunners> {
  // Hundreds of modules stand behind the runners (their schemas), so only those who have a model wait for them.
  if (plugins.models.length === 0) return {};
  const { createRunners } = await import('../../plugins/index.ts');
  return createRunners(plugins, { runtime: settings.onnxRuntime, threads: countThreads(settings), announce });
}

/** One run has the cores that its share of the children leaves it. */
function countThreads({ childCount }: Pick<MediaSettings, 'childCount'>): number {
  return childCount === 0 ? 1 : Math.max(1, Math.floor(availableParallelism() / childCount));
}
