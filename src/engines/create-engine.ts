import { createMedia, type MediaSettings, type Plugins } from '../media/index.ts';
import type { EngineSettings } from './config.ts';
import type { ElementEngine } from './engine.ts';
import { createLocalEngine } from './local/create-local-engine.ts';
import { createNothingEngine } from './nothing/create-nothing-engine.ts';

/** The engine the settings name, with the models that were added. Starts no process yet. */
export function createEngine(settings: EngineSettings, mediaSettings: MediaSettings, plugins?: Plugins): ElementEngine {
  switch (settings.elementEngine) {
    case 'local':
      return createLocalEngine(createMedia(mediaSettings, plugins));
    case 'nothing':
      return createNothingEngine();
  }
}
