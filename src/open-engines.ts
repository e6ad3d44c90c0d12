import type { Config } from './config.ts';
import { createEngines, createLocalEngine, createNothingEngine, type Engines } from './engines/index.ts';
import { createMedia, openPlugins } from './media/index.ts';
import { findModelsFolder } from './models-folder.ts';

export type { Engines } from './engines/index.ts';

/**
 * Every engine that the settings allow, the one for new tasks first. Starts no process yet. A process that works looks
 * at the added models at once: one that is damaged keeps it from starting.
 */
export async function openEngines(config: Config, roles: readonly string[]): Promise<Engines> {
  const usesModels = roles.includes('worker') && config.engines.elementEngine !== 'nothing';
  const plugins = usesModels ? await openPlugins(findModelsFolder(config), config.media.onnxRuntime) : undefined;
  const media = createMedia(config.media, plugins);
  return createEngines(config.engines, [createLocalEngine(media), createNothingEngine()], []);
}
