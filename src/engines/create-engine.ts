import { createMedia, type MediaSettings } from '../media/index.ts';
import type { EngineSettings } from './config.ts';
import type { ElementEngine } from './engine.ts';
import { createLocalEngine } from './local/create-local-engine.ts';
import { createNothingEngine } from './nothing/create-nothing-engine.ts';

/** The engine the settings name. Starts no process yet. */
export function createEngine(settings: EngineSettings, mediaSettings: MediaSettings): ElementEngine {
  switch (settings.elementEngine) {
    case 'local':
      return createLocalEngine(createMedia(mediaSettings));
    case 'nothing':
      return createNothingEngine();
  }
}
