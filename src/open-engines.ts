import type { Config } from './config.ts';
import { createEngines, createLocalEngine, createNothingEngine, type Engines } from './engines/index.ts';
import { createMedia } from './media/index.ts';

export type { Engines } from './engines/index.ts';

/** Every engine that the settings allow, the one for new tasks first. Starts no process yet. */
export function openEngines(config: Config): Engines {
  const media = createMedia(config.media);
  return createEngines(config.engines, [createLocalEngine(media), createNothingEngine()], []);
}
